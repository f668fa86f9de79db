"""PostgreSQL: whose the database is, who may share it, and what is said when it cannot be used."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from newscrawl.items import SCHEMA_VERSION
from newscrawl.state import State, StateError, postgresql
from newscrawl.state.postgresql import open_database
from newscrawl.state.postgresql_session import PostgreSQLSession
from newscrawl.state.schema import MIGRATIONS
from tests.servers import SECONDS, PostgreSQL, free_port
from tests.servers import postgresql as a_server

# Claims and remembers an article, says so, and waits to be ended.
WRITER = """
import sys
from newscrawl.state import State
state = State(sys.argv[1], token="run")
state.claim(["one"])
state.remember_article(identities=["one"], url="u", site="s", content_hash="a")
state.articles(["one"])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def where(postgresql_server: PostgreSQL) -> str:
    return postgresql_server.database()


def refusal(where: str, token: str | None = None) -> str:
    with pytest.raises(StateError) as caught:
        State(where, token=token)
    message = str(caught.value)
    assert "\n" not in message
    assert PostgreSQL.PASSWORD not in message
    return message


def article(state: State, *identities: str, revision: int = 1) -> int:
    return state.remember_article(
        identities=identities, url="u", site="s", content_hash=f"{revision}", revision=revision
    )


@pytest.fixture
def writer(where: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, where],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_run_that_is_not_shared_has_the_state_for_itself(where: str) -> None:
    with State(where):
        assert "is in use by another run: let that one end, or give each its own" in refusal(where)
        assert "is in use" in refusal(where, "run")
    with State(where, token="run"):
        assert "is in use" in refusal(where)


def test_workers_of_one_run_have_one_number_and_the_next_run_another(where: str) -> None:
    with State(where, token="first") as one, State(where, token="first") as other:
        one.remember_page("k", url="u", site="s", outcome="article", next_check=0)
        one.commit()
        assert other.pages(["k"])["k"].seen_this_run
        assert other.due_pages("s") == []
    with State(where, token="second") as next_one:
        assert [page.key for page in next_one.due_pages("s")] == ["k"]


def test_many_that_start_at_once_on_an_empty_database_all_get_in(where: str) -> None:
    opened: list[State] = []
    failed: list[Exception] = []

    def start() -> None:
        try:
            opened.append(State(where, token="run"))
        except StateError as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for state in opened:
        state.close()
    assert failed == []
    assert len(opened) == 6


def test_an_article_is_written_by_one_worker_the_other_sees_it_known(where: str) -> None:
    with State(where, token="run") as one, State(where, token="run") as other:
        one.claim(["page", "title"])
        assert one.articles(["page", "title"]) == []
        article(one, "page", "title")
        seen: list[int] = []

        def late() -> None:
            other.claim(["title", "other page"])
            seen.extend(known.revision for known in other.articles(["title", "other page"]))

        waiting = threading.Thread(target=late)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
        one.commit({"one.jsonl": 10})
        waiting.join(SECONDS)
        assert seen == [1]


def test_what_a_killed_worker_had_claimed_is_free_and_never_was(
    where: str, writer: subprocess.Popen[str]
) -> None:
    with State(where, token="run") as other:
        writer.send_signal(signal.SIGKILL)
        other.claim(["one"])
        assert other.articles(["one"]) == []


def test_what_a_worker_that_stopped_had_claimed_is_free_after_its_lease(
    where: str, postgresql_server: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "LEASE", 1)
    with State(where, token="run") as stopped, State(where, token="run") as other:
        stopped.claim(["one"])
        article(stopped, "one")
        stopped.articles(["one"])
        other.claim(["one"])  # waits for the lease to end
        assert other.articles(["one"]) == []
        article(other, "one")
        other.commit()
        for _ in range(2):
            with pytest.raises(StateError, match=r"did nothing for too long|connection .* lost"):
                stopped.commit({"stopped.jsonl": 10})
        assert other.output_length("stopped.jsonl") is None


def test_two_that_wait_for_each_other_both_go_on(where: str) -> None:
    with State(where, token="run") as one, State(where, token="run") as other:
        for state, keys in ((one, "ab"), (other, "ba")):
            state.claim([f"article {keys[0]}"])
            article(state, f"article {keys[0]}")
            state.remember_page(keys[0], url=keys[0], site="s", outcome="found")
            state.pages([keys[0]])
        one.remember_page("b", url="b", site="s", outcome="found")
        other.remember_page("a", url="a", site="s", outcome="found")
        threads = [threading.Thread(target=state.commit) for state in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)
        assert not any(thread.is_alive() for thread in threads)
        for state in (one, other):
            assert set(state.pages(["a", "b"])) == {"a", "b"}
            assert len(state.articles(["article a", "article b"])) == 2


def test_one_that_starts_over_is_stopped_if_another_has_written_its_article(where: str) -> None:
    with (
        closing(PostgreSQLSession(where, None, shared=True)) as session,
        State(where, token="run") as other,
    ):
        session.claim([1])
        session._claims[0] = (session._claims[0][0], [("something else",)])
        session.execute("UPDATE progress SET latest = ?", (1,))
        with pytest.raises(StateError, match="another worker has written an article"):
            session._do(session._start_over)
        assert other.articles(["one"]) == []


def test_figures_of_workers_add_up_to_those_of_their_run(where: str) -> None:
    from newscrawl.state import RunRecord

    def record(pages: int, **reject: int) -> RunRecord:
        figures = {"pages": pages, "rejects": reject}
        return RunRecord(100, 200 + pages, {"pages": pages}, {"The Post": figures})

    with State(where, token="run") as one, State(where, token="run") as other:
        one.add_run(record(3, dns=1))
        one.commit()
        assert other.runs("The Post") == []
        other.add_run(record(4, dns=2, tls=1))
        other.commit()
    with State(where, token="next") as state:
        (run,) = state.runs()
        assert run.summary == {"pages": 7}
        assert run.sites == {"The Post": {"pages": 7, "rejects": {"dns": 3, "tls": 1}}}
        assert (run.started, run.finished) == (100, 204)


def test_an_older_version_is_brought_up_to_date_once_nobody_uses_it(where: str) -> None:
    State(where).close()
    steps = (*MIGRATIONS, ("ALTER TABLE pages ADD COLUMN colour TEXT",))
    with State(where, token="run"), pytest.raises(StateError, match="of another newscrawl"):
        open_database(where, shared=True, migrations=steps)
    for _ in range(2):
        connection = open_database(where, shared=True, migrations=steps)
        assert connection.execute("SELECT version FROM newscrawl_state").fetchall() == [
            (len(steps),)
        ]
        connection.close()
    assert f"written by a newer newscrawl (version {len(steps)} of the state" in refusal(where)


def test_a_worker_whose_records_have_another_schema_is_refused_while_others_are_there(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with State(where, token="run"):
        monkeypatch.setattr(postgresql, "SCHEMA_VERSION", "9.0.0")
        said = f"whose records have schema {SCHEMA_VERSION} (this one: 9.0.0): let them end"
        assert said in refusal(where, "run")
    State(where, token="run").close()


def test_a_step_that_fails_leaves_the_database_as_it_was(where: str) -> None:
    State(where).close()
    steps = (("CREATE TABLE colours (name TEXT)",), ("INSERT INTO nowhere VALUES (1)",))
    with pytest.raises(StateError, match="nowhere"):
        open_database(where, shared=False, migrations=(*MIGRATIONS, *steps))
    with psycopg.connect(where) as connection:
        found = connection.execute("SELECT to_regclass('colours')").fetchone()
    assert found == (None,)
    State(where).close()


def test_a_database_of_another_program_is_refused_and_left_alone(
    where: str, postgresql_server: PostgreSQL
) -> None:
    postgresql_server.execute("CREATE TABLE pages (title TEXT)", where)
    assert "has a table pages of another program: give the state a database of its" in refusal(
        where
    )
    tables = postgresql_server.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", where
    )
    assert tables == [("pages",)]


def test_wrong_password_database_host_and_encoding_are_said_so(
    postgresql_server: PostgreSQL,
) -> None:
    server = postgresql_server
    assert "password authentication failed" in refusal(server.address("news", password="wrong"))
    assert 'database "nowhere" does not exist' in refusal(server.address("nowhere"))
    nobody = f"postgresql://crawler@127.0.0.1:{free_port()}/news"
    assert "Connection refused" in refusal(nobody)
    plain = server.database("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    assert "has the encoding SQL_ASCII: make one with createdb -E UTF8" in refusal(plain)


def test_an_old_server_is_refused(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "OLDEST", 99)
    assert "the state needs 99 or newer" in refusal(where)


def test_a_user_who_may_not_write_is_said_so(where: str, postgresql_server: PostgreSQL) -> None:
    postgresql_server.execute("CREATE ROLE reader LOGIN PASSWORD 'open-sesame'")
    database = where.rpartition("/")[2]
    reader = postgresql_server.address(database, user="reader")
    assert "permission denied for schema public: give the user the right" in refusal(reader)


def test_a_server_that_goes_away_stops_the_run_and_keeps_what_was_committed() -> None:
    with a_server() as server:
        where = server.database()
        state = State(where)
        state.remember_page("kept", url="u", site="s", outcome="article")
        state.commit({"news.jsonl": 100})
        state.remember_page("lost", url="u", site="s", outcome="article")
        state.pages(["lost"])
        server.stop(signal.SIGQUIT)
        before = time.monotonic()
        for _ in range(2):
            with pytest.raises(StateError, match="the connection to PostgreSQL was lost"):
                state.commit({"news.jsonl": 200})
        assert time.monotonic() - before < 30
        state.close()
        server.start()
        with State(where) as again:
            assert set(again.pages(["kept", "lost"])) == {"kept"}
            assert again.output_length("news.jsonl") == 100
