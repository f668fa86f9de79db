"""Other people's extractors, run on the same pages when they are installed."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module, metadata
from typing import Any

from newscrawl.evaluation.metrics import Answer

Extract = Callable[[bytes, str, str], Answer]
"""Page bytes, the same decoded, and its address, to an answer; may raise anything."""

ALL_FIELDS = frozenset({"headline", "date", "body", "caption", "authors", "kind"})


@dataclass(frozen=True, slots=True)
class Extractor:
    """An extractor to be measured."""

    name: str
    version: str
    offered: frozenset[str]
    """Names of Answer's fields that it claims to fill; the others are not judged."""
    extract: Extract


class PeerError(ValueError):
    """A peer is not known or not installed; the message says what to do."""


def newscrawl_extractor() -> Extractor:
    """Return newscrawl's own public API as an extractor."""
    import newscrawl

    def run(html: bytes, text: str, url: str) -> Answer:  # noqa: ARG001
        article = newscrawl.extract(html, url=url)
        return Answer(
            headline=article.headline,
            date=article.date,
            body=article.body,
            caption=article.caption,
            authors=article.authors,
            kind=article.kind,
            language=article.language,
            confidence=article.confidence.get("body"),
        )

    return Extractor("newscrawl", metadata.version("newscrawl"), ALL_FIELDS, run)


def peer(name: str) -> Extractor:
    """Return a peer that is ready to run. Raises PeerError."""
    if name not in _PEERS:
        raise PeerError(f"{name}: no such peer; there are {', '.join(_PEERS)}")
    distribution, offered, build = _PEERS[name]
    _silence()
    try:
        extract = build()
    except ImportError as error:
        raise PeerError(f"{name}: not installed; run pip install {distribution}") from error
    return Extractor(name, metadata.version(distribution), frozenset(offered.split()), extract)


def _silence() -> None:
    """Keep peers from talking about every page that they do not like."""
    warnings.simplefilter("ignore")
    for name in ("trafilatura", "htmldate", "newspaper", "readability", "goose3"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _trafilatura(*, fast: bool) -> Extract:
    module: Any = import_module("trafilatura")

    def run(html: bytes, text: str, url: str) -> Answer:  # noqa: ARG001
        document = module.bare_extraction(
            html, url=url or None, fast=fast, with_metadata=True, include_comments=False
        )
        if document is None:
            return Answer()
        names = (document.author or "").split(";")
        return Answer(
            headline=document.title,
            date=document.date,
            body=document.text,
            authors=[name.strip() for name in names if name.strip()],
        )

    return run


def _newspaper() -> Extract:
    module: Any = import_module("newspaper")

    def run(html: bytes, text: str, url: str) -> Answer:  # noqa: ARG001
        article = module.Article(url or "https://example.org/", fetch_images=False)
        article.download(input_html=text)
        article.parse()
        return Answer(
            headline=article.title,
            date=_iso(article.publish_date),
            body=article.text,
            authors=list(article.authors or []),
        )

    return run


def _htmldate() -> Extract:
    module: Any = import_module("htmldate")

    def run(html: bytes, text: str, url: str) -> Answer:  # noqa: ARG001
        return Answer(date=module.find_date(html, original_date=True, url=url or None))

    return run


def _readability() -> Extract:
    module: Any = import_module("readability")
    lxml_html: Any = import_module("lxml.html")

    def run(html: bytes, text: str, url: str) -> Answer:  # noqa: ARG001
        document = module.Document(html, url=url or None)
        content = lxml_html.fromstring(document.summary(html_partial=True))
        return Answer(headline=document.short_title(), body="\n".join(content.itertext()))

    return run


def _goose() -> Extract:
    module: Any = import_module("goose3")
    goose = module.Goose({"enable_image_fetching": False})

    def run(html: bytes, text: str, url: str) -> Answer:  # noqa: ARG001
        article = goose.extract(raw_html=text)
        return Answer(
            headline=article.title,
            date=_iso(article.publish_datetime_utc or article.publish_date),
            body=article.cleaned_text,
            authors=list(article.authors or []),
        )

    return run


def _resiliparse() -> Extract:
    parse: Any = import_module("resiliparse.parse.html")
    plain: Any = import_module("resiliparse.extract.html2text")

    def run(html: bytes, text: str, url: str) -> Answer:  # noqa: ARG001
        tree = parse.HTMLTree.parse(text)
        return Answer(headline=tree.title, body=plain.extract_plain_text(tree, main_content=True))

    return run


def _iso(date: Any) -> str | None:
    return date.isoformat() if isinstance(date, datetime) else date or None


# Name: its distribution, the fields that it offers, and how to get at it. A caption column is
# asked of those whose interface has authors: they look for whole records, and give none.
_PEERS: dict[str, tuple[str, str, Callable[[], Extract]]] = {
    "trafilatura": (
        "trafilatura",
        "headline date body caption authors",
        lambda: _trafilatura(fast=False),
    ),
    "trafilatura-fast": (
        "trafilatura",
        "headline date body caption authors",
        lambda: _trafilatura(fast=True),
    ),
    "newspaper4k": ("newspaper4k", "headline date body caption authors", _newspaper),
    "htmldate": ("htmldate", "date", _htmldate),
    "readability": ("readability-lxml", "headline body", _readability),
    "goose3": ("goose3", "headline date body caption authors", _goose),
    "resiliparse": ("resiliparse", "headline body", _resiliparse),
}

PEER_NAMES = tuple(_PEERS)
