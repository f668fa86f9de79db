"""The item pipelines, with a real crawler's stats and a real file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import MemoryStatsCollector
from twisted.python.failure import Failure

from newscrawl.items import Article, Reject
from newscrawl.pipelines.duplicates import DuplicatesPipeline
from newscrawl.pipelines.rejects import RejectsPipeline


def article(url: str = "https://example.org/hall", **fields: object) -> Article:
    return Article(url, **({"headline": "A new hall", "body": "It is open."} | fields))


@pytest.fixture
def crawler(tmp_path: Path) -> Crawler:
    crawler = Crawler(Spider, {"NEWSCRAWL_REJECTS": str(tmp_path / "rejects.jsonl")})
    crawler.stats = MemoryStatsCollector(crawler)
    return crawler


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/hall", None),
        ("http://www.example.org/hall/?utm_source=x", None),
        ("https://example.org/print/hall", "https://example.org/hall"),
        ("https://example.org/hall?amp=1", None),
    ],
)
def test_an_article_passes_once(crawler: Crawler, url: str, canonical: str | None) -> None:
    pipeline = DuplicatesPipeline.from_crawler(crawler)
    pipeline.process_item(article())
    with pytest.raises(DropItem):
        pipeline.process_item(article(url, canonical_url=canonical))
    assert crawler.stats.get_value("newscrawl/skipped/duplicate") == 1


@pytest.mark.parametrize(
    "canonical", ["https://example.org/", "https://example.org/hall", "https://other.example/hall"]
)
def test_a_wrong_canonical_address_loses_no_article(crawler: Crawler, canonical: str) -> None:
    pipeline = DuplicatesPipeline.from_crawler(crawler)
    first = article(canonical_url=canonical)
    second = article("https://example.org/pier", headline="The pier", canonical_url=canonical)
    assert pipeline.process_item(first) is first
    assert pipeline.process_item(second) is second


def test_a_copy_on_another_site_is_no_duplicate(crawler: Crawler) -> None:
    pipeline = DuplicatesPipeline.from_crawler(crawler)
    pipeline.process_item(article())
    copy = article("https://other.example/hall", canonical_url="https://example.org/hall")
    assert pipeline.process_item(copy) is copy


def test_rejects_are_appended_and_counted(crawler: Crawler, tmp_path: Path) -> None:
    path = tmp_path / "rejects.jsonl"
    path.write_text('{"url": "https://example.org/before"}\n')
    pipeline = RejectsPipeline.from_crawler(crawler)
    record = article()
    assert pipeline.process_item(record) is record
    with pytest.raises(DropItem):
        pipeline.process_item(Reject("https://example.org/a", "http_404", "überall \ud800"))
    pipeline.close_spider()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["url"] for line in lines] == [
        "https://example.org/before",
        "https://example.org/a",
    ]
    assert lines[1]["reason"] == "http_404"
    assert crawler.stats.get_value("newscrawl/rejects/http_404") == 1


def test_without_rejects_there_is_no_file(crawler: Crawler, tmp_path: Path) -> None:
    pipeline = RejectsPipeline.from_crawler(crawler)
    pipeline.process_item(article())
    pipeline.close_spider()
    assert list(tmp_path.iterdir()) == []


def test_an_article_that_breaks_a_pipeline_leaves_a_trace(crawler: Crawler, tmp_path: Path) -> None:
    pipeline = RejectsPipeline.from_crawler(crawler)
    pipeline.item_error(article(), Failure(TypeError("no text")))
    pipeline.close_spider()
    (line,) = (tmp_path / "rejects.jsonl").read_text().splitlines()
    assert json.loads(line)["reason"] == "internal"
    assert json.loads(line)["detail"] == "TypeError: no text"
