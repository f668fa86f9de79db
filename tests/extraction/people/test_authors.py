"""Who wrote it: declared, or shown; an outlet only where nobody else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl import Article, extract

TEXT = (
    "The council voted late on Monday to rebuild the old covered market by the river, whose roof "
    "dates from 1903 and had leaked for eleven winters in a row, as every trader there can tell."
)
MORE = (
    "Traders will move into tents on the quay while the work goes on. The cost is put at four "
    "million, half of it borne by the region, and nobody on the benches spoke against the plan."
)


def article(
    author: Any = None,
    *,
    head: str = "",
    above: str = "",
    below: str = "",
    first: str = "",
    nodes: list[dict[str, Any]] | None = None,
) -> Article:
    """Return the record of a page whose JSON-LD has this author."""
    node = {"@type": "NewsArticle", "headline": "Market to be rebuilt", "author": author}
    graph = json.dumps({"@graph": [node, *(nodes or [])]})
    return extract(
        "<html><head><title>Market to be rebuilt</title>"
        f"<meta property='og:site_name' content='The Daily Paper'>{head}"
        f"<script type='application/ld+json'>{graph}</script></head><body><article>"
        f"<h1>Market to be rebuilt</h1>{above}<div class='article-body'>{first}<p>{TEXT}</p>"
        f"<p>{MORE}</p><p>{TEXT[::-1]}</p>{below}</div></article></body></html>",
        url="https://www.daily.example/market",
    )


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ana Lima"}, ["Ana Lima"]),
        ("By Ana Lima", ["Ana Lima"]),
        ([{"name": "Ana Lima"}, "Rui Costa"], ["Ana Lima", "Rui Costa"]),
        ([[{"name": "Ana Lima"}]], ["Ana Lima"]),
        ({"@type": "Person", "name": ["Ana Lima", "Rui Costa"]}, ["Ana Lima", "Rui Costa"]),
        ({"@type": "Person", "givenName": "Ana", "familyName": "Lima"}, ["Ana Lima"]),
        ({"@id": "#ana"}, ["Ana Lima"]),
        (["Ana Lima", "Rui Costa", "Ana Lima Rui Costa"], ["Ana Lima", "Rui Costa"]),
        ([{"name": "Ana Lima"}, {"name": "The Daily Paper"}], ["Ana Lima"]),
        ([{"name": "Ana Lima"}, {"@type": "Organization", "name": "ANP"}], ["Ana Lima"]),
        ([{"name": "Ana Lima"}, {"name": "AP"}], ["Ana Lima", "AP"]),
        ({"@type": "Organization", "name": "The Daily Paper"}, ["The Daily Paper"]),
        ({"@type": "Organization", "name": "dpa"}, ["dpa"]),
        ({"@type": "Organization", "name": "By Ana Lima"}, ["Ana Lima"]),
        ({"@type": "Organization", "name": "La rédaction"}, []),
        ({"@type": "Person", "name": "https://daily.example/ana"}, []),
        ({"@type": "Person", "name": {"nested": 1}}, []),
        (None, []),
    ],
)
def test_json_ld(author: Any, names: list[str]) -> None:
    found = article(author, nodes=[{"@type": "Person", "@id": "#ana", "name": "Ana Lima"}])
    assert found.authors == names
    assert found.sources.get("authors") == ("json-ld" if names else None)


def test_an_agency_beside_a_person_counts_where_the_page_shows_it() -> None:
    authors = [{"name": "Ana Lima"}, {"@type": "Organization", "name": "SDA"}]
    assert article(authors, above="<p>Ana Lima, SDA</p>").authors == ["Ana Lima", "SDA"]
    assert article(authors).authors == ["Ana Lima"]


SHOWN = [
    "<div class='byline'>By Ana Lima in Lisbon</div>",
    "<div class='byline'>By <a href='/ana'>Ana Lima</a>, Senior Reporter</div>",
    "<p class='meta'>3 May 2024 <span class='author-name'>Ana Lima</span></p>",
    "<p>By Ana Lima</p>",
    "<p>Thu 25.04.24 | 14:07 | Von Ana Lima</p>",
    "<p>Ana Lima | 05.04.2025 - Update: 06.04.2025</p>",
    "<p><a rel='author' href='/ana'>Ana Lima</a></p>",
]


@pytest.mark.parametrize("above", SHOWN)
def test_a_shown_byline(above: str) -> None:
    found = article(above=above)
    assert found.authors == ["Ana Lima"]
    assert found.sources["authors"] == "html"


@pytest.mark.parametrize("above", SHOWN)
def test_a_person_wins_over_the_outlet(above: str) -> None:
    outlet = {"@type": "Organization", "name": "The Daily Paper"}
    assert article(outlet, above=above).authors == ["Ana Lima"]


def test_several_authors_in_one_byline() -> None:
    spans = "<span>Ana Lima</span><span>Rui Costa</span>"
    assert article(above=f"<div class='byline'>{spans}</div>").authors == ["Ana Lima", "Rui Costa"]


def test_a_name_alone_above_the_text() -> None:
    assert article(first="<p><strong>Ana Lima/Rui Costa</strong></p>").authors == [
        "Ana Lima", "Rui Costa",
    ]  # fmt: skip


@pytest.mark.parametrize("style", ["style='text-align:right'", "align=right"])
def test_a_name_below_the_text(style: str) -> None:
    assert article(below=f"<p {style}><strong>Ana Lima</strong></p>").authors == ["Ana Lima"]


@pytest.mark.parametrize(
    ("opening", "name"),
    [("本报讯（记者 陈喆）", "陈喆"), ("【白鷺町＝大槻遥】", "大槻遥")],
)
def test_a_reporters_mark_in_the_first_paragraph(opening: str, name: str) -> None:
    paragraph = "撑了四十一年渡船的朱镕德，昨天下午送完最后一位乘客，把竹篙靠在了自家门后。" * 3
    assert article(first=f"<p>{opening}{paragraph}</p>").authors == [name]


@pytest.mark.parametrize(
    "above",
    [
        "<div class='author-box'><a href='/local'>محليات</a> 2024-05-16</div>",
        "<div class='byline'>Local News</div>",
        "<div class='author'>Follow</div>",
        "<div class='byline'>3 May 2024</div>",
        "<p>By the end of May the hall was full</p>",
        "<div class='byline'>The Daily Paper</div>",
        "<div class='comments'><span class='author'>Ana Lima</span></div>",
    ],
)
def test_what_is_nobodys_byline(above: str) -> None:
    assert article(above=above).authors == []


def test_meta_and_microdata() -> None:
    assert article(head="<meta name=author content='Ana Lima'>").sources["authors"] == "meta"
    twitter = "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' "
    assert article(head=f"{twitter}content='Ana Lima'>").authors == ["Ana Lima"]
    assert (
        article(head=f"{twitter.replace('Written by', 'Price')}content='Ana Lima'>").authors == []
    )
    item = "<p itemprop=author itemscope><b itemprop=name>Ana Lima</b>, reporter</p>"
    found = article(above=item)
    assert (found.authors, found.sources["authors"]) == (["Ana Lima"], "microdata")


def test_the_author_of_a_comment_is_not_the_articles() -> None:
    comment = (
        "<div itemscope itemtype='https://schema.org/Comment'>"
        "<span itemprop=author>Ana Lima</span></div>"
    )
    assert article(below=comment).authors == []


def test_an_owners_account_gives_way_to_a_byline() -> None:
    account = {"@type": "Person", "name": "Paper D", "url": "https://daily.example/author/admin/"}
    assert article(account, above="<p>By Ana Lima</p>").authors == ["Ana Lima"]
    assert article(account).authors == ["Paper D"]


def test_names_in_bold_above_the_text_below_several_lines_of_a_standfirst() -> None:
    lines = "<p><b>Tents on the quay until spring</b></p><p><b>Region to pay half of it</b></p>"
    found = article(first=f"{lines}<p><b>Ana Lima/Rui Costa</b></p>")
    assert found.authors == ["Ana Lima", "Rui Costa"]


CARDS = (
    "<section><h2>More stories</h2>"
    + "".join(
        f"<div class=card><h3><a href=/{n}>Other story {n}</a></h3>"
        f"<a rel=author href=/by/{n}>{name}</a></div>"
        for n, name in enumerate(("Omar Bello", "Ruth Adeyemi", "Per Lund"))
    )
    + "</section>"
)


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("", []),
        ("<p>By <a rel=author href=/by/ana>Ana Lima</a> on 3 May</p>", ["Ana Lima"]),
    ],
)
def test_links_to_authors_of_other_stories_are_no_bylines(above: str, names: list[str]) -> None:
    assert article(above=above, below=CARDS).authors == names


@pytest.mark.parametrize(
    "byline",
    [
        "By Ana Lima<br>Environment Correspondent<br>Nov. 3, 2026",
        "<span>By Ana Lima</span><span>Environment Correspondent</span>",
        "By Ana Lima<br>Port Wire Staff Writer",
    ],
)
def test_a_role_in_a_line_of_its_own_is_nobody(byline: str) -> None:
    assert article(above=f"<p class=byline>{byline}</p>").authors == ["Ana Lima"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("来源：白滩之家 作者：萧山客 责编：周一鸣 评论：12", "萧山客"),
        ("取材・文：大槻遥", "大槻遥"),
        ("한도경 기자 hdk@baekhyeon.example", "한도경"),
    ],
)
def test_labels_of_east_asian_papers(line: str, name: str) -> None:
    assert article(above=f"<p>{line}</p>").authors == [name]
