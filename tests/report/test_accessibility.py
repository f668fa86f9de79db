"""What axe-core finds in reports: nothing, in every view and in both colour schemes."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from newscrawl.report.contents import LeftOut
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures
from newscrawl.stats.drift import Alarm
from tests.rendering.browsers import needs_browser
from tests.report.samples import ARABIC, MADE, record, report_of, revised

pytestmark = [needs_browser, pytest.mark.slow]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = {
    "overview": "#overview",
    "list": "#articles?q=ferry&from=2026-01-02",
    "article": "#articles?article=3",
    "right-to-left": "#articles?language=ar&article=ARABIC",
    "versions": "#articles?revised=yes&article=REVISED",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    few = [
        record(n, caption=None if n % 3 else "A boat.", authors=["A"][n % 2 :], tags=["x"])
        for n in range(60)
    ]
    bare = record(100, url="https://other.example/1", headline=None, body=None, kind="live")
    drifted = [Alarm("The Post", "body", "shorter")]
    return report_of(
        tmp_path_factory.mktemp("axe"),
        [*few, bare, ARABIC, *revised(101)],
        reasons=[Reason("http_404", 3, examples=[("https://a.example/x", "gone")])],
        runs=[RunFigures(MADE, 9.5, 20, 7, 2, 3, "finished", drifted)],
        left_out=[LeftOut("torn", 3, ["a.jsonl:4: the file ends within this line"])],
    )  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_fault(windows, report, view, width, scheme):
    window = windows(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,  # axe is a script of its own
    )
    page = window.open(report, "#articles")
    place = VIEWS[view]
    for name, mark in (("ARABIC", "ar"), ("REVISED", "Tuesday")):
        if name in place:
            link = page.locator("#list a", has_text=mark).first
            place = place.replace(name, link.get_attribute("data-article"))
    page.evaluate("place => { location.hash = place }", place)
    if "article=" in place:
        expect(page.locator("#story-title")).to_be_visible()
    else:
        expect(page.locator("h1" if view == "overview" else "#list").first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(AXE)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    faults = [
        (each["impact"], each["id"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in result["violations"]
    ]
    assert faults == []
    assert len(result["passes"]) > 20


def test_axe_would_find_a_fault(windows, tmp_path):
    path = report_of(tmp_path, [record()])
    html = path.read_text(encoding="utf-8").replace('lang="en"', "")
    html = html.replace("<h1", "<button></button><h1")
    path.write_text(html, encoding="utf-8")
    window = windows(bypass_csp=True)
    page = window.open(path)
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert {"html-has-lang", "button-name"} <= {each["id"] for each in found}
