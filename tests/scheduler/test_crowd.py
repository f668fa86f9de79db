"""Workers on one crawl: every article once, every host at its pace, whoever is killed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.scheduler.crowd import Crowd, account, hosts, trouble
from tests.servers import PostgreSQL, Redis

pytestmark = pytest.mark.slow


def test_after_kills_and_a_restart_every_article_is_there_once(
    tmp_path: Path, postgresql_server: PostgreSQL, redis_server: Redis
) -> None:
    pages, number = 30, 8
    with hosts(number, pages, tmp_path / "log") as feeds:
        crowd = Crowd(tmp_path, feeds, redis_server.url, postgresql_server.database(), delay=0.3)
        try:
            trouble(crowd, redis_server, random.Random(6), workers=3, at=100, often=80)
        finally:
            crowd.stop()
    found = account(crowd, pages)
    assert found.lost == []
    assert found.doubled == []
    assert found.torn == []
    assert found.left == []
    assert found.records == found.expected == number * pages
    assert crowd.kills >= 2
    assert found.ahead < 2
    assert found.handover > crowd.delay * 0.8
    assert found.in_pause == 0
