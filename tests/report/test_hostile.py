"""Strings of pages that would be markup, script, addresses or a change of direction."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from playwright.sync_api import expect

from newscrawl.items import Image
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures
from newscrawl.stats.drift import Alarm
from tests.rendering.browsers import needs_browser
from tests.report.samples import MADE, record, report_of, revised

pytestmark = needs_browser

STRINGS = {
    "image": "<img src=x onerror=alert(1)>",
    "script": "</script><script>alert(1)</script>",
    "comment": "<!--<script>alert(1)//-->",
    "attribute": "\" autofocus onfocus=alert(1) x='",
    "separators": "a\u2028b\u2029c\u0085d",
    "template": "{{ 7 * 7 }}{% raw %}${alert(1)}`",
    "entity": "&lt;img src=x onerror=alert(1)&gt; &amp;",
    "svg": "<svg><use href='data:image/svg+xml,x#y'/><style>*{display:none}</style>",
    "direction": "\u202egnp.exe\u202c \u2067abc \u05d0\u05d1",
    "words": "constructor __proto__ toString",
}
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>",
    " javascript:alert(1)", "java\nscript:alert(1)", "vbscript:x", "file:///etc/passwd", "blob:x",
    "//other.example/x", "https:javascript:alert(1)", "http://[::1", "https://",
)  # fmt: skip


MADE_OF_MARKUP = "img, iframe, object, embed, use, base, link, [onerror], [onfocus], [autofocus]"


def everywhere(text: str) -> list[dict]:
    """Return records with a string in every field that holds any text."""
    url = f"https://a.example/{text}"
    images = [Image(f"https://i.example/{text}", text, text, text), Image(text, text)]
    fields = {
        "url": url, "headline": f"{text} one", "body": f"{text}\n\n{text}", "description": text,
        "authors": [text, text], "caption": text, "credit": text, "images": images, "section": text,
        "tags": [text], "language": text, "publisher": text, "canonical_url": url,
        "date_raw": text, "sources": {"headline": text, text: text},
        "rights": {"robots": {"value": text, "source": text}},
    }  # fmt: skip
    return [
        record(1, **fields),
        record(1, **fields | {"headline": f"{text} two", "body": f"{text} more", "revision": 2}),
    ]


def hostile_report(folder: Path, text: str) -> Path:
    return report_of(
        folder,
        [*everywhere(text), record(9, url=f"https://{text}/")],
        inputs=[text],
        reasons=[Reason(text, 4, examples=[(text, text)])],
        runs=[RunFigures(MADE, 1.0, 3, 1, 0, 1, text, [Alarm(text, text, text)])],
    )


@pytest.mark.parametrize("name", STRINGS)
def test_a_string_stays_text_in_every_place(window, tmp_path, name):
    text = STRINGS[name]
    page = window.open(hostile_report(tmp_path, text), "#articles?revised=yes")
    scripts = page.locator("script").count()
    page.locator("#list a").click()
    expect(page.locator("#story-title")).to_have_text(f"{text} two", use_inner_text=False)
    assert page.locator("#story-title").evaluate("e => e.childElementCount") == 0
    assert page.evaluate("document.querySelector('#story-title').textContent") == f"{text} two"
    assert page.evaluate("document.querySelector('#list .title').textContent") == f"{text} two"
    assert page.locator(".comparison ins").count() > 0
    page.get_by_role("searchbox").fill(text)
    expect(page.locator("#found")).to_contain_text("of")
    assert page.locator(MADE_OF_MARKUP).count() == 0
    assert page.locator("script").count() == scripts
    assert page.locator("style").count() == 1
    page.evaluate("location.hash = '#overview'")
    expect(page.locator(".alarms")).to_be_visible()
    window.assert_quiet()


def test_only_addresses_of_the_web_are_links(window, tmp_path):
    images = [Image(address) for address in (*ADDRESSES, "https://media.example/a.jpg")]
    article = record(1, url="javascript:alert(1)", canonical_url="data:text/html,x", images=images)
    page = window.open(report_of(tmp_path, [article]), "#articles?article=0")
    expect(page.locator("#story-title")).to_be_visible()
    links = page.locator("#reading a").evaluate_all(
        "links => links.map(a => [a.getAttribute('href'), a.rel, a.protocol])"
    )
    assert links
    assert {protocol for _, _, protocol in links} == {"https:"}
    assert {rel for _, rel, _ in links} == {"noreferrer"}
    assert {href for href, _, _ in links} == {"https://media.example/a.jpg"}
    for address in ADDRESSES:
        assert address.strip() in page.locator("#reading").evaluate("e => e.textContent")
    window.assert_quiet()


def test_the_direction_of_a_string_ends_with_it(window, tmp_path):
    override = "\u202eabc"  # never closed
    records = [record(1, headline=override, publisher=override, authors=[override]), record(2)]
    page = window.open(report_of(tmp_path, records), "#articles?q=abc")
    page.locator("#list a").click()
    # What stands after it on the same line is set from left to right, at its right.
    author, date = page.locator(".author"), page.locator(".byline time").first
    assert author.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"
    assert date.bounding_box()["x"] > author.bounding_box()["x"]
    about = page.locator("#list .about > *")
    places = about.evaluate_all("parts => parts.map(part => part.getBoundingClientRect().x)")
    assert places == sorted(places)


def test_a_script_that_is_smuggled_in_does_not_run(windows, tmp_path):
    """The policy holds even if something were made markup: the second line of defence."""
    path = report_of(tmp_path, revised(1))
    html = path.read_text(encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as tracker:
        tracker.setblocking(False)
        address = f"http://127.0.0.1:{tracker.getsockname()[1]}/x.png"
        smuggled = f"<script>document.title = 'run'</script><img src='{address}'>"
        path.write_text(html.replace("<main", f"{smuggled}<main"), encoding="utf-8")
        window = windows(offline=False)
        page = window.open(path)
        expect(page.locator("img")).to_have_js_property("complete", True)
        with pytest.raises(BlockingIOError):
            tracker.accept()
    assert page.title().startswith("newscrawl report")
    assert sum("Content Security Policy" in each for each in window.complaints) == 2
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return false; }"
        " catch (error) { return error instanceof TypeError; } }"
    )
    assert refused, "Trusted Types: no markup of a string"
