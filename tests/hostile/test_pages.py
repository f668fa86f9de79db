"""Pages that hurt an extraction, in a real crawl: the hostile cases 9 to 13, 15, 16, 29 and 33.

What becomes of each field is in `test_bad_input.py` and `test_large_pages.py`; here all of them
come in one crawl, beside a site that is well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.hostile.crawl import Crawl, crawl
from tests.hostile.large_pages import BODY, HEADLINE, article, deep_page, json_ld
from tests.hostile.server import HostileServer, reply

GOOD = "The one good story of the day"


def _titled(headline: str, **more: str) -> str:
    """Return the article under a headline of its own, so that no page repeats another."""
    return article(**more).replace(HEADLINE, headline)


def _news(**fields: object) -> str:
    return json_ld({"@type": "NewsArticle", **fields})


_WHOLE: dict[str, str | bytes] = {
    "9-one-line": _titled("A page of one line").replace("\n", " ")
    + "<!-- "
    + "x" * 5_000_000
    + " -->",
    "10-nested": deep_page("nested div").replace(HEADLINE, "Nested a hundred thousand deep"),
    "11-colspan": _titled(
        "A table without end", after="<table><td colspan=9007199254740991 rowspan=99999>a</table>"
    ),
    "12-controls": _titled("A page of control characters").replace("council", "coun\x00ci\x08l"),
    "12-surrogates": _titled(
        "Halves of characters",
        head='<script type="application/ld+json">{"@type":"NewsArticle",'
        '"author":{"name":"Ana\\udc00 Lima"}}</script>',
    ),
    "13-wrong-charset": _titled("Señores in the café", head="<meta charset=utf-8>").encode(
        "cp1252"
    ),
    "13-no-charset": _titled("Señores of the café").encode(),
    "15-deep": _titled(
        "JSON deeper than any page",
        head='<script type="application/ld+json">'
        + '{"a":' * 100_000
        + "1"
        + "}" * 100_000
        + "</script>",
    ),
    "15-broken": _titled(
        "JSON with a comma too many",
        head='<script type="application/ld+json"><!-- {"@type":"NewsArticle","wordCount":'
        + "9" * 5_000
        + ',"author":"Ana Lima",} --></script>',
    ),
    "16-year-0": _titled("A date in the year 0", head=_news(datePublished="0000-01-01T00:00:00Z")),
    "16-february": _titled("The thirtieth of February", head=_news(datePublished="2024-02-30")),
    "16-digits": _titled("A hundred thousand digits", head=_news(datePublished="2" * 100_000)),
    "33-xhtml": '<?xml version="1.0" encoding="utf-8"?>' + _titled("A page of XHTML"),
    "33-amp": _titled("A page of AMP").replace("<html ", "<html amp ", 1),
}
"""Pages that give a record."""

_NONE: dict[str, tuple[str | bytes, str]] = {
    "29-consent": (
        (
            "<title>Before you continue</title><h1>We value your privacy</h1><p>We and our "
            "812 partners store and access information on your device. Accept all cookies to "
            "continue.</p><button>Accept all</button>"
        ),
        "kind_wall",
    ),
    "29-login": (
        (
            "<title>Log in</title><h1>Log in to continue reading</h1><form><input name=user>"
            "<input type=password></form><p>This article is only for subscribers.</p>"
        ),
        "kind_wall",
    ),
    "29-captcha": (
        (
            "<title>Are you a robot?</title><h1>Please verify you are a human</h1><p>Complete the "
            "captcha below to continue to the page you asked for.</p><div class=g-recaptcha></div>"
        ),
        "kind_wall",
    ),
    "29-not-found": (
        (
            "<title>Page not found</title><h1>404: page not found</h1><p>The page you are "
            "looking for has moved or does not exist any more.</p>"
        ),
        "kind_error",
    ),
    "33-empty": ("", "empty"),
    "33-blank": (" \n\t " * 1000, "empty"),
}
"""Pages that give none, and the reason."""


@dataclass
class Run:
    crawl: Crawl
    server: HostileServer

    def record(self, name: str) -> dict[str, Any]:
        return next(r for r in self.crawl.records if r["url"] == self.server.url(f"/{name}"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with HostileServer() as good, HostileServer("127.0.0.2") as server:
        targets = [good.add_article("/good", GOOD)]
        for name, body in _WHOLE.items():
            targets.append(server.add(f"/{name}", reply(body, "text/html")))
        for name, (body, _) in _NONE.items():
            targets.append(server.add(f"/{name}", reply(body, "text/html")))
        frames = "<html><frameset cols=50%,50%><frame src=/a><frame src=/b></frameset></html>"
        targets.append(server.add("/33-frameset", reply(frames, "text/html")))
        yield Run(crawl(tmp_path_factory.mktemp("pages"), targets), server)


def test_the_other_site_and_every_page_are_accounted_for(run: Run) -> None:
    assert GOOD in run.crawl.headlines
    assert len(run.crawl.records) == 1 + len(_WHOLE)
    assert len(run.crawl.reasons) == len(_NONE) + 1


@pytest.mark.parametrize("name", _WHOLE)
def test_a_page_that_hurts_still_gives_its_whole_text(run: Run, name: str) -> None:
    assert run.record(name)["body"] == BODY


def test_11_and_10_and_9_are_records_of_bounded_size(run: Run) -> None:
    for name in ("9-one-line", "10-nested", "11-colspan"):
        assert len(json.dumps(run.record(name))) < 20_000


def test_12_no_control_character_and_no_half_one_is_left(run: Run) -> None:
    text = json.dumps([run.record("12-controls"), run.record("12-surrogates")], ensure_ascii=False)
    assert text.replace("\n", "").isprintable()
    assert run.record("12-surrogates")["authors"] == ["Ana Lima"]


@pytest.mark.parametrize(
    ("name", "headline"),
    [("13-wrong-charset", "Señores in the café"), ("13-no-charset", "Señores of the café")],
)
def test_13_the_text_is_read_in_the_encoding_that_it_is_in(
    run: Run, name: str, headline: str
) -> None:
    assert run.record(name)["headline"] == headline


def test_15_what_can_be_read_of_json_ld_is(run: Run) -> None:
    assert run.record("15-broken")["authors"] == ["Ana Lima"]
    assert run.record("15-deep")["headline"] == "JSON deeper than any page"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("16-year-0", "0000-01-01T00:00:00Z"),
        ("16-february", "2024-02-30"),
        ("16-digits", "2" * 200),
    ],
)
def test_16_a_date_that_cannot_be_is_null_and_kept_as_written(
    run: Run, name: str, raw: str
) -> None:
    record = run.record(name)
    assert (record["date"], record["date_raw"]) == (None, raw)


@pytest.mark.parametrize(("name", "reason"), [(name, why) for name, (_, why) in _NONE.items()])
def test_29_and_33_a_page_that_is_no_article_says_why(run: Run, name: str, reason: str) -> None:
    assert run.crawl.reasons[f"/{name}"] == reason


def test_33_a_frameset_is_a_reject(run: Run) -> None:
    assert run.crawl.reasons["/33-frameset"] == "kind_other"
