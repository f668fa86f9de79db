"""What hosts and pages reserve: recorded, and kept to where a setting says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.pipelines.reservations import ReservationsPipeline
from tests.hostile.crawl import crawl
from tests.hostile.server import HostileServer, article, feed, reply

ON = {"NEWSCRAWL_TDMREP": 1}
TDM = "/.well-known/tdmrep.json"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer("127.0.0.2") as running:
        yield running


def test_host_and_page_are_recorded_each_with_its_source(
    tmp_path: Path, server: HostileServer
) -> None:
    rules = [{"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://p.example/x"}]
    server.add(TDM, reply(json.dumps(rules), "application/json"))
    robots = "User-agent: *\nContent-Signal: search=yes, ai-train=no\nContent-Usage: train-ai=n\n"
    server.add("/robots.txt", reply(robots, "text/plain"))
    links = [server.add_article(f"/news/{n}", f"The story that has number {n}") for n in range(4)]
    headers = {"tdm-reservation": "0", "Content-Usage": "train-ai=y"}
    links.append(server.add("/news/own", reply(article("A page with headers"), headers=headers)))
    links.append(server.add_article("/free", "A story that is free"))
    server.add("/rss", reply(feed(*links), "text/xml"))
    found = crawl(tmp_path, [server.url("/rss")], **ON)
    by_headline = {record["headline"]: record for record in found.records}
    signal = {"content_signal": {"value": "search=yes, ai-train=no", "source": "robots.txt"}}
    usage = {"content_usage": {"value": "train-ai=n", "source": "robots.txt"}}
    assert by_headline["The story that has number 3"]["rights"] == signal | usage | {
        "tdm_reservation": {"value": "1", "source": "tdmrep.json"},
        "tdm_policy": {"value": "https://p.example/x", "source": "tdmrep.json"},
    }
    assert by_headline["A page with headers"]["rights"] == signal | {
        "content_usage": {"value": "train-ai=y", "source": "header"},
        "tdm_reservation": {"value": "0", "source": "header"},
    }
    assert by_headline["A story that is free"]["rights"] == signal | usage
    assert all(record["body"] for record in found.records)
    assert server.asked.count(TDM) == 1
    # It is known before the first article is fetched.
    assert server.asked.index(TDM) == 2


def test_most_hosts_have_no_such_file_and_robots_txt_is_asked_first(
    tmp_path: Path, server: HostileServer
) -> None:
    with HostileServer("127.0.0.3") as other:
        other.add("/robots.txt", reply("User-agent: *\nDisallow: /.well-known/\n", "text/plain"))
        targets = [each.add_article("/a", f"Of {each.host}") for each in (server, other)]
        found = crawl(tmp_path, targets, **ON)
        assert TDM not in other.asked
    assert TDM in server.asked
    assert [record["rights"] for record in found.records] == [{}, {}]
    assert found.rejects == []


def test_without_articles_and_where_it_is_off_the_file_is_not_asked_for(
    tmp_path: Path, server: HostileServer
) -> None:
    server.add("/rss", reply(feed(), "text/xml"))
    crawl(tmp_path, [server.url("/rss")], **ON)
    crawl(tmp_path, [server.add_article("/a", "A story")], NEWSCRAWL_TDMREP=0)
    assert TDM not in server.asked


def test_a_setting_makes_records_without_body(tmp_path: Path, server: HostileServer) -> None:
    server.add(TDM, reply('[{"location": "/tdm", "tdm-reservation": 1}]', "application/json"))
    noindex = '<meta name="robots" content="none">'
    noarchive = {"X-Robots-Tag": "noarchive, otherbot: noindex"}
    targets = [
        server.add("/index", reply(article("Noindex by the page", head=noindex))),
        server.add("/archive", reply(article("Noarchive by the host"), headers=noarchive)),
        server.add_article("/tdm", "Reserved by the file"),
        server.add_article("/open", "Open to all"),
    ]
    found = crawl(
        tmp_path, targets, NEWSCRAWL_WITHHOLD_BODY="noindex,noarchive,tdm-reservation", **ON
    )
    by_headline = {record["headline"]: record for record in found.records}
    withheld = {
        headline: record["rights"]["body_withheld"]["value"]
        for headline, record in by_headline.items()
        if record["body"] is None
    }
    assert withheld == {
        "Noindex by the page": "noindex",
        "Noarchive by the host": "noarchive",
        "Reserved by the file": "tdm-reservation",
    }
    record = by_headline["Reserved by the file"]
    assert record["date"] == "2024-05-06"
    assert record["content_hash"]
    assert "body" not in record["sources"]
    assert by_headline["Open to all"]["body"]


def test_an_unknown_reservation_is_refused() -> None:
    crawler = get_crawler(settings_dict={"NEWSCRAWL_WITHHOLD_BODY": "noindex,nofolow"})
    with pytest.raises(ValueError, match="'nofolow' is none of noarchive, noindex, tdm"):
        ReservationsPipeline.from_crawler(crawler)


def test_nofollow_is_obeyed_unless_it_is_for_another_crawler(
    tmp_path: Path, server: HostileServer
) -> None:
    teasers = "".join(
        f'<h2><a href="/{{0}}/story-{n}-of-the-day">What became of story number {n}</a></h2>'
        for n in range(6)
    )
    for name, value in (("ours", "noarchive, nofollow"), ("theirs", "otherbot: nofollow")):
        page = f"<html><title>News</title><main>{teasers.format(name)}</main></html>"
        server.add(f"/{name}/", reply(page, headers={"X-Robots-Tag": value}))
        for n in range(6):
            server.add_article(f"/{name}/story-{n}-of-the-day", f"What became of story {name} {n}")
    crawl(tmp_path, [server.url("/ours/"), server.url("/theirs/")], **ON)
    stories = [path for path in server.asked if "story" in path]
    assert sorted(stories) == [f"/theirs/story-{n}-of-the-day" for n in range(6)]
