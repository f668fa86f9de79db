"""Reports in a real browser: read, searched, moved through with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from newscrawl.items import Image
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures
from newscrawl.stats.drift import Alarm
from tests.rendering.browsers import needs_browser
from tests.report.conftest import focus_is_seen, picture
from tests.report.samples import ARABIC, MADE, record, report_of, revised

pytestmark = [needs_browser, pytest.mark.slow]

FOUND, LIST, READING = "#found", "#list a", "#reading"
NAME_OF_FOCUS = """(({name, tagName, textContent}) =>
    name || tagName + (textContent.length < 20 ? ":" + textContent.trim() : "")
)(document.activeElement)"""
VIDEO = {"body": None, "kind": "video", "date": None}
SHORTER = Alarm("The Post", "body", "the median body has 90 characters; before, 900")
MANY = [record(n) for n in range(1, 121)]


@pytest.fixture
def report(tmp_path):
    """A report of some sites, with rejects and runs."""
    others = [
        record(200, url="https://courrier.example/1", language="fr", authors=[]),
        record(201, url="https://courrier.example/2", language="fr", **VIDEO),
        ARABIC,
        *revised(202),
    ]  # fmt: skip
    return report_of(
        tmp_path,
        [*MANY, *others],
        reasons=[Reason("http_404", 3, examples=[("https://a.example/x", "gone")])],
        runs=[RunFigures(MADE, 9.5, 20, 7, 2, 3, "finished", [SHORTER])],
    )  # fmt: skip


def test_the_overview_is_there_without_a_request_or_a_complaint(window, report):
    page = window.open(report)
    expect(page.locator("h1:visible")).to_have_text("What the crawl brought")
    expect(page.locator(".tile").first).to_contain_text("124")
    assert page.locator("svg:visible").count() == 6
    for title in page.locator("figure h3").all_inner_texts():
        table = page.get_by_role("region", name=title)
        expect(table).to_be_hidden()
        page.get_by_text(f"{title} as a table").click()
        expect(table.locator("tbody tr").first).to_be_visible()
    expect(page.locator(".alarms")).to_contain_text("the median body has 90 characters")
    window.assert_quiet()
    picture(page, "overview", full_page=True)


def test_pages_that_are_served_are_as_quiet(windows, report):
    # An origin of the web, where a browser would look for an icon, too.
    window = windows(offline=False)
    window.page.route(
        "http://report.test/",
        lambda route: route.fulfill(
            body=report.read_text(encoding="utf-8"), content_type="text/html"
        ),
    )
    window.page.goto("http://report.test/#articles?article=2")
    expect(window.page.locator("#reading h2")).to_be_visible()
    assert window.requests == ["http://report.test/"]
    assert window.complaints == []


def test_a_search_finds_words_of_any_field_and_phrases(window, tmp_path):
    page = window.open(report_of(tmp_path, [
        record(1, body="An otter was seen.\n\nIt swam away."),
        record(2, headline="Otters of the north"),
        record(3, authors=["Ottilie Seen"], tags=["was"]),
        record(4, headline="Der Älteste", body="Ein Fährmann geht."),
    ]), "#articles")  # fmt: skip
    for query, expected in (
        ("otter", {1, 2}),
        ("OTTER was", {1}),
        ('"was seen"', {1}),
        ('"seen was"', set()),
        ("ottilie", {3}),
        ("fahrmann", {4}),
        ("älteste", {4}),
        ("ferry-3", {3}),
    ):
        page.get_by_role("searchbox").fill(query)
        expect(page.locator(FOUND)).to_have_text(f"{len(expected)} of 4 articles")
        expect(page.locator(LIST)).to_have_count(len(expected))
        for number in expected:  # the newest stands first: 4 is of May, 1 of February
            expect(page.locator(f"#list a[data-article='{4 - number}']")).to_be_visible()
    window.assert_quiet()


def test_filters_and_the_address_are_one(window, report):
    page = window.open(report, "#articles")
    expect(page.locator(FOUND)).to_have_text("124 articles")
    page.locator("[name=site]").select_option("courrier.example")
    expect(page.locator(FOUND)).to_have_text("2 of 124 articles")
    page.get_by_text("More filters").click()
    page.locator("[name=kind]").select_option("video")
    expect(page.locator(FOUND)).to_have_text("1 of 124 articles")
    assert "site=courrier.example" in page.url
    assert "kind=video" in page.url
    page.reload()
    expect(page.locator(FOUND)).to_have_text("1 of 124 articles")
    expect(page.locator("[name=kind]")).to_have_value("video")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(FOUND)).to_have_text("124 articles")
    page.locator("[name=without]").select_option("authors")
    expect(page.locator(FOUND)).to_have_text("2 of 124 articles")
    page.get_by_role("button", name="Clear").click()
    page.locator("[name=revised]").check()
    expect(page.locator(FOUND)).to_have_text("1 of 124 articles")
    page.get_by_role("button", name="Clear").click()
    page.locator("[name=from]").fill("2026-03-04")
    page.locator("[name=to]").fill("2026-03-04")
    expect(page.locator(FOUND)).to_have_text(re.compile(r"^\d of 124 articles"))
    page.get_by_role("button", name="Clear").click()
    page.locator("[name=order]").select_option("shortest")
    expect(page.locator(LIST).first).to_contain_text("courrier.example")


def test_a_number_of_the_heat_map_leads_to_the_articles_without_the_field(window, report):
    page = window.open(report)
    cell = page.locator("table.heat a[title='courrier.example: 1 without authors']")
    expect(cell).to_have_text("50")
    cell.click()
    expect(page.locator(FOUND)).to_have_text("1 of 124 articles")
    expect(page.locator("main")).to_be_focused()
    page.go_back()
    expect(page.locator("table.heat")).to_be_visible()


def test_an_article_is_read_with_its_picture_fields_and_sources(window, tmp_path):
    image = Image("https://media.example/a.jpg", "Der Hafen.", "Moira Tulloch", "Ein Pier")
    other = Image("javascript:alert(1)")
    page = window.open(
        report_of(tmp_path, [record(1, images=[image, other], date="2026-04-12T18:05:00-04:00")]),
        "#articles?article=0",
    )
    story = page.locator(".story")
    expect(story.locator("h2")).to_have_text("Islanders win back the dawn ferry 1")
    expect(story.locator(".byline")).to_contain_text("Published 12 April 2026, 18:05 UTC-04:00")
    expect(story.locator(".picture").first).to_have_text(
        re.compile("https://media.example/a.jpg.*Ein Pier.*Der Hafen.*Moira Tulloch", re.DOTALL)
    )
    expect(story.locator(".body p")).to_have_count(2)
    expect(story).to_have_attribute("lang", "en-GB")
    links = story.locator("a").evaluate_all("links => links.map(link => [link.href, link.rel])")
    assert links == [
        ["https://www.harbourpost.example/2026/ferry-1", "noreferrer"],
        ["https://media.example/a.jpg", "noreferrer"],
    ]
    rows = page.locator(".fields tbody tr").all_inner_texts()
    cells = {row.split("\t")[0].strip(): row for row in rows}
    assert cells["headline"].endswith("json-ld")
    assert "html" in cells["body"]
    expect(page.locator(".unset").first).to_contain_text("description")
    expect(page.locator(".unset").last).to_have_text("Record: news.jsonl:1")
    window.assert_quiet()
    picture(page, "article")


def test_versions_stand_side_by_side_with_the_changed_words_marked(window, tmp_path):
    page = window.open(report_of(tmp_path, revised(1)), "#articles?article=0")
    comparison = page.locator(".comparison")
    assert comparison.locator("h4").all_inner_texts() == ["Headline", "Body"]
    assert comparison.locator("del").all_inner_texts() == ["Monday", "fourteen"]
    assert [text.strip() for text in comparison.locator("ins").all_inner_texts()] == [
        "Tuesday", "fifteen", "The harbour master was there.",
    ]  # fmt: skip
    older, newer = comparison.locator(".side").nth(0), comparison.locator(".side").nth(1)
    expect(older).to_have_text("Ferry sails on Monday")
    expect(newer).to_have_text("Ferry sails on Tuesday")
    left, right = older.bounding_box(), newer.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    page.locator(".choices select").nth(1).select_option("1")
    expect(comparison).to_have_text("No field that is shown here differs.")
    window.assert_quiet()
    page.locator(".choices select").nth(1).select_option("0")
    comparison.scroll_into_view_if_needed()
    picture(page, "versions")


def test_right_to_left_text_is_set_from_the_right(window, report):
    page = window.open(report, "#articles?language=ar")
    page.locator(LIST).click()
    story = page.locator(".story")
    expect(story).to_have_attribute("dir", "rtl")
    for part in ("h2", ".body p >> nth=0", "figcaption"):
        if story.locator(part).count():
            assert story.locator(part).evaluate("e => getComputedStyle(e).direction") == "rtl"
    headline = page.locator("#list .title")
    assert headline.evaluate("e => getComputedStyle(e).direction") == "rtl"
    # The address is not turned round, and what is English stays so.
    assert story.locator(".byline p").last.evaluate("e => getComputedStyle(e).direction") == "ltr"
    box, body = story.bounding_box(), story.locator("h2").bounding_box()
    assert abs(box["x"] + box["width"] - body["x"] - body["width"]) < 2
    picture(page, "right-to-left")


def test_the_keyboard_reaches_everything(window, report):
    page = window.open(report, "#articles")
    expect(page.locator(LIST)).to_have_count(50)
    page.locator("main").focus()
    order = []
    for _ in range(8):
        with focus_is_seen(page):
            page.keyboard.press("Tab")
        order.append(page.evaluate(NAME_OF_FOCUS))
    assert order[:5] == ["q", "site", "language", "SUMMARY:More filters", "BUTTON:Clear"]
    assert order[5] == "A", "the list is one stop"
    assert order[6:] == ["BUTTON:Next", "ARTICLE"]

    focused = page.locator("#list a:focus")
    page.locator(LIST).first.focus()
    for key, place in (("ArrowDown", 1), ("End", 49), ("ArrowUp", 48), ("Home", 0)):
        with focus_is_seen(page):
            page.keyboard.press(key)
        assert page.locator(LIST).nth(place).evaluate("e => e === document.activeElement")
    page.keyboard.press("PageDown")
    expect(page.locator("#pages")).to_contain_text("Page 2 of 3")
    expect(focused).to_have_count(1)
    page.keyboard.press("PageUp")
    expect(page.locator("#pages")).to_contain_text("Page 1 of 3")

    page.locator(LIST).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#story-title")).to_be_focused()
    expect(page.locator("#list a[aria-current]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#list a[aria-current]")).to_be_focused()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("ferry 7")
    expect(page.locator(FOUND)).to_contain_text(" of 124")
    page.keyboard.press("Escape")
    expect(page.locator(FOUND)).to_have_text("124 articles")


def test_the_heat_map_is_one_stop_with_arrows(window, report):
    page = window.open(report)
    heat = page.locator("table.heat")
    assert heat.locator("a[tabindex='0']").count() == 1
    heat.locator("a[tabindex='0']").focus()
    before = page.evaluate("document.activeElement.title")
    with focus_is_seen(page):
        page.keyboard.press("ArrowDown")
    assert (
        page.evaluate("document.activeElement.title || document.activeElement.textContent")
        != before
    )
    with focus_is_seen(page):
        page.keyboard.press("End")
    assert heat.locator("a[tabindex='0']").count() == 1


def test_the_skip_link_comes_first(window, report):
    page = window.open(report)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    expect(page.locator("#overview")).to_be_visible()


def test_a_telephone_shows_the_list_or_the_article(windows, report):
    window = windows(viewport={"width": 360, "height": 740})
    page = window.open(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("svg:visible").count() == 6
    picture(page, "overview-narrow", full_page=True)
    page.get_by_role("link", name="Articles").first.click()
    expect(page.locator(READING)).to_be_hidden()
    page.locator(LIST).nth(3).click()
    expect(page.locator("#story-title")).to_be_visible()
    expect(page.locator("#list")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    picture(page, "article-narrow")
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator("#list")).to_be_visible()
    assert "article=" not in page.url


def test_dark_is_dark_and_can_be_changed(windows, report):
    page = windows(color_scheme="dark").open(report)
    lightness = (
        "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g)"
        ".slice(0, 3).map(Number).reduce((a, b) => a + b)"
    )
    assert page.evaluate(lightness) < 150
    fill = page.locator("svg text").first.evaluate("e => getComputedStyle(e).fill")
    picture(page, "overview-dark", full_page=True)
    page.get_by_role("button", name="Change to light colours").click()
    assert page.evaluate(lightness) > 600
    assert page.locator("svg text").first.evaluate("e => getComputedStyle(e).fill") != fill


def test_print_leaves_the_controls_out(window, report):
    page = window.open(report, "#articles?article=1")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".story")).to_be_visible()
    for part in (".top", ".browse", ".turns"):
        expect(page.locator(part)).to_be_hidden()
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    picture(page, "article-print", full_page=True)
    page.evaluate("location.hash = '#overview'")
    expect(page.locator(".drawing.wide").first).to_be_visible()
    picture(page, "overview-print", full_page=True)


def test_a_report_of_nothing_says_so(window, tmp_path):
    page = window.open(report_of(tmp_path, []))
    expect(page.locator("#overview")).to_contain_text("No articles.")
    picture(page, "empty", full_page=True)
    page.get_by_role("link", name="Articles").first.click()
    expect(page.locator(FOUND)).to_have_text("0 articles")
    expect(page.locator(READING)).to_have_text("No article fits.")
    window.assert_quiet()


def test_a_damaged_report_says_so(window, report):
    html = report.read_text(encoding="utf-8")
    begin = html.index('id="block-0">') + 60
    report.write_text(f"{html[:begin]}~~~~~{html[begin + 5 :]}", encoding="utf-8")
    page = window.open(report, "#articles")
    expect(page.locator(FOUND)).to_have_text("124 articles")
    page.locator(LIST).first.click()
    expect(page.get_by_role("alert")).to_contain_text("The articles cannot be shown: ")
