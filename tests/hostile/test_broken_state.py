"""Case 34: a state that is none, in a crawl: refused in words, never silently started anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.hostile.kills import Crawls
from tests.hostile.outlets import Outlets


def half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:20480] = b"\xa5" * 12288
    path.write_bytes(data)


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut in half": (half, "news.state is damaged"),
    "overwritten in the middle": (overwritten, "news.state is damaged"),
    "empty": (lambda path: path.write_bytes(b""), "news.state is empty, a state never is"),
    "a few bytes": (lambda path: path.write_bytes(b"SQLite"), "news.state is no state"),
    "text": (lambda path: path.write_text("Dear diary. " * 999), "news.state is no state"),
    "of a newer version": (newer, "news.state was written by a newer newscrawl (version 99"),
}


def first_version(path: Path) -> None:
    """Make of a state one as the first version wrote it."""
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE host_files")
    connection.execute("ALTER TABLE progress DROP COLUMN token")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, outlets: Outlets) -> Path:
    """A folder in which a crawl has ended well."""
    folder = tmp_path_factory.mktemp("crawled")
    assert Crawls(folder, outlets).run() == 0
    return folder


@pytest.fixture(scope="module")
def outlets() -> Iterator[Outlets]:
    with Outlets(datetime.now(UTC)) as running:
        yield running


@pytest.fixture
def crawls(crawled: Path, outlets: Outlets, tmp_path: Path) -> Crawls:
    for path in crawled.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return Crawls(tmp_path, outlets, runs=1)


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_state_is_refused_and_left_as_it_is(crawls: Crawls, how: str) -> None:
    break_it, words = BROKEN[how]
    state = crawls.folder / "news.state"
    break_it(state)
    before = {path.name: path.read_bytes() for path in crawls.folder.iterdir()}
    asked = crawls.outlets.requests
    assert crawls.run() == 5
    assert words in crawls.said
    assert crawls.outlets.requests == asked
    after = {path.name: path.read_bytes() for path in crawls.folder.iterdir()}
    assert after | {"said": b""} == before | {"said": b""}


def test_a_state_of_the_first_version_is_brought_up_to_date(crawls: Crawls) -> None:
    first_version(crawls.folder / "news.state")
    written = list(crawls.lines())
    assert crawls.run() == 0
    assert list(crawls.lines()) == written
    account = crawls.account()
    assert (account.lost, account.doubled, account.torn, account.wrong) == ([], [], [], [])
