"""The file: whose it is, what state it is in, and what is said when it cannot be used."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.state import State, StateError
from newscrawl.state.database import open_database
from newscrawl.state.schema import APPLICATION_ID, MIGRATIONS

# Remembers pages and commits them, then some more; says so and waits to be ended.
HOLDER = """
import sys
from pathlib import Path
from newscrawl.state import State, StateError
try:
    state = State(Path(sys.argv[1]))
except StateError as error:
    print(error, flush=True)
    sys.exit(3)
for number in range(200):
    state.remember_page(f"k{number}", url=f"https://k{number}", site="s", outcome="article")
    if number == 99:
        state.commit({"news.jsonl": 99})
print("held", flush=True)
sys.stdin.read()
"""
# Remembers pages until there is no room, then says what came of it.
FILLER = """
import resource, sys
from pathlib import Path
from newscrawl.state import State, StateError
path, limit = Path(sys.argv[1]), int(sys.argv[2])
state = State(path)
for number in range(100):
    state.remember_page(f"k{number}", url=f"https://k{number}", site="s", outcome="article")
state.commit({"news.jsonl": 100})
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    for number in range(100, 50_000):
        state.remember_page(f"k{number}", url="u" * 200, site="s", outcome="article")
    state.commit({"news.jsonl": 50_000})
except StateError as error:
    print(error, flush=True)
else:
    sys.exit("there was room")
try:
    state.commit({"news.jsonl": 50_000})
except StateError:
    state.close()
    sys.exit(3)
"""


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def end(process: subprocess.Popen[str], sent: signal.Signals = signal.SIGKILL) -> None:
    process.send_signal(sent)
    process.communicate()


def refusal(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StateError) as caught:
        State(path)
    assert (path.read_bytes() if path.is_file() else b"") == before
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def filled(path: Path, pages: int = 2_000) -> Path:
    with State(path) as state:
        for number in range(pages):
            state.remember_page(f"k{number}", url=f"https://k{number}", site="s", outcome="article")
        state.commit()
    return path


def known(state: State) -> int:
    return len(state.pages([f"k{number}" for number in range(50_000)]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ne ws?#.state"


def test_a_second_process_is_refused_while_the_first_lives(path: Path) -> None:
    first = run(HOLDER, path)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    with pytest.raises(StateError, match="is in use by another run"):
        State(path)
    second = run(HOLDER, path)
    said, _ = second.communicate()
    assert second.returncode == 3
    assert "is in use by another run: let that one end, or give each its own" in said
    end(first)
    with State(path) as state:
        assert known(state) == 100


def test_of_many_that_start_at_once_on_no_file_exactly_one_has_it(path: Path) -> None:
    processes = [run(HOLDER, path) for _ in range(4)]
    said = []
    for process in processes:
        assert process.stdout is not None
        said.append(process.stdout.readline())
    for process in processes:
        end(process)
    assert sorted("in use" in line for line in said) == [False, True, True, True]
    assert said.count("held\n") == 1
    with State(path) as state:
        assert known(state) == 100
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_one_process_is_refused_its_own_second_state_and_keeps_the_first(path: Path) -> None:
    with State(path) as first:
        with pytest.raises(StateError, match="in use"):
            State(path)
        other = run(HOLDER, path)
        said, _ = other.communicate()
        assert "in use" in said
        first.remember_page("k1", url="u", site="s", outcome="article")
        first.commit()


def test_a_killed_run_left_what_it_committed_and_nothing_else(path: Path) -> None:
    process = run(HOLDER, path)
    assert process.stdout is not None
    process.stdout.readline()
    end(process)
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
    with State(path) as state:
        assert known(state) == 100
        assert state.output_length("news.jsonl") == 99
    # A run that ends well leaves one file.
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_an_older_version_is_brought_up_to_date(path: Path) -> None:
    filled(path, 10)
    second = (
        "ALTER TABLE pages ADD COLUMN colour TEXT",
        "UPDATE pages SET colour = 'blue' WHERE key = 'k3'",
    )
    third = ("CREATE TABLE colours (name TEXT)", "INSERT INTO colours VALUES ('blue')")
    for _ in range(2):
        connection = open_database(path, (*MIGRATIONS, second, third))
        rows = connection.execute("SELECT key FROM pages JOIN colours ON colour = name").fetchall()
        version = connection.execute("PRAGMA user_version").fetchone()
        connection.close()
        assert (rows, version) == ([("k3",)], (len(MIGRATIONS) + 2,))


def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    filled(path, 10)
    steps = (("CREATE TABLE colours (name TEXT)",), ("INSERT INTO nowhere VALUES (1)",))
    with pytest.raises(StateError, match="nowhere"):
        open_database(path, (*MIGRATIONS, *steps))
    with State(path) as state:
        assert known(state) == 10
    connection = sqlite3.connect(path)
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE name = 'colours'").fetchall()
    connection.close()
    assert tables == []


def test_a_new_file_and_one_brought_up_to_date_have_the_same_tables(tmp_path: Path) -> None:
    steps = (*MIGRATIONS, ("ALTER TABLE pages ADD COLUMN colour TEXT",))
    filled(tmp_path / "old", 1)
    schemas = []
    for name in ("old", "new"):
        connection = open_database(tmp_path / name, steps)
        schemas.append(connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall())
        connection.close()
    assert schemas[0] == schemas[1]


def test_a_newer_version_is_refused(path: Path) -> None:
    open_database(path, (*MIGRATIONS, ("CREATE TABLE more (x)",))).close()
    newer, ours = len(MIGRATIONS) + 1, len(MIGRATIONS)
    assert (
        f"written by a newer newscrawl (version {newer} of the state, this one knows {ours})"
        in (refusal(path))
    )


def test_what_is_no_database_is_refused(path: Path) -> None:
    path.write_text('{"url": "https://example.org/"}\n' * 100)
    assert "is no state of newscrawl: restore it from a backup, or move it away" in refusal(path)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cookies (name TEXT)")
    connection.commit()
    connection.close()
    assert "is a database of another program: name another file" in refusal(path)


def test_an_empty_file_is_refused(path: Path) -> None:
    path.touch()
    assert "is empty, a state never is: restore it from a backup, or move it away" in refusal(path)


@pytest.mark.parametrize("left", [50, 100, 4_096, 100_000])
def test_a_truncated_file_is_refused(path: Path, left: int) -> None:
    size = filled(path).stat().st_size
    assert size > 150_000
    os.truncate(path, left)
    message = refusal(path)
    assert "is damaged" in message or "is no state of newscrawl" in message
    assert "restore it from a backup, or move it away to start anew" in message


def test_a_damaged_file_is_refused(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        file.seek(20 * 4_096)
        file.write(b"\xff" * 4_096 * 5)
    assert "is damaged" in refusal(path)


def test_damage_in_a_file_too_large_to_be_checked_stops_the_run_that_meets_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.state.database._CHECKED_WHOLE", 0)
    size = filled(path).stat().st_size
    with path.open("r+b") as file:
        file.seek(40 * 4_096)  # behind the first page of every table
        file.write(b"\xff" * (size - 40 * 4_096))
    with State(path) as state:
        with pytest.raises(StateError, match="is damaged"):
            known(state)
        with pytest.raises(StateError, match="is damaged"):
            state.commit({"news.jsonl": 1})


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    assert "is a folder: name a file for the state" in refusal(tmp_path)
    missing = tmp_path / "gone" / "news.state"
    assert f"cannot be made: there is no folder {missing.parent}" in refusal(missing)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_refused(path: Path) -> None:
    filled(path, 1).chmod(0o400)
    assert "cannot be written: make the file and its folder writable" in refusal(path)


@pytest.mark.parametrize("limit", [40_000, 200_000, 2_000_000])
def test_a_file_that_may_grow_no_more_keeps_what_was_committed(path: Path, limit: int) -> None:
    process = run(FILLER, path, limit)
    said, _ = process.communicate()
    assert process.returncode == 3, said
    assert str(path) in said
    assert "see to the disk and run again" in said
    with State(path) as state:
        assert known(state) == 100
        assert state.output_length("news.jsonl") == 100


def test_a_full_disk_keeps_what_was_committed(tmp_path: Path) -> None:
    # A small file system of its own, in a namespace of its own; copied out while it is full.
    script = tmp_path / "filler.py"
    script.write_text(FILLER)
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    copy.mkdir()
    commands = f"""
        mount -t tmpfs -o size=1m none {disk} || exit 77
        {sys.executable} {script} {disk}/news.state 0; code=$?
        cp {disk}/* {copy}/
        exit $code
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no command unshare")
    done = subprocess.run(
        [unshare, "--user", "--map-root-user", "--mount", "sh", "-c", commands],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode in (1, 77) and not done.stdout:
        pytest.skip(f"no file system may be mounted here: {done.stderr}")
    assert done.returncode == 3, done.stderr
    assert "news.state cannot grow, the disk is full: make room and run again" in done.stdout
    with State(copy / "news.state") as state:
        assert known(state) == 100
        assert state.output_length("news.jsonl") == 100


def test_the_file_says_what_it_is(path: Path) -> None:
    State(path).close()
    # The header of SQLite's file format: bytes 60 to 63 the version, 68 to 71 the application.
    header = path.read_bytes()[:100]
    assert header[60:64] == len(MIGRATIONS).to_bytes(4)
    assert header[68:72] == APPLICATION_ID.to_bytes(4) == b"ncrw"
