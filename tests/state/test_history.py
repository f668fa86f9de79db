from __future__ import annotations

import sqlite3
import stat

import pytest

from newscrawl.state import RunRecord, State, StateError
from newscrawl.state.history import read_runs


def add_runs(path, *started):
    for moment in started:
        with State(path, clock=lambda moment=moment: moment) as state:
            figures = {"The Post": {"pages": moment}}
            state.add_run(RunRecord(moment, moment + 60, {"pages": 2}, figures))
            state.commit()


def test_runs_come_back_the_oldest_first_with_their_sites(tmp_path):
    path = tmp_path / "news.state"
    add_runs(path, 1_000, 2_000, 3_000)
    runs = read_runs(path, last=2)
    assert [run.started for run in runs] == [2_000, 3_000]
    assert runs[0].summary == {"pages": 2}
    assert runs[0].sites == {"The Post": {"pages": 2_000}}


def test_the_file_is_only_read(tmp_path):
    path = tmp_path / "news.state"
    add_runs(path, 1_000)
    before = path.read_bytes()
    path.chmod(stat.S_IREAD)
    assert len(read_runs(path)) == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "is no file"), (b"", "is no state"), (b"nothing of the kind " * 99, "is no state")],
)
def test_what_is_no_state_is_refused_in_words(tmp_path, content, words):
    path = tmp_path / "news.state"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StateError, match=words):
        read_runs(path)
    assert path.exists() == (content is not None), "nothing is made"


def test_a_state_of_a_newer_version_or_in_use_is_refused(tmp_path):
    path = tmp_path / "news.state"
    add_runs(path, 1_000)
    with State(path), pytest.raises(StateError, match="in use by another run"):
        read_runs(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StateError, match="newer newscrawl"):
        read_runs(path)


def test_a_state_in_postgresql_is_read_while_it_is_in_use(postgresql_server):
    where = postgresql_server.database()
    add_runs(where, 1_000, 2_000)
    with State(where):
        runs = read_runs(where)
    assert [run.started for run in runs] == [1_000, 2_000]
    assert runs[1].sites == {"The Post": {"pages": 2_000}}


def test_what_is_no_state_in_postgresql_is_refused_in_words(postgresql_server):
    where = postgresql_server.database()
    for address, words in (
        (where, "is no state of newscrawl"),
        (f"{where}_not_there", "does not exist"),
    ):
        with pytest.raises(StateError, match=words) as caught:
            read_runs(address)
        assert postgresql_server.PASSWORD not in str(caught.value)
    with pytest.raises(StateError, match="is no state of newscrawl"):
        read_runs(where)  # nothing was made
