from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from lxml import etree

from newscrawl.report import assets, svg
from newscrawl.report.contents import LeftOut
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures
from newscrawl.stats.drift import Alarm
from tests.report.samples import ARABIC, MADE, html_of, record, revised

EVIL = "</script></style></title></textarea>--><img src=x onerror=alert(1)>'\"&<!--\u2028\u202e"


FETCHING = {"link", "img", "iframe", "object", "embed", "base", "audio", "video", "use", "image"}
INLINE = {"src", "srcset", "style", "action", "xlink:href"}


class Elements(HTMLParser):
    """Every element of a page, and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open = ""
        self.code: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self.open = tag if "type" not in dict(attrs) else ""

    def handle_endtag(self, tag):
        self.open = ""

    def handle_data(self, data):
        if self.open in self.code:
            self.code[self.open].append(data)


def policy_of(html: str) -> str:
    return re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")


def test_the_policy_knows_exactly_the_script_and_the_style_of_the_page():
    html = html_of([record()])
    elements, policy = Elements(html), policy_of(html)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        (code,) = ["".join(elements.code[tag])]
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_nothing_is_fetched_and_nothing_is_inline():
    page = html_of(
        [record(), *revised(2), ARABIC, record(3, images=[])],
        reasons=[Reason("http_404", 3, examples=[("https://a.example/x", "gone")])],
        runs=[RunFigures(MADE, alarms=[Alarm("The Post", "body", "shorter")])],
    )
    for tag, attributes in Elements(page).found:
        assert tag not in FETCHING
        assert not any(name.startswith("on") or name in INLINE for name in attributes)
        if tag == "a":
            assert attributes["href"].startswith("#"), "links out are made by the script"


@pytest.mark.parametrize("where", ["site", "inputs", "reason", "alarm", "left out", "language"])
def test_a_string_is_text_wherever_it_comes_from(where):
    records = [record(1, language=EVIL if where == "language" else "en")]
    if where == "site":
        records.append(record(2, url="https://a<img src=x onerror=alert(1)>.example/"))
    alarmed = RunFigures(MADE, new=1, finish_reason=EVIL, alarms=[Alarm(EVIL, EVIL, EVIL)])
    html = html_of(
        records,
        inputs=[EVIL if where == "inputs" else "news.jsonl"],
        reasons=[Reason(EVIL, 3, examples=[(EVIL, EVIL)])] if where == "reason" else [],
        runs=[alarmed] if where == "alarm" else [],
        left_out=[LeftOut(EVIL, 2, [EVIL])] if where == "left out" else [],
    )  # fmt: skip
    plain = [tag for tag, _ in Elements(html_of([record(1)])).found]
    tags = {tag for tag, _ in Elements(html).found}
    assert "img" not in tags
    assert tags <= set(plain) | {"dl", "dt", "dd", "figure", "details", "summary", "code", "strong"}
    assert html.count("<script") == plain.count("script")


def test_a_drawing_is_shapes_and_text_alone():
    values = [{"a": EVIL.replace("\u202e", ""), "b": 1, "c": "var(--series-1)"}]
    drawing = svg.draw(
        {
            "data": {"values": values},
            "mark": "bar",
            "encoding": {
                "y": {"field": "a", "type": "nominal"},
                "x": {"field": "b", "type": "quantitative"},
                "fill": {"field": "c", "type": "nominal", "scale": None},
                "description": {"field": "a"},
            },
        },
        EVIL,
    )
    root = etree.fromstring(drawing)
    names = {etree.QName(element).localname for element in root.iter()}
    assert names <= {"svg", "g", "path", "line", "text", "rect", "title"}
    assert root.get("aria-label") == EVIL
    assert [title.text for title in root.iter("{*}title")] == [values[0]["a"]]
    assert "var(--series-1)" in drawing
    for element in root.iter():
        assert not {"style", "class", "id", "href", "onclick"} & set(element.keys())


def test_a_drawing_has_no_links():
    spec = {
        "data": {"values": [{"a": 1}]},
        "mark": "point",
        "encoding": {"x": {"field": "a"}, "href": {"value": "https://a.example/"}},
    }
    assert "a.example" not in svg.draw(spec, "linked")


def test_every_module_of_the_script_is_in_it_once():
    folder = files("newscrawl.report") / "static"
    sources = [path for path in folder.iterdir() if path.name.endswith(".js")]
    script = assets.script()
    assert len(sources) > 10
    for source in sources:
        name = source.name.removesuffix(".js")
        assert script.count(f"const {name}Module = ") == 1
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)


def test_what_is_not_known_is_said():
    html = html_of([])
    assert "No articles." in html
    assert html.count("--state") == 2
    assert "--rejects" in html
    assert "No page was rejected." in html_of([record()], reasons=[])
    assert "No run is remembered yet." in html_of([record()], runs=[])
    assert "No alarm in 1 run." in html_of([record()], runs=[RunFigures(MADE)])


def test_what_is_left_out_is_said():
    torn = LeftOut("torn", 12, ["a.jsonl:4: x"])
    html = html_of([record(), record(), record(2)], limit=1, left_out=[torn])
    assert "1 record that another one repeats" in html
    assert "all 2 articles; the newest 1 can be read" in html
    assert "12 times" in html
    assert "a.jsonl:4: x" in html
    assert "and 11 more" in html
