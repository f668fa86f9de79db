"""Measure a whole page: the features that tell an article from other pages.

Address, declared types, the amount and the shape of its text, and how often its parts repeat. All
of it is counted from what the walk over the page gathered already.
"""

from __future__ import annotations

import re
from math import log1p
from urllib.parse import unquote, urlsplit

import numpy as np

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.body.block_features import Matrix
from newscrawl.extraction.kind.wording import wording
from newscrawl.items import Article
from newscrawl.page.metadata import Metadata, types_of
from newscrawl.page.page import Page
from newscrawl.text.cleaning import words

# Words of addresses, by the kind of page that they speak for.
_PATH_WORDS = tuple(
    re.compile(rf"(?:^|[/._-])(?:{words})(?:$|[/._-])")
    for words in (
        r"products?|p|dp|items?|shop|store|buy|prod|catalog|kaufen|producto|produit",
        (
            r"forums?|threads?|topics?|t|questions?|discussions?|viewtopic|showthread|community|board|"
            r"answers?|comments|r|groups?|msg|talk|ask|qna|qa"
        ),
        (
            r"docs?|documentation|reference|api|manual|handbook|help|support|kb|sdk|man|tutorials?|wiki|"
            r"guides?|readme|en-us|latest|stable|v\d[\d.]*|javadoc|howto|faq"
        ),
        (
            r"categor(?:y|ies)|tags?|collections?|search|archives?|page|list|listings?|browse|c|cat|"
            r"section|author|results|directory|all|kategorie|categoria|best-sellers|deals"
        ),
        (
            r"services?|solutions?|features?|pricing|about|about-us|plans?|industries|company|contact|"
            r"platform|customers|use-cases|leistungen|servicios|careers|software|capabilities"
        ),
        (
            r"blogs?|news|articles?|stor(?:y|ies)|posts?|magazine|insights?|learn|resources?|press|"
            r"opinion|reviews?|features?|noticias?|actualites?|nachrichten|artikel|artigo|articolo|"
            r"(?:19|20)\d\d"
        ),
    )
)
_SHOP, _FORUM, _MANUAL, _SERVICE = 0, 1, 2, 4
_HOST_WORDS = re.compile(
    r"^(?:(docs?|help|support|developers?|api|wiki|manual|learn|dev|readthedocs)|"
    r"(forums?|community|discuss\w*|boards?|talk|answers|ask|groups)|(shop|store|buy)|"
    r"(blogs?|news|magazine))\."
)
_JOURNAL_HOST = 4
# A page whose address nobody knows was saved by somebody, who took it for an article.
_UNKNOWN = "https://www.example.org/news/a-headline-of-seven-or-eight-words"
_DATED_PATH = re.compile(r"/(?:19|20)\d\d/\d\d?(?:/|$)")
_OG_TYPES = {"": 0, "article": 1, "website": 2, "product": 3, "blog": 4}
_NODE_TYPES = tuple(
    frozenset(names.split())
    for names in (
        (
            "article newsarticle blogposting reportagenewsarticle opinionnewsarticle "
            "analysisnewsarticle backgroundnewsarticle liveblogposting"
        ),
        "product offer productgroup aggregateoffer individualproduct",
        "discussionforumposting qapage question answer comment socialmediaposting",
        "collectionpage itemlist searchresultspage offercatalog",
        (
            "service localbusiness professionalservice softwareapplication webapplication "
            "restaurant hotel store medicalbusiness financialservice"
        ),
        "techarticle apireference howto",
        "faqpage",
        "webpage",
        "breadcrumblist",
        "person profilepage",
        "recipe event course jobposting review videoobject",
    )
)
_ITEMPROPS = (
    "price", "offers", "sku", "ratingvalue", "articlebody", "headline", "datepublished", "author",
    "comment", "itemlistelement", "text", "upvotecount",
)  # fmt: skip
_META = (
    "article:published_time", "article:section", "article:tag", "author", "product:price:amount",
    "og:price:amount", "twitter:label1", "generator", "docsearch:version", "news_keywords",
    "keywords", "og:image", "og:description",
)  # fmt: skip
# Short lines that stand on pages of one kind, in this order: shops, forums, lists of things,
# services, manuals, articles.
_LINES = {
    line: number
    for number, lines in enumerate(
        (
            """
            add to cart|add to bag|add to basket|add to wishlist|buy now|in stock|
            out of stock|sold out|free shipping|quantity|qty|sku|reviews|customer reviews|
            regular price|size|sale price|specifications|you may also like|in den warenkorb|
            añadir al carrito|ajouter au panier|description|add to compare|price|shipping|
            color|colour|product description|product details|write a review|related products|
            checkout|cart
            """,
            """
            reply|replies|joined|posts|views|quote|share|log in to reply|sign up to reply|
            member since|members|likes|answers|answered|accepted answer|asked|upvote|vote|
            thread|new topic|topics|forums|all forums|community|forum|antworten|zitieren|
            report|mark as new|solved|kudos|hi|like|messages|reaction score|moderator|
            registered|new member|administrator|location|quick reply|unanswered|follow|
            edited|permalink
            """,
            """
            sort by|filter|filters|load more|view all|next|results|see all|shop all|
            read more|show more|clear all|apply|featured|all|learn more|view details|
            view more|weiterlesen|leer más|lire la suite|explore|newest|oldest|previous|
            page|items|compare|quick view|price, low to high|price, high to low|
            best selling|relevance
            """,
            """
            get started|contact us|contact|book a demo|request a demo|free trial|
            start free trial|schedule a call|our services|our team|get a quote|why choose us|
            testimonials|our clients|services|solutions|pricing|features|benefits|
            case studies|how it works|request a quote|frequently asked questions|faq|faqs|
            book now|sign up|sign up free|try for free|talk to sales|contact sales|call us|
            our process|industries|about us|trusted by|call now|free consultation|start now|
            our work|locations|book appointment
            """,
            """
            returns|on this page|table of contents|was this page helpful|was this helpful|
            contents|edit this page|parameters|deprecated|example|examples|syntax|
            installation|edit on github|usage|overview|api reference|reference|note|
            see also|copy|yes|no|prerequisites|quick start|quickstart|getting started|
            warning|tip|feedback|important|in this article|documentation|changelog|
            arguments|response|request|default|string|boolean|attributes|methods|
            parameter|type|name|required|optional|return value
            """,
            """
            min read|minute read|related articles|related posts|related stories|share this|
            tags|written by|about the author|published|updated|last updated|more from|
            read next|leave a comment|comments|recent posts|share on|subscribe|newsletter|
            advertisement|most read|related|key takeaways|share this article|conclusion|
            leave a reply|you might also like|more stories|sources|references|author
            """,
        )
    )
    for part in lines.split("|")
    if (line := part.strip())
}
_EDGES = " 0123456789()[]+-–:.,!?…|›»→·•*#"
_LINE = 40
_LONG = 150
_COUNTED = chrome.COMMENTS | chrome.RELATED | chrome.META
_ENDS = (".", "!", "?", "…", "。", "”", '"', "؟")


def page_shape(page: Page, blocks: Blocks, body: list[Block], article: Article) -> Matrix:
    """Return an array of shape (1, features), float32; ``article`` is the page's record so far."""
    dated = 0
    if article.date is not None:
        dated = 1 if article.sources.get("date") in ("html", "url") else 2
    row = [
        *_of_address(article.url or _UNKNOWN),
        *_of_metadata(page.metadata),
        *_of_text(blocks, body, article.headline),
        *_of_repeats(blocks),
        *_of_lines(blocks.blocks),
        *wording(body),
        dated,
        len(article.authors),
    ]
    return np.array([row], dtype=np.float32)


def is_address_of_other_kind(url: str) -> bool:
    """Return whether an address speaks of a shop, a forum, a manual or a service.

    >>> is_address_of_other_kind("https://docs.example.org/guide/"), is_address_of_other_kind("")
    (True, False)
    """
    try:
        split = urlsplit(url[:2000])
    except ValueError:
        return False
    path = unquote(split.path).lower()
    host = _HOST_WORDS.match(split.netloc.lower().removeprefix("www."))
    spoken = any(_PATH_WORDS[kind].search(path) for kind in (_SHOP, _FORUM, _MANUAL, _SERVICE))
    return spoken or (host is not None and host.lastindex != _JOURNAL_HOST)


def _of_address(url: str) -> list[float]:
    try:
        split = urlsplit(url[:2000])
    except ValueError:
        split = urlsplit("")
    path = unquote(split.path).lower()
    parts = [part for part in path.split("/") if part]
    last = parts[-1] if parts else ""
    host = _HOST_WORDS.match(split.netloc.lower().removeprefix("www."))
    return [
        len(parts),
        len(last),
        last.count("-") + last.count("_"),
        sum(map(str.isdigit, last)),
        len(split.query),
        last.endswith((".html", ".htm", ".php", ".aspx")),
        path.endswith("/"),
        _DATED_PATH.search(path) is not None,
        host.lastindex or 0 if host else 0,
        *(pattern.search(path) is not None for pattern in _PATH_WORDS),
    ]


def _of_metadata(metadata: Metadata) -> list[float]:
    types = {name for node in metadata.nodes for name in types_of(node)}
    og_type = (metadata.first("og:type") or "").lower()
    return [
        _OG_TYPES.get(og_type, 3 if "product" in og_type else 5),
        *(not types.isdisjoint(kinds) for kinds in _NODE_TYPES),
        len(types),
        *(len(metadata.microdata.get(name, ())) for name in _ITEMPROPS),
        *(name in metadata.meta for name in _META),
    ]


def _of_text(blocks: Blocks, body: list[Block], headline: str | None) -> list[float]:
    listed = blocks.blocks
    lengths = [len(block.text) for block in listed]
    total = sum(lengths) or 1
    linked = [block.link_chars for block in listed]
    body_lengths = [len(block.text) for block in body]
    size = sum(body_lengths)
    tags = [block.tag for block in body]
    all_tags = [block.tag for block in listed]
    long_flags = [b.flags for b, length in zip(listed, lengths, strict=True) if length > _LONG]
    heading = listed[all_tags.index("h1")].index if "h1" in all_tags else -1
    span = body[-1].index - body[0].index + 1 if body else 0
    count = len(body) or 1
    return [
        log1p(size),
        log1p(total),
        size / total,
        sum(linked) / total,
        sum([block.link_chars for block in body]) / max(size, 1),
        len(body),
        size / count,
        max(body_lengths, default=0),
        sum([block.text.endswith(_ENDS) for block in body]) / count,
        len(body) / max(span, 1),
        body[0].index - heading if body and heading >= 0 else -1,
        tags.count("p") / count,
        tags.count("li") / count,
        (tags.count("h2") + tags.count("h3") + tags.count("h4")) / count,
        tags.count("pre") + tags.count("td"),
        all_tags.count("pre"),
        all_tags.count("h1"),
        all_tags.count("h2"),
        all_tags.count("h3") + all_tags.count("h4"),
        all_tags.count("td"),
        len(listed),
        len(long_flags),
        sum([not flags & chrome.CHROME for flags in long_flags]) / (len(long_flags) or 1),
        sum([chars * 2 > length for chars, length in zip(linked, lengths, strict=True)])
        / (len(listed) or 1),
        len(blocks.images),
        len(blocks.times),
        len(blocks.players),
        len(words(headline or "")),
        "?" in (headline or ""),
    ]


def _of_repeats(blocks: Blocks) -> list[float]:
    """Return how many parts of the page look alike, and their share of the text."""
    sizes: dict[str, int] = {}
    alike: dict[str, int] = {}
    tags, owns = [], []
    for container in blocks.containers:
        tags.append(container.tag)
        if container.own & _COUNTED:
            owns.append(container.own)
        size = container.end - container.start
        if size >= 2 and (names := container.names):
            alike[names] = alike.get(names, 0) + 1
            sizes[names] = sizes.get(names, 0) + size
    most = sorted(alike, key=alike.__getitem__, reverse=True)[:2]
    return [
        alike[most[0]] if most else 0,
        sizes[most[0]] / (len(blocks.blocks) or 1) if most else 0,
        alike[most[1]] if len(most) > 1 else 0,
        sum([container.own & chrome.COMMENTS != 0 for container in blocks.pruned]),
        sum([container.own & chrome.BIOGRAPHY != 0 for container in blocks.pruned]),
        *(
            sum([own & flag != 0 for own in owns])
            for flag in (chrome.COMMENTS, chrome.RELATED, chrome.META)
        ),
        tags.count("article"),
        tags.count("form") + tags.count("fieldset"),
    ]


def _of_lines(listed: list[Block]) -> list[float]:
    """Count short lines that are typical of shops and forums, and lines with a price."""
    counts = [0.0] * 7
    for block in listed:
        text = block.text
        if len(text) <= _LINE:
            number = _LINES.get(text.lower().strip(_EDGES))
            if number is not None:
                counts[number] += 1
            elif "$" in text or "€" in text or "£" in text:
                counts[6] += 1
    return counts
