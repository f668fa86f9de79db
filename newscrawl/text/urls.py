"""Addresses: cleaned for fetching, folded for comparing, and the site that one belongs to."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from tldextract import TLDExtract
from w3lib.url import canonicalize_url, safe_url_string

MAX_URL_LENGTH = 2_083
"""Longer addresses are no article's; Scrapy's own limit is the same."""

# Parameters that say where a reader came from, never which page is meant.
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|source)|ns_\w+|pk_\w+|mtm_\w+|hsa_\w+|_hs\w+|mc_[ce]id"
    r"|[a-z]*clid|gclsrc|gbraid|wbraid|_ga|_gl|igshid|ocid|cmpid|ftag|smid|sh?are_?id|xtor"
    r"|partner_?rss|wt_mc|wt\.mc_\w+|echobox|fb_(?:action_ids|source|ref)|spm|ref_src|ref_url"
    r"|yclid|_openstat|s_cid|icid|ncid|sref|mkt_tok|vero_(?:id|conv)|oly_(?:anon|enc)_id)$",
    re.IGNORECASE,
)
_AMP_PARAMETER = re.compile(r"(?:amp|outputtype)$", re.IGNORECASE)
_AMP_STEP = re.compile(r"^/amp(?=/)|(?<=.)/amp$", re.IGNORECASE)
_TWIN = re.compile(
    r"/(?:amp|print|printable|imprimir|drucken)(?:/|$)|[?&](?:amp|print|outputtype)(?:=|&|$)"
    r"|\.amp(?:\.html?)?(?:\?|$)|//amp\.",
    re.IGNORECASE,
)
_BARE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
# Browsers drop line breaks and tabs within an address (WHATWG URL, 4.4).
_BREAK = re.compile(r"[\t\r\n]+(?:[ \t\r\n]*)")
_SPACE = re.compile(r"[\x00-\x20\x7f]+")
_ESCAPED = re.compile(r"&(?:amp|quot|apos|lt|gt|#0*(?:34|38|39)|#[xX]0*(?:22|26|27));")
_MOST_ESCAPES = 3
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d+(?:/|$))", re.IGNORECASE)
_LOCAL_HOST = re.compile(r"(?:localhost|[\d.]+|\[[0-9a-f:.]+\]|[^./:]+)(?::\d+)?(?:/|$)", re.I)


def printable_address(address: str) -> str:
    r"""Return an address without controls; what else cannot be seen is percent-encoded.

    What an address names is not changed, as `clean_line` would: some file names have a no-break
    space.

    >>> printable_address(" https://example.org/at 9.57\u202fAM.jpg\n")
    'https://example.org/at 9.57%E2%80%AFAM.jpg'
    """
    address = address.strip()
    if address.isprintable():
        return address
    shown = "".join(each if each.isprintable() else _encoded(each) for each in address)
    return shown.strip()


def _encoded(character: str) -> str:
    """Return a character percent-encoded; a control or half of a surrogate pair goes."""
    return "" if unicodedata.category(character) in ("Cc", "Cs") else quote(character)


def clean_url(address: str, base_url: str = "") -> str | None:
    """Return the absolute address to fetch, or None for one that is not of the web.

    Fragment and tracking parameters go; scheme and host are in lower case; characters that an
    address cannot hold are percent-encoded. ``mailto:``, ``javascript:``, ``data:``, ``file:``
    and the like, broken hosts and addresses over 2,083 characters give None.

    >>> clean_url("/a b?id=7&utm_source=x#top", "HTTPS://Example.org/news/")
    'https://example.org/a%20b?id=7'
    """
    address = _SPACE.sub(" ", _BREAK.sub("", address.strip())).strip()
    if len(address) > MAX_URL_LENGTH:
        return None
    try:
        joined = safe_url_string(urljoin(base_url, _BARE_PERCENT.sub("%25", address)))
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:  # a broken IPv6 host, a port that is no number
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(joined) > MAX_URL_LENGTH:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    default_port = {"http": 80, "https": 443}[parts.scheme]
    netloc = host if port in (None, default_port) else f"{host}:{port}"
    query = _without_parameters(parts.query, _TRACKING)
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


def unescape_url(address: str) -> str:
    """Return an address that was escaped for XML or HTML once more than it was unescaped.

    Only whole references to the five characters of XML count, so that parameters which begin like
    one of HTML's references stay as they are.

    >>> unescape_url("https://example.org/?a=1&amp;amp;section=2&copy=3")
    'https://example.org/?a=1&section=2&copy=3'
    """
    for _ in range(_MOST_ESCAPES):
        if "&" not in address or not _ESCAPED.search(address):
            break
        address = _ESCAPED.sub(lambda match: html.unescape(match[0]), address)
    return address


@lru_cache(maxsize=4096)
def url_key(url: str, *, fold_twins: bool = False) -> str:
    """Return a form that is the same for every address of one page.

    http and https, ``www.``, the last slash, the order of parameters, tracking parameters and
    the fragment make no difference; with ``fold_twins`` neither does being the AMP page.

    >>> url_key("http://www.example.org/a/?b=2&a=1&utm_medium=rss")
    'example.org/a?a=1&b=2'
    """
    parts = urlsplit(canonicalize_url(clean_url(url) or url))
    host = parts.netloc.removeprefix("www.")
    path, query = parts.path.rstrip("/"), parts.query
    if fold_twins:
        path = _AMP_STEP.sub("", path) or path
        query = _without_parameters(query, _AMP_PARAMETER)
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def is_twin(url: str) -> bool:
    """Return whether an address is that of an article's AMP or print page.

    >>> is_twin("https://example.org/amp/world/hall"), is_twin("https://example.org/world/hall")
    (True, False)
    """
    return _TWIN.search(url) is not None


def _without_parameters(query: str, unwanted: re.Pattern[str]) -> str:
    if not query:
        return query
    kept = [part for part in query.split("&") if part and not unwanted.match(part.split("=")[0])]
    return "&".join(kept)


@cache
def _suffixes() -> TLDExtract:
    # The public suffix list that ships with tldextract: nothing is fetched, nothing is written.
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@lru_cache(maxsize=4096)
def site_of(url: str) -> str:
    """Return the registrable domain of an address ("example.co.uk"), or its bare host.

    >>> site_of("https://edition.news.example.co.uk:8080/a")
    'example.co.uk'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _suffixes()(host).top_domain_under_public_suffix or host


def is_within(host: str, domains: Collection[str]) -> bool:
    """Return whether a host is one of the domains or below one.

    >>> is_within("news.example.org", {"example.org"}), is_within("anexample.org", {"example.org"})
    (True, False)
    """
    while host not in domains:
        _, dot, host = host.partition(".")
        if not dot:
            return False
    return True


def target_url(text: str) -> str:
    """Return the address that a user means; ``example.org`` means ``https://example.org/``.

    Raises ValueError, with a message for people, for what is no http or https address.
    """
    text = text.strip()
    if not _HAS_SCHEME.match(text):
        text = f"{'http' if _LOCAL_HOST.match(text) else 'https'}://{text}"
    url = None if re.search(r"\s", text) else clean_url(text)
    if url is None:
        raise ValueError(f"{text!r} is no http or https address")
    return url
