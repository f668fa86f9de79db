"""Sites and requests between workers: leases, shares, the end of a run."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from scrapy import Request

from newscrawl.discovery import Link
from newscrawl.items import Article, Image
from newscrawl.scheduler.frontier import Frontier
from newscrawl.scheduler.progress import clear_run, look
from newscrawl.scheduler.serialising import from_text, to_text
from newscrawl.spiders.news import NewsSpider
from tests.servers import Redis


class Workers:
    def __init__(self, url: str) -> None:
        self.url = url
        self.all: list[Frontier] = []

    def one(self, name: str, lease: float = 60) -> Frontier:
        worker = Frontier(self.url, name="crawl", worker=name, lease=lease, patience=1)
        worker.join(targets="t", schema="1.0.0")
        self.all.append(worker)
        return worker


@pytest.fixture
def workers(redis_server: Redis) -> Iterator[Workers]:
    workers = Workers(redis_server.url)
    yield workers
    for worker in workers.all:
        worker.close()


def tick(worker: Frontier, *, starting: bool = False) -> list[str]:
    said = worker.tick(starting=starting, status="{}")
    assert said.word == "running", said
    return sorted(said.taken)


def test_a_site_is_one_workers_until_its_lease_ends_and_its_requests_stay(
    workers: Workers,
) -> None:
    dead, heir = workers.one("dead", lease=0.5), workers.one("heir")
    tick(dead, starting=True)
    said, number = dead.add("example.org", 0, "request", "print")
    assert said == 1
    assert tick(dead) == ["example.org"]
    assert tick(heir) == []
    time.sleep(0.6)
    assert tick(heir) == ["example.org"]
    assert heir.next({"example.org": 9}) == {"example.org": [number]}
    assert heir.requests([number]) == {number: "request"}
    assert dead.tick(starting=False, status="{}").lost


def test_a_page_is_asked_for_once_in_a_run_and_again_in_the_next(workers: Workers) -> None:
    one, other = workers.one("one"), workers.one("other")
    tick(one, starting=True)
    tick(other, starting=True)
    _, number = one.add("example.org", 0, "request", "print")
    assert other.add("example.org", 0, "request", "print")[0] == 0
    assert tick(one) == ["example.org"]
    one.done([("example.org", number)])
    assert one.tick(starting=False, status="{}").word == "running"  # the other one still starts
    assert other.tick(starting=False, status="{}").word == "finished"
    assert one.tick(starting=False, status="{}").word == "finished"
    third = workers.one("third")
    assert third.token != one.token
    tick(third, starting=True)
    assert third.add("example.org", 0, "request", "print")[0] == 1


def test_sites_are_shared_and_what_is_urgent_comes_first(workers: Workers) -> None:
    one, other = workers.one("one"), workers.one("other")
    tick(one, starting=True)
    tick(other, starting=True)
    for number in range(4):
        one.add(f"site{number}.example", 0, "later")
        one.add(f"site{number}.example", 20, "sooner")
    mine, theirs = tick(one, starting=True), tick(other, starting=True)
    assert (len(mine), len(theirs)) == (2, 2)
    numbers = one.next({mine[0]: 9})[mine[0]]
    assert [one.requests([number])[number] for number in numbers] == ["sooner", "later"]
    one.let_go(mine)
    assert sorted([*tick(other, starting=True), *tick(one, starting=True)]) == mine
    one.leave()
    assert set(tick(other, starting=True)) <= set(mine)
    assert other.tick(starting=True, status="{}").fewest == 4


def test_pages_of_all_workers_add_up(workers: Workers) -> None:
    one, other = workers.one("one"), workers.one("other")
    one.tick(starting=True, status="{}", pages=3, bytes_=100)
    said = other.tick(starting=True, status="{}", pages=4, bytes_=50)
    assert (said.pages, said.bytes) == (7, 150)


def test_a_run_can_be_looked_at_and_given_up(workers: Workers) -> None:
    assert look(workers.url, "crawl") is None
    one = workers.one("one")
    tick(one, starting=True)
    one.add("example.org", 0, "request", "print")
    one.tick(starting=True, status='{"sites": 1, "pages": 5}', pages=5)
    view = look(workers.url, "crawl")
    assert view is not None
    assert (view.requests, view.done, view.pages, view.sites, view.free) == (1, 0, 5, 1, 0)
    (worker,) = view.workers
    assert (worker.name, worker.sites, worker.pages) == ("one", 1, 5)
    assert 50 < worker.lease <= 60
    assert clear_run(workers.url, "crawl") == 1
    assert look(workers.url, "crawl") is None


def test_a_request_comes_back_as_it_was() -> None:
    spider = NewsSpider(urls="https://example.org/")
    part = Article(url="https://example.org/a", images=[Image(url="https://example.org/i.png")])
    request = Request(
        "https://example.org/a?page=2", callback=spider.parse_part, errback=spider.part_failed,
        headers={"If-None-Match": '"é"'}, priority=7, dont_filter=True,
        meta={"newscrawl_site": "example.org", "handle_httpstatus_list": [304], 5: (1.5, None)},
        cb_kwargs={
            "parts": (part,), "visited": ("https://example.org/a",),
            "link": Link("https://example.org/a", "article", date="2024-05-06"),
            "body": b"\x00\xff", "$": {"$tuple": ["x"]},
        },
    )  # fmt: skip
    again, context = from_text(to_text(request, spider, {"hints": {"date": "2024"}}), spider)
    assert again.to_dict(spider=spider) == request.to_dict(spider=spider)
    assert (again.callback, again.errback) == (spider.parse_part, spider.part_failed)
    assert context == {"hints": {"date": "2024"}}


def test_a_request_that_holds_something_else_is_refused_by_name() -> None:
    spider = NewsSpider(urls="https://example.org/")
    request = Request("https://example.org/", callback=spider.parse, meta={"file": object()})
    with pytest.raises(ValueError, match="cannot be shared with other workers: it holds a object"):
        to_text(request, spider)
