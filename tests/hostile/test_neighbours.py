"""What holds in every case: other sites of the same run are neither lost nor slowed.

Ten sites that misbehave in as many ways have more requests to wait for than the crawl may have
under way; beside them are four that behave.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hostile.bodies import bomb, cut_coding, packed, trickle
from tests.hostile.crawl import crawl
from tests.hostile.server import (
    Exchange,
    Handler,
    HostileServer,
    article,
    feed,
    redirect,
    reply,
    reset,
    silence,
)

pytestmark = pytest.mark.slow

LINKS = 6
"""Of each site that misbehaves."""
STORIES = 10
"""Of each that does not."""
TIMEOUT = 20

BAD: dict[str, Handler] = {
    "silent": silence,
    "dripping": trickle,
    "resetting": reset,
    "refusing for a year": reply("", status=429, headers={"Retry-After": "31536000"}),
    "failing": reply("", status=500),
    "going round": redirect("/story-1"),
    "a bomb": packed(bomb("gzip"), "gzip"),
    "broken off": cut_coding("A story that breaks off", "gzip"),
    "nowhere": redirect("http://169.254.169.254/latest/meta-data/"),
    "silent about its rules": reply("never asked for"),
}


def test_sites_that_behave_are_neither_lost_nor_slowed(tmp_path: Path) -> None:
    waited_for: list[str] = []
    """What was asked for, in order: the names of sites."""

    def noted(name: str, handler: Handler) -> Handler:
        async def note(exchange: Exchange) -> None:
            waited_for.append(name)
            await handler(exchange)

        return note

    with ExitStack() as stack:
        targets: list[str] = []
        good: list[str] = []
        for number, (name, handler) in enumerate(BAD.items(), 1):
            server = stack.enter_context(HostileServer(f"127.0.5.{number}"))
            bad = noted(name, handler)
            targets += [server.add(f"/story-{n}", bad) for n in range(LINKS)]
            if name == "silent about its rules":
                server.add("/robots.txt", noted(name, silence))
        for number in range(4):
            server = stack.enter_context(HostileServer(f"127.0.6.{number + 1}"))
            links = []
            for n in range(STORIES):
                story = reply(article(f"Story {n} of the good site {number}"))
                links.append(server.add(f"/story-{n}", noted("good", story)))
            targets.append(server.add("/feed", reply(feed(*links), "text/xml")))
            good += links
        found = crawl(
            tmp_path,
            targets,
            CONCURRENT_REQUESTS=12,
            CONCURRENT_REQUESTS_PER_DOMAIN=4,
            DOWNLOAD_TIMEOUT=TIMEOUT,
            NEWSCRAWL_DEADLINE=2 * TIMEOUT,
            NEWSCRAWL_MAX_PAUSE=2,
        )
    assert found.urls == set(good)
    # What redirects to one and the same address is asked for there once.
    rejects, skipped = found.summary["rejects"], found.summary["skipped"]
    assert sum(rejects.values()) + skipped.pop("duplicate") == len(BAD) * LINKS
    assert skipped == {}
    assert rejects["robots_unreachable"] == LINKS
    # While others could be served, those that hang were given a place or two, not all of them.
    last_good = len(waited_for) - waited_for[::-1].index("good")
    before = waited_for[:last_good]
    assert max(before.count(name) for name in ("silent", "dripping")) <= 2
