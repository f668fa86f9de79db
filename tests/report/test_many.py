"""20,000 articles: the size of the file, and how soon it answers."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from benchmarks.synthetic_records import records
from newscrawl.report.packing import DEFAULT_SIZE
from tests.rendering.browsers import needs_browser
from tests.report.conftest import picture
from tests.report.samples import record, report_of

pytestmark = [needs_browser, pytest.mark.slow]

ARTICLES = 20_000
PATIENCE = 30
"""Seconds for what takes one on an idle machine: this is no benchmark, but nothing may hang."""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    needle = record(
        1, url="https://n.example/1", body="The xylophone was found.", date="2026-06-01"
    )
    return report_of(
        tmp_path_factory.mktemp("many"), [*records(ARTICLES - 1, median=1_500), needle]
    )


def test_the_file_keeps_its_size_and_says_what_it_cut(report):
    assert DEFAULT_SIZE * 0.9 < report.stat().st_size < DEFAULT_SIZE
    html = report.read_text(encoding="utf-8")
    assert re.search(r"the newest [\d,]+ articles? of each site are whole; [\d,]+ others end", html)


def test_it_opens_searches_and_turns_pages_at_once(window, report):
    began = time.monotonic()
    page = window.open(report, "#articles")
    expect(page.locator("#found")).to_have_text("20,000 articles")
    opened = time.monotonic() - began
    assert page.locator("#list a").count() == 50, "a page of the list, not all of it"

    began = time.monotonic()
    page.get_by_role("searchbox").fill("xylophone")
    expect(page.locator("#found")).to_have_text("1 of 20,000 articles")
    searched = time.monotonic() - began
    page.locator("#list a").click()
    expect(page.locator(".body")).to_have_text("The xylophone was found.")

    began = time.monotonic()
    page.get_by_role("searchbox").fill("nothing has this word")
    expect(page.locator("#found")).to_have_text("0 of 20,000 articles")
    again = time.monotonic() - began
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#found")).to_have_text("20,000 articles")
    # The list is where the article that is read stands: at its end.
    expect(page.locator("#pages")).to_contain_text("Page 400 of 400")
    page.get_by_role("button", name="First").click()
    page.locator("#list a").first.focus()
    for turned in range(2, 5):
        page.keyboard.press("End")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#pages")).to_contain_text(f"Page {turned} of 400")
    picture(page, "many")
    window.assert_quiet()
    assert max(opened, searched, again) < PATIENCE


def test_a_cut_article_says_so(window, report):
    page = window.open(report, "#articles?order=oldest&language=fr")
    page.locator("#list a").first.click()
    expect(page.locator(".remark")).to_contain_text(
        re.compile(r"ends here, after \d+ of [\d,]+ characters; the record has all: news.jsonl:\d+")
    )
