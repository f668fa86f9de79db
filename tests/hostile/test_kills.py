"""Case 25: SIGKILL at any moment. After the next run every article is there, once and whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.hostile.kills import Crawls, kill_and_account
from tests.hostile.outlets import Outlets

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("output", "options", "kills"),
    [
        pytest.param("news.jsonl", (), 6, id="a file that grows"),
        pytest.param("news.jsonl.gz", (), 3, id="gzip"),
        pytest.param("news.jsonl", ("--per-run",), 3, id="a file a run"),
    ],
)
def test_after_kills_every_article_is_there_once(
    tmp_path: Path, output: str, options: tuple[str, ...], kills: int
) -> None:
    with Outlets(datetime.now(UTC)) as outlets:
        crawls = Crawls(tmp_path, outlets, output, options)
        account, _ = kill_and_account(crawls, kills, seed=25, growth=30)
    assert account.lost == []
    assert account.doubled == []
    assert account.torn == []
    assert account.wrong == []
    assert account.found == account.expected > 100
