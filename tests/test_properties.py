"""What holds of every input: any bytes, any text, any markup, and records extracted once more."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newscrawl import Article, NotAPageError, extract
from newscrawl.items import ARTICLE_KINDS
from tests.record_checks import assert_valid

pytestmark = pytest.mark.slow

# The same examples in every run: a test that fails by luck teaches nobody anything.
quick = settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
few = settings(quick, max_examples=60)

_TAGS = (
    "a article aside b blockquote body br button caption div em fieldset figcaption figure footer "
    "form frameset h1 h2 h3 head header hr html i iframe img input li link main menu meta nav "
    "noscript object ol option p picture pre script section select source span strong style sub "
    "summary svg table tbody td template textarea th time title tr ul video x-card"
).split()
_NAMES = (
    "article-body", "author", "breadcrumb", "byline", "caption", "comments", "credit", "date",
    "headline", "lead", "live", "nav", "newsletter", "related", "share", "standfirst", "tag", "",
)  # fmt: skip
_ATTRIBUTES = (
    "class", "id", "itemprop", "itemtype", "itemscope", "rel", "role", "href", "src", "srcset",
    "datetime", "content", "alt", "lang", "style", "hidden", "aria-hidden", "data-caption", "width",
    "type", "align",
)  # fmt: skip
_META = (
    "og:title", "og:url", "og:type", "og:image", "og:description", "og:locale", "og:site_name",
    "article:published_time", "article:modified_time", "article:section", "article:tag", "author",
    "description", "keywords", "news_keywords", "robots", "tdm-reservation", "twitter:data1",
    "content-language", "pubdate", "isaccessibleforfree", "date",
)  # fmt: skip
_KEYS = (
    "@id", "@type", "@graph", "@value", "name", "headline", "author", "creator", "publisher", "url",
    "datePublished", "dateModified", "dateCreated", "uploadDate", "image", "caption", "creditText",
    "articleBody", "articleSection", "keywords", "description", "inLanguage", "mainEntity",
    "mainEntityOfPage", "itemListElement", "item", "isAccessibleForFree", "hasPart", "isPartOf",
    "alternativeHeadline", "givenName", "familyName", "productID",
)  # fmt: skip
_TYPES = (
    "NewsArticle", "Article", "LiveBlogPosting", "VideoObject", "ImageObject", "BreadcrumbList",
    "Person", "Organization", "WebPage", "ImageGallery", "ListItem",
)  # fmt: skip

# Text as it comes: words, dates, credits, bylines, marks, and characters that are none.
texts = st.one_of(
    st.sampled_from((
        "By Ana Lima", "Photo: Ana Lima/Agency", "© 2024 The Post", "Published 6 May 2024, 10:05",
        "2 hours ago", "2024-05-06T10:05:00+02:00", "Subscribe", "World > Europe", "|", " - ", "/",
        "https://example.org/a.jpg 640w, /b.jpg 2x", "http://[::1", "//", "javascript:void(0)",
        "The council voted late on Monday to rebuild the old covered market by the river. " * 2,
        "市長は、橋の修理が終わり次第、歩行者にも開放すると発表した。", "Lesen Sie auch:", "true",
        "١٢/٥/٢٠٢٤", "en_US", "&amp;lt;b&amp;gt;", "&#xD800;", "&#0;", "\ufeff",
        "\x00", "\x85", "\u2028", "\ud800", "<", '"',
    )),
    st.text(max_size=20),
)  # fmt: skip
json_values = st.recursive(
    st.one_of(texts, st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(_TYPES)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6)
    ),
    max_leaves=12,
)


@st.composite
def json_ld(draw):
    node = {"@type": draw(st.sampled_from(_TYPES))}
    node |= draw(st.dictionaries(st.sampled_from(_KEYS), json_values, max_size=8))
    script = json.dumps(node, ensure_ascii=draw(st.booleans()))
    broken = draw(
        st.sampled_from(("{}", "{},", "<!--{}-->", "[null,{}]", "{};", "{{{}", "&quot;{}"))
    )
    return f'<script type="application/ld+json">{broken.replace("{}", script, 1)}</script>'


@st.composite
def elements(draw, inner):
    tag = draw(st.sampled_from(_TAGS))
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in draw(
            st.dictionaries(
                st.sampled_from(_ATTRIBUTES), st.one_of(st.sampled_from(_NAMES), texts), max_size=3
            )
        ).items()
    )
    content = "".join(draw(st.lists(st.one_of(texts, inner), max_size=4)))
    closing = draw(st.sampled_from((f"</{tag}>", f"</{tag}>", f"</{tag}>", "", "</p>", "/>")))
    return f"<{tag}{attributes}>{content}{closing}"


metas = st.builds(
    lambda key, name, value: f'<meta {key}="{name}" content="{escape(value)}">',
    st.sampled_from(("name", "property", "itemprop", "http-equiv")),
    st.sampled_from(_META),
    texts,
)
markup = st.recursive(
    st.one_of(texts, metas, json_ld()), lambda inner: elements(inner=inner), max_leaves=25
)
pages = st.lists(markup, min_size=1, max_size=6).map("".join)


def assert_record_or_reason(html, **arguments):
    try:
        article = extract(html, **arguments)
    except NotAPageError as refusal:
        reason = refusal.reason
    else:
        assert_valid(article)
        return
    assert reason in {"empty", "binary", "too_large"}


@quick
@given(st.binary(max_size=3000))
@example(b"\xff\xfe<")
@example(b"\x00<\x00p\x00>")
@example(b"<p>\xed\xa0\x80\xed\xb0\x80")
def test_any_bytes_give_a_record_or_a_reason(body):
    assert_record_or_reason(body)


@quick
@given(
    st.text(max_size=1000),
    st.text(max_size=40),
    st.dictionaries(st.sampled_from(("x-robots-tag", "tdm-reservation", "content-type")), texts),
    st.dictionaries(st.sampled_from(("headline", "date")), texts),
)
@example("<p>\ud800", "http://[", {"x-robots-tag": "\x00"}, {"headline": "\udfff", "date": "\x00"})
def test_any_text_and_whatever_is_told_of_it_give_a_record_or_a_reason(html, url, headers, hints):
    assert_record_or_reason(html, url=url, headers=headers, hints=hints)


@settings(quick, max_examples=400)
@given(pages, st.sampled_from(("", "https://example.org/2024/05/06/hall", "http://[::1/x", "x:y")))
def test_any_markup_gives_a_valid_record(page, url):
    assert_record_or_reason(page, url=url)


@quick
@given(pages, st.sampled_from(("utf-8", "cp1252", "utf-16", "shift_jis", "koi8-r")), st.text())
def test_any_markup_in_any_encoding_gives_a_valid_record(page, encoding, content_type):
    body = page.encode(encoding, "ignore")
    assert_record_or_reason(body, content_type=content_type or f"text/html; charset={encoding}")


@few
@given(pages)
def test_an_extraction_depends_on_the_page_alone(page):
    def read():
        try:
            return extract(page).to_dict()
        except NotAPageError as error:
            return error.reason

    assert read() == read()


# --- a record written as a page, and extracted again ---


def as_page(record: Article) -> str:
    """Return a plain article page that shows a record's headline, lead image and paragraphs."""
    figure = ""
    if record.caption and record.images:
        picture = f'<img src="{escape(record.images[0].url)}">'
        figure = f"<figure>{picture}<figcaption>{escape(record.caption)}</figcaption></figure>"
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in (record.body or "").split("\n\n"))
    headline = escape(record.headline or "")
    return (
        f'<html lang="{record.language or ""}"><head><title>{headline}</title></head>'
        f"<body><article><h1>{headline}</h1>{figure}{paragraphs}</article></body></html>"
    )


def assert_unchanged(record: Article) -> None:
    again = extract(as_page(record), url=record.url)
    assert again.headline == record.headline
    assert again.body == record.body
    assert again.caption == record.caption
    assert again.content_hash == record.content_hash


FIXTURES = sorted(
    path.parent
    for path in (Path(__file__).parent.parent / "fixtures").glob("*/*/page.html")
    if json.loads((path.parent / "article.json").read_text()).get("kind") in ARTICLE_KINDS
)


@pytest.mark.parametrize(
    "folder", FIXTURES, ids=lambda folder: f"{folder.parent.name}/{folder.name}"
)
def test_a_record_of_ours_extracted_again_is_unchanged(folder):
    record = extract((folder / "page.html").read_bytes(), url=f"https://example.org/{folder.name}")
    assert_unchanged(record)


_SUBJECTS = (
    "The mayor",
    "A spokesman for the port",
    "Every second farmer",
    "The old choir",
    "Her sister",
)
_VERBS = ("opened", "has repaired", "will not sell", "described", "lost", "paid for")
_OBJECTS = (
    "the covered market",
    "a boat with two masts",
    "the mill by the weir",
    "three of the bells",
)
_ENDS = (
    "after a long night of talks", "because nobody else would", "in the week before the fair",
    "although the council had warned against it", "and went home",
)  # fmt: skip
sentences = st.builds(
    lambda subject, verb, thing, end: f"{subject} {verb} {thing} {end}.",
    *map(st.sampled_from, (_SUBJECTS, _VERBS, _OBJECTS, _ENDS)),
)
paragraphs = st.lists(sentences, min_size=2, max_size=5).map(" ".join)


@few
@given(
    st.builds(lambda *words: " ".join(words), *map(st.sampled_from, (_SUBJECTS, _VERBS, _OBJECTS))),
    st.lists(paragraphs, min_size=3, max_size=12, unique=True),
)
def test_a_generated_article_is_extracted_as_it_was_written(headline, texts_of_article):
    written = Article(
        url="https://example.org/a", headline=headline, body="\n\n".join(texts_of_article)
    )
    found = extract(as_page(written), url=written.url)
    assert (found.headline, found.body) == (written.headline, written.body)
    assert_unchanged(found)
