"""Pages that are huge in one respect each, made when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Callable

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "
HEADLINE = "Council votes to rebuild the covered market"
MB = 1_000_000
_PARAGRAPHS = [f"{number}. {SENTENCE * 2}".strip() for number in range(6)]
BODY = "\n\n".join(_PARAGRAPHS)
"""What is the body of `article`, whatever else stands on the page."""


def article(*, head: str = "", before: str = "", inside: str = "", after: str = "") -> str:
    """Return a page with an article of six paragraphs, and something more at four places."""
    paragraphs = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)
    return (
        f"<!doctype html><html lang=en><head><title>{HEADLINE}</title>{head}</head><body>{before}"
        f"<article><h1>{HEADLINE}</h1>{inside}{paragraphs}</article>{after}</body></html>"
    )


def json_ld(data: object) -> str:
    """Return a script element that holds the data."""
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _node(**fields: object) -> str:
    return json_ld({"@type": "NewsArticle", "headline": HEADLINE, **fields})


def _list_of_links(count: int) -> str:
    return "".join(
        f'<li><a href="/story/{n}">Story number {n} of them all</a>' for n in range(count)
    )


def _deep_json(depth: int) -> str:
    inner = '{"@type":"Thing","item":' * depth + "1" + "}" * depth
    return f'<script type="application/ld+json">{inner}</script>'


_NESTED = (
    "div", "b", "a", "table", "blockquote", "font", "p", "span", "ul", "li", "section", "svg",
    "table><tr><td", "object", "form", "select", "h1", "figure", "x-y",
)  # fmt: skip

DEEP_PAGES: dict[str, str] = {
    **{f"nested {tag}": f"after <{tag}>" for tag in _NESTED},
    "unclosed p in the article": "inside <p>",
    "unclosed div around": "before <div class=x>",
    "unclosed b around": "before <b>",
    "unclosed font in the article": "inside <font color=red>",
}
"""Pages whose article is whole, though 100,000 tags stand in, before or after it."""


def deep_page(name: str) -> str:
    """Return one of `DEEP_PAGES`."""
    place, tag = DEEP_PAGES[name].split(" ", 1)
    closing = f"</{tag[1:-1]}>" if place == "after" else ""
    return article(**{place: tag * 100_000 + closing * 100_000})


LARGE_PAGES: dict[str, Callable[[], str]] = {
    "nested figures in the article": lambda: article(
        inside="<figure class=caption>" * 100_000 + "<img src=/a.jpg>"
    ),
    "300 deep, 20,000 paragraphs": lambda: article(
        inside="<div class='caption author'>" * 290 + f"<p>{SENTENCE}</p>" * 20_000
    ),
    "300 deep, 20,000 pictures": lambda: article(
        inside="<div class='photo'>" * 290 + "<img src=/a.jpg>" * 20_000
    ),
    "400 deep, 3,000 captions": lambda: article(
        inside="<figure>" * 400 + "<img src=/a.jpg><figcaption>A hall in town.</figcaption>" * 3000
    ),
    "2,000 deep, 20,000 paragraphs": lambda: article(
        inside="<div class='caption author'>" * 1980 + f"<p>{SENTENCE}</p>" * 20_000
    ),
    "2,000 deep, 5,000 other paragraphs": lambda: article(
        inside="<div>" * 1980 + "".join(f"<p>{n} {SENTENCE}</p>" for n in range(5_000))
    ),
    "2,000 deep, 5,000 pictures and times": lambda: article(
        inside="<div class='photo byline'>" * 1980
        + "<img src=/a.jpg><i itemprop='author datepublished'>6 May 2024</i><time>6 May 2024</time>"
        * 5000
    ),
    "2,000 deep, 5,000 figures": lambda: article(
        inside="<figure>" * 1980
        + "<img src=/a.jpg><figcaption>A hall in the town.</figcaption>" * 5000
    ),
    "13,000 authors in each other, all without a name": lambda: article(
        inside="<div itemprop='author name'>" * 13_000 + "</div>" * 13_000
    ),
    "3,000 other kinds of bold left open before 3,000 paragraphs": lambda: article(
        inside="<p>" + "".join(f"<b id={n}>" for n in range(3_000)) + "<p>One line." * 3_000
    ),
    "2,000 other kinds of bold, and 2,000 objects that hide their ends": lambda: article(
        inside="".join(f"<b id={n}><object></b></object>" for n in range(2_000))
        + "<p>One line." * 2_000
    ),
    "100,000 bodies of other attributes": lambda: article(
        inside="".join(f"<body a{n}=1>" for n in range(100_000))
    ),
    "30,000 links without words in 150 menus": lambda: article(
        inside="<div class=menu>" * 150 + "<a href=/x></a>" * 30_000
    ),
    "15,000 deep, no tags more": lambda: article(inside="<div class=byline>" * 15_000),
    "50 times in and out of 900 elements": lambda: article(
        inside=("<div>" * 900 + f"<p>{SENTENCE}" + "</div>" * 900) * 50
    ),
    "one line of 5 MB": lambda: article(inside=f"<p>{SENTENCE * 3} " * 20_000),
    "page of 20 MB": lambda: article(inside=f"<p>{SENTENCE * 2}" * 120_000),
    "page of 20 MB of entities": lambda: article(inside="&amp;" * 4_000_000),
    "200,000 elements": lambda: article(
        inside="<p><a href=/x>More</a> of it, <b>yes</b>.</p>" * 70_000
    ),
    "100,000 links": lambda: article(after=f"<ul>{_list_of_links(100_000)}</ul>"),
    "100,000 short paragraphs": lambda: article(inside="<p>One line." * 100_000),
    "30,000 different headings": lambda: article(
        inside="".join(f"<h2>Part {n} of the long story</h2>" for n in range(30_000))
    ),
    "attribute of 5 MB": lambda: article(
        inside=f'<p data-x="{"x" * 5 * MB}" title="{"y" * 5 * MB}">'
    ),
    "class of 5 MB": lambda: article(inside=f'<p class="{"x" * 5 * MB}">'),
    "id of 5 MB of capitals": lambda: article(inside=f'<p id="{"Xa-" * 2 * MB}">'),
    "inline class of 5 MB": lambda: article(inside=f'<span class="{"Xa-" * 2 * MB}">A name</span>'),
    "100,000 classes": lambda: article(
        inside=f'<p class="{" ".join(f"c{n}" for n in range(100_000))}">'
    ),
    "30,000 elements of other classes": lambda: article(
        after="".join(f"<div class=card-{n}>Line {n}</div>" for n in range(30_000))
    ),
    "30,000 elements of long classes": lambda: article(
        after="".join(f"<div class='{'w-full ' * 20} c{n}'>Line {n}</div>" for n in range(30_000))
    ),
    "100,000 attributes": lambda: article(
        inside="<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">"
    ),
    "srcset of 5 MB": lambda: article(
        inside='<figure><img src=/a.jpg srcset="'
        + ", ".join(f"/{n}.jpg {n}w" for n in range(300_000))
        + '">'
    ),
    "alt of 5 MB": lambda: article(inside=f'<img src=/a.jpg alt="{"hall " * MB}">'),
    "picture address of 5 MB": lambda: article(inside=f'<img src="/{"a" * 5 * MB}.jpg">'),
    "caption of 5 MB": lambda: article(
        inside=f"<figure><img src=/a.jpg><figcaption>{SENTENCE * 60_000}</figcaption></figure>"
    ),
    "caption of 1 MB of credit signs": lambda: article(
        inside=f"<figure><img src=/a.jpg><figcaption>{'(Photo: © A/' * 80_000}</figure>"
    ),
    "100,000 meta": lambda: article(
        head="".join(f'<meta name="n{n}" content="{n} 2024">' for n in range(100_000))
    ),
    "100,000 meta of one name": lambda: article(
        head="".join(f'<meta property="article:tag" content="tag {n}">' for n in range(100_000))
    ),
    "100,000 dates in meta": lambda: article(
        head="".join(f'<meta name="pubdate" content="never {n}">' for n in range(100_000))
    ),
    "100,000 odd names of dates in meta": lambda: article(
        head="".join(f'<meta name="x-published-{n}" content="day {n}">' for n in range(100_000))
    ),
    "100,000 titles in meta": lambda: article(
        head="".join(
            f'<meta property="og:title" content="Council votes {n}">' for n in range(100_000)
        )
    ),
    "100,000 authors in meta": lambda: article(
        head="".join(f'<meta name="author" content="Ana Lima {n}">' for n in range(100_000))
    ),
    "100,000 site names in meta": lambda: article(
        head="".join(
            f'<meta property="og:site_name" content="The Post {n}">' for n in range(100_000)
        )
        + f"<title>{' - '.join('a part' for _ in range(1000))}</title>"
    ),
    "100,000 descriptions in meta": lambda: article(
        head="".join(f'<meta name="description" content="{n} {SENTENCE}">' for n in range(100_000))
    ),
    "meta with 100,000 names": lambda: article(
        head='<meta content="x" name="' + " ".join(f"n{n}" for n in range(100_000)) + '">'
    ),
    "meta value of 5 MB": lambda: article(
        head=f'<meta name="description" content="{SENTENCE * 60_000}">'
        f'<meta property="article:published_time" content="{"9" * 5 * MB}">'
    ),
    "100,000 canonical links": lambda: article(
        head="".join(f'<link rel=canonical href="ftp://x/{n}">' for n in range(100_000))
    ),
    "100,000 base elements": lambda: article(head="<base>" * 100_000),
    "100,000 JSON-LD scripts": lambda: article(
        head="".join(_node(datePublished=f"day {n}") for n in range(100_000))
    ),
    "one JSON-LD script of 100,000 nodes": lambda: article(
        head=json_ld([{"@type": "NewsArticle", "headline": f"Story {n}"} for n in range(30_000)])
    ),
    "JSON-LD of 10 MB": lambda: article(head=_node(articleBody=SENTENCE * 120_000)),
    "JSON-LD of 1.9 MB": lambda: article(
        head=_node(articleBody=SENTENCE * 22_000, keywords="council, " * 10_000)
    ),
    "500 JSON-LD bodies of 20 kB": lambda: article(
        head="".join(_node(articleBody=f"{n} {SENTENCE * 240}") for n in range(500)),
        inside=f"<p>{SENTENCE * 3} " * 3000,
    ),
    "JSON-LD 100,000 levels deep": lambda: article(
        head='<script type="application/ld+json">' + "[" * 100_000 + "]" * 100_000 + "</script>"
    ),
    "JSON-LD items 100,000 levels deep": lambda: article(head=_deep_json(100_000)),
    "JSON-LD items 5,000 levels deep": lambda: article(head=_deep_json(5000)),
    "JSON-LD lists 900 levels deep in fields": lambda: article(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":'
        + "[" * 900
        + '"x"'
        + "]" * 900
        + ',"author":'
        + "[" * 900
        + '"x"'
        + "]" * 900
        + ',"publisher":'
        + '{"name":' * 900
        + '"x"'
        + "}" * 900
        + "}</script>"
    ),
    "JSON-LD wide lists in lists": lambda: article(
        head=_node(
            headline=[
                [
                    [[[[] for _ in range(20)] for _ in range(20)] for _ in range(20)]
                    for _ in range(20)
                ]
            ]
        )
    ),
    "JSON-LD that repeats keys by @id": lambda: article(
        head=json_ld(
            [{"@type": "Person", "@id": f"#{n}", "author": {"@id": f"#{n}"}} for n in range(20_000)]
        )
        + _node(author=[{"@id": f"#{n}"} for n in range(20_000)])
    ),
    "JSON-LD authors that are each other": lambda: article(
        head=json_ld([{"@type": "Person", "@id": "#a", "author": {"@id": "#a"}}])
        + _node(author={"@id": "#a"})
    ),
    "JSON-LD of escapes": lambda: article(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
        + "\\u003c" * 300_000
        + '"}</script>'
    ),
    "JSON-LD of white space": lambda: article(
        head='<script type="application/ld+json">{"a":,' + " " * 1_900_000 + "x</script>"
    ),
    "JSON-LD of commas": lambda: article(
        head='<script type="application/ld+json">{"a":' + ",   " * 450_000 + "</script>"
    ),
    "JSON-LD headline of 1 MB of lt": lambda: article(head=_node(headline="<a" * 500_000)),
    "50,000 h1": lambda: article(
        inside="".join(f"<h1>Another headline {n}</h1>" for n in range(50_000))
    ),
    "h1 of 5 MB": lambda: article(before=f"<h1>{SENTENCE * 60_000}</h1>"),
    "h1 of 100,000 spans": lambda: article(before=f"<h1>{'<span>word</span> ' * 100_000}</h1>"),
    "h1 of 100,000 kickers": lambda: article(
        before=f"<h1>{'<span class=kicker>word</span> ' * 100_000}</h1>"
    ),
    "100,000 images": lambda: article(
        inside="".join(f'<img src="/{n}.jpg" alt="View {n}">' for n in range(100_000))
    ),
    "100,000 figures": lambda: article(
        inside="".join(
            f'<figure><img src="/{n}.jpg"><figcaption>View {n} of the hall. Photo: A. Lima</figure>'
            for n in range(100_000)
        )
    ),
    "100,000 figures, one in all": lambda: article(
        inside="<figure>"
        + "".join(
            f'<img src="/{n}.jpg"><figcaption>View {n} of the old hall.</figcaption>'
            for n in range(30_000)
        )
        + "</figure>"
    ),
    "30,000 buttons with captions": lambda: article(
        inside="<button><img src=/a.jpg><figcaption>A hall.</figcaption></button>" * 30_000
    ),
    "50,000 time": lambda: article(
        inside="".join(
            f'<time datetime="2024-05-06T10:{n % 60:02}">day {n}</time>' for n in range(50_000)
        )
    ),
    "20,000 dates as text": lambda: article(
        after="".join(f"<p>{n % 28 + 1} May 2024, story {n}" for n in range(20_000))
    ),
    "20,000 words of dates in other languages": lambda: article(
        after="".join(f"<p>{n % 28 + 1} wordq{n} 2024, story" for n in range(20_000))
    ),
    "20,000 updates": lambda: article(
        after="".join(
            f"<footer>Updated {n % 28 + 1} May 2024, story {n}</footer>" for n in range(20_000)
        )
    ),
    "100,000 microdata": lambda: article(
        after="".join(
            f'<i itemprop="author name headline datePublished articleSection">Ana Lima {n}</i>'
            for n in range(100_000)
        )
    ),
    "100 deep, 20,000 microdata authors": lambda: article(
        after="<div itemprop=author>" * 200 + "<i itemprop='author name'>Ana Lima</i>" * 20_000
    ),
    "itemprop of 5 MB": lambda: article(
        inside='<p itemprop="' + " ".join(f"n{n}" for n in range(500_000)) + '">'
    ),
    "one text of 20 MB": lambda: article(inside=f"<p>{'word ' * 4_000_000}"),
    "one word of 20 MB": lambda: article(inside=f"<p>{'w' * 20_000_000}"),
    "title of 5 MB": lambda: f"<title>{'A part - ' * 600_000}</title>" + article(),
    "title of 5 MB, no h1": lambda: (
        f"<title>{'A part | ' * 600_000}</title><p>A part<p>{SENTENCE * 3}<p>{SENTENCE * 3}"
    ),
    "title of 300 characters of spaces and dashes": lambda: (
        f"<title>{'- ' * 190}</title><p>A part<p>{SENTENCE * 3}<p>{SENTENCE * 3}"
    ),
    "authors of 1 MB": lambda: article(
        head=f'<meta name="author" content="{"Ana Lima, " * 100_000}">'
        + _node(author={"@type": "Person", "name": "Rui Costa and " * 70_000})
    ),
    "100,000 JSON-LD authors": lambda: article(
        head=_node(author=[{"@type": "Person", "name": f"Ana Lima {n}"} for n in range(40_000)])
    ),
    "byline of 1 MB": lambda: article(inside=f"<p class=byline>By {'Ana Lima, ' * 100_000}</p>"),
    "byline of 30,000 links": lambda: article(
        inside=f"<p class=byline>By {'<a rel=author href=/x>Ana Lima</a>' * 30_000}</p>"
    ),
    "keywords of 5 MB": lambda: article(
        head=f'<meta name="keywords" content="{"council, " * 600_000}">'
    ),
    "keywords of 1.9 MB of spaces": lambda: article(
        head=_node(keywords="a" + " \t" * 400_000 + "b")
    ),
    "100,000 rel=tag": lambda: article(
        after="".join(f'<a rel=tag href="/{n}">Tag {n}</a>' for n in range(100_000))
    ),
    "huge breadcrumb": lambda: article(
        before="<ol class=breadcrumb>" + "<li><a href=/x>World</a>" * 100_000 + "</ol>"
    ),
    "one huge step of a breadcrumb": lambda: article(
        before=f"<p class=breadcrumb>{'World / ' * 600_000}</p>"
    ),
    "30,000 breadcrumbs": lambda: article(before="<p class=breadcrumb> / </p>" * 30_000),
    "huge JSON-LD breadcrumb": lambda: article(
        head=json_ld(
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "name": f"Part {n}"} for n in range(30_000)
                ],
            }
        )
    ),
    "40,000 cells": lambda: article(inside="<table>" + "<tr><td>A<td>B" * 20_000 + "</table>"),
    "20,000 posts": lambda: article(
        inside=f"<blockquote class=twitter-tweet><p>{SENTENCE}</p>A post of somebody</blockquote>"
        * 20_000
    ),
    "one post of 3,000 paragraphs": lambda: article(
        inside=f"<blockquote class=twitter-tweet>{f'<p>{SENTENCE}' * 3000}</blockquote>"
    ),
    "30,000 unclosed navs": lambda: article(before="<nav><a href=/x>A link</a>" * 30_000),
    "400 linked menus in each other": lambda: article(
        before="<div class=menu-list>" * 400 + "<a href=/x>A link</a>" * 300 + "and a word " * 900
    ),
    "100,000 scripts": lambda: article(inside="<script>var x = '<p>';</script>" * 100_000),
    "100,000 comments": lambda: article(inside="<!-- a comment -->" * 100_000),
    "style of 30,000 elements": lambda: article(
        inside="".join(f'<p style="color: red; width: {n}px">word' for n in range(30_000))
    ),
    "huge colspan": lambda: article(
        inside="<table><tr><td colspan=9007199254740991 rowspan=9007199254740991>A cell.</table>"
    ),
    "question marks": lambda: article(
        head=f'<meta property="article:published_time" content="{"?" * 100_000}">',
        inside=f"<time datetime='{'?' * 100_000}'>{'?' * 100_000}</time>",
    ),
    "100,000 spaces about a dash": lambda: article(
        before=f"<h1>A{' &nbsp;' * 50}- {'&#8203; ' * 100}x</h1><p>{'&nbsp;' * 100_000}-"
    ),
}

_AROUND = (
    "<h1>", "<time>", "<div class=breadcrumb>", "<div itemprop=author>", "<div class=byline>",
    "<div itemprop='headline datePublished articleSection keywords'>", "<div class=share>",
    "<figure>", "<table><tr><td>",
)  # fmt: skip

LARGE_PAGES |= {
    f"600 {tag} around 2 MB": lambda tag=tag: article(  # type: ignore[misc]
        inside=tag * 600 + f"<p>{SENTENCE} <a href=/x>A link</a>" * 10_000 + SENTENCE * 10_000
    )
    for tag in _AROUND
}

REFUSED_PAGES: dict[str, Callable[[], str]] = {
    "more bytes than are read": lambda: article(inside=f"<p>{SENTENCE * 320_000}"),
    "more tags than are read": lambda: article(inside="<br>" * 1_000_001),
    "a page of lt": lambda: "<" * 20_000_000,
    "a page of unclosed quotes": lambda: '<a href="x' * 2_000_000,
}
"""Pages that are refused as too large."""
