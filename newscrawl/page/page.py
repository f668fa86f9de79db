"""A page: its bytes decoded once, parsed once, its statements about itself indexed once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from newscrawl.exceptions import NotAPageError
from newscrawl.page.decoding import decode_page
from newscrawl.page.markup import bounded
from newscrawl.page.metadata import ARTICLE_TYPES, Metadata, Node, plain, read_metadata, types_of
from newscrawl.page.shadow import fill_slots, has_shadow_roots, with_open_roots
from newscrawl.page.tree import parse
from newscrawl.text.cleaning import clean_line

MAX_BYTES = 25_000_000
"""A larger page is refused as ``too_large``: the largest real news pages are a fifth of it."""

MAX_TAGS = 1_000_000
"""A page with more tags, closing ones counted, is refused as ``too_large``: real pages have a
hundredth of that."""

MAX_ADDRESS = 8_000
"""A longer link, in characters, is none: RFC 9110 asks for 8,000 octets to be supported."""

# An address that joining would only give back, slowly.
_ABSOLUTE = re.compile(r"https?://[\w.:-]+(?:/[\w.~%+,=&!$'()*@:/-]*)?", re.ASCII)
_NOT_BLANK = re.compile(r"[^\x00\ufeff \t\r\n\f]")
_BINARY_SIGNATURES = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF",
    b"RIFF", b"OggS", b"ID3", b"\x00\x00\x01\x00", b"BZh", b"7z\xbc\xaf", b"Rar!",
    b"\x28\xb5\x2f\xfd",
)  # fmt: skip
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])


class Page:
    """One page to extract from.

    ``html`` is bytes as they were served, or text; ``url`` the address after redirects or "";
    ``headers`` the response's headers under lower-case names; ``fetched_at`` an aware datetime
    that relative dates count from.

    Raises NotAPageError for input that can hold no article: ``empty``, ``binary``,
    ``too_large``.

    >>> page = Page("<title>A hall</title><p>Text.", url="https://example.org/a")
    >>> page.metadata.title, page.selector.css("p::text").get()
    ('A hall', 'Text.')
    """

    def __init__(
        self,
        html: bytes | str,
        *,
        url: str = "",
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
        fetched_at: datetime | None = None,
    ) -> None:
        self.url = clean_line(url)
        self.headers = headers or {}
        self.fetched_at = fetched_at
        if len(html) > MAX_BYTES:
            raise NotAPageError("too_large", f"{len(html)} bytes, the limit is {MAX_BYTES}")
        if isinstance(html, bytes):
            _refuse_binary(html)
            self.encoding, self.html, utf8 = decode_page(
                html, content_type or self.headers.get("content-type")
            )
        else:
            self.encoding, self.html, utf8 = "unicode", html, None
        if _NOT_BLANK.search(self.html) is None:
            raise NotAPageError("empty", "the page is empty")
        if len(self.html) > MAX_TAGS and (tags := self.html.count("<")) > MAX_TAGS:
            raise NotAPageError("too_large", f"{tags} tags, the limit is {MAX_TAGS}")
        self._utf8 = self.html.encode("utf-8", "replace") if utf8 is None else utf8
        self.root = parse(bounded(self._utf8))
        if has_shadow_roots(self.root):
            self.root = parse(bounded(with_open_roots(self._utf8)))
            fill_slots(self.root)

    @cached_property
    def now(self) -> datetime | None:
        """When the page was read, as far as is known: ``fetched_at``, else its ``Date`` header.

        Relative dates count from it, and what is later is not credible.
        """
        if self.fetched_at is not None:
            return self.fetched_at
        try:
            return parsedate_to_datetime(self.headers.get("date", ""))
        except (ValueError, OverflowError):  # no header, or no date in it
            return None

    @cached_property
    def selector(self) -> Selector:
        """The page as a parsel selector, for rules in CSS or XPath; parsed when first asked for."""
        return Selector(body=self._utf8, encoding="utf-8", type="html")

    @cached_property
    def metadata(self) -> Metadata:
        """The metadata of the page."""
        return read_metadata(self.root)

    @cached_property
    def base_url(self) -> str:
        """The base of relative addresses: the first ``<base href>``, else the URL.

        A saved page whose URL nobody knows may state it itself.
        """
        base, url = self.metadata.base, self.url or self._stated_url()
        return self._join(url, base) if base else url

    def _stated_url(self) -> str:
        links = [link.get("href") or "" for link in self.metadata.links.get("canonical", [])]
        stated = [*links, self.metadata.first("og:url") or ""]
        whole = (url.strip() for url in stated if len(url) <= MAX_ADDRESS)
        return next((url for url in whole if url.startswith(("http://", "https://"))), "")

    def urljoin(self, address: str) -> str | None:
        """Return the http(s) address that a link of the page means, or None."""
        if len(address) > MAX_ADDRESS:
            return None
        if _ABSOLUTE.fullmatch(address):
            return address
        joined = clean_line(self._join(self.base_url, address.strip()))
        return joined if joined.startswith(("http://", "https://")) else None

    @cached_property
    def articles(self) -> list[Node]:
        """The JSON-LD nodes that describe an article, the page's own first."""
        nodes = [node for node in self.metadata.nodes if types_of(node) & ARTICLE_TYPES]
        return sorted(nodes, key=self._distance_from_page) if len(nodes) > 1 else nodes

    def _distance_from_page(self, node: Node) -> tuple[int, int]:
        """Order article nodes: named by the page's address or title first, then the fullest."""
        path = urlsplit_path(self.url)
        named = node.get("url"), node.get("@id"), node.get("mainEntityOfPage")
        addresses = [a.get("@id") if isinstance(a, dict) else a for a in named]
        here = any(isinstance(a, str) and path and urlsplit_path(a) == path for a in addresses)
        headline = plain(node.get("headline")) or ""
        titled = bool(headline) and headline[:40] in (self.metadata.title or "")
        telling = sum(key in node for key in ("headline", "datePublished", "author", "articleBody"))
        return (-(2 * here + 2 * titled), -telling)

    @staticmethod
    def _join(base: str, address: str) -> str:
        try:
            return urljoin(base, address)
        except ValueError:  # a broken IPv6 host, for one
            return ""


def urlsplit_path(address: str) -> str:
    """Return the path of an address without its last slash; "" when it cannot be read."""
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""


def _refuse_binary(body: bytes) -> None:
    head = body[:1024]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if head.startswith(_BINARY_SIGNATURES):
        raise NotAPageError("binary", "the bytes are those of a binary file, not of a page")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > len(head) // 10 and b"<" not in head.replace(b"\x00", b"")[:512]:
        raise NotAPageError("binary", "the bytes are those of a binary file, not of a page")
