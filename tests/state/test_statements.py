"""No statement of a run reads a table from end to end."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from newscrawl.state import State, statements
from newscrawl.state.dialect import POSTGRESQL, SQLITE

# Tables that hold a row, a few, or no more than the last runs.
SMALL = {"progress", "runs"}
STATEMENTS = {
    name: text for name, text in vars(statements).items() if name.isupper() and name[0] != "_"
}
ONCE_AFTER_A_WRONG_CLOCK = {"PULL_BACK"}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path: Path = tmp_path_factory.mktemp("state") / "news.state"
    State(path).close()
    return sqlite3.connect(path)


@pytest.mark.parametrize("name", sorted(set(STATEMENTS) - ONCE_AFTER_A_WRONG_CLOCK))
def test_every_row_is_searched_by_an_index(connection: sqlite3.Connection, name: str) -> None:
    statement = SQLITE.statement(STATEMENTS[name])
    named = dict.fromkeys(re.findall(r":(\w+)", statement), "[1]")
    values = named or ("1",) * statement.count("?")
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    scanned = {
        found[1]
        for step in plan
        if (found := re.match(r"SCAN (\w+)", step)) and "VIRTUAL TABLE" not in step
    }
    assert scanned - SMALL - {"candidates"} == set(), plan


def test_all_statements_are_looked_at() -> None:
    assert {"PAGES", "DUE_PAGES", "SIMILAR", "CHECKED_PAGE", "DROP_BANDS"} <= set(STATEMENTS)
    assert len(STATEMENTS) > 25


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL])
def test_a_difference_that_has_no_name_is_an_error(dialect) -> None:
    with pytest.raises(KeyError, match="unheard_of"):
        dialect.statement("SELECT $unheard_of")


def test_parameters_are_written_as_the_driver_takes_them() -> None:
    template = "SELECT $least(first_seen, :now) FROM pages WHERE key = ?"
    assert SQLITE.statement(template) == "SELECT min(first_seen, :now) FROM pages WHERE key = ?"
    assert (
        POSTGRESQL.statement(template)
        == "SELECT least(first_seen, %(now)s) FROM pages WHERE key = %s"
    )
