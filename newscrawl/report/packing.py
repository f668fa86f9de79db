"""The articles as compressed blocks of text that a page can hold, within a size.

Browsers unpack raw deflate (RFC 1951) themselves. As text it is base85 in the alphabet of Python's
``b85encode``, a sixteenth shorter than base64, with other letters for the three that mean something
in HTML.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from newscrawl.report.articles import FIELDS, Facts, Version, facts_of, instant_of, site_name

MEGABYTE = 1_000_000
DEFAULT_SIZE = 15 * MEGABYTE

SHORT_BODY = 400
"""Characters that are kept of a body that is cut."""

SHORT_PICTURES = 2
"""Pictures that are kept of an article whose body is cut."""

_BLOCK = 192 * 1024
"""Characters of JSON in a block: unpacked in milliseconds when one of its articles is read."""

_INERT = bytes.maketrans(b"<>&", b",/.")

_AROUND = 100
"""Bytes of a block's element."""

_CAREFUL = 0.98
"""Share of the size that an estimate aims at."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The articles as the page holds them."""

    index: str = ""
    """What the list and its filters need of all articles."""
    blocks: Sequence[str] = ()
    """The records, some articles a block, in the order of the index."""
    articles: int = 0
    """The newest ones; older ones did not fit in at all."""
    short: int = 0
    """Articles of which only the beginning fitted in."""
    whole_of_each_site: int | None = None
    """The newest articles of each site that are not among those; None where all are whole."""

    @property
    def size(self) -> int:
        """Bytes in the page."""
        return len(self.index) + sum(len(block) + _AROUND for block in self.blocks)


Articles = Sequence[Sequence[Version]]
"""Each with its latest version first, the newest article first."""


def pack(articles: Articles, most: int = DEFAULT_SIZE) -> Packed:
    """Return the articles in at most ``most`` bytes, if need be with less of them.

    Of each site the newest articles are whole, as many as fit; of its others the bodies end after
    `SHORT_BODY` characters. If not even that fits, the oldest articles are left out.
    """
    whole = [_text(versions) for versions in articles]
    packed = _pack(articles, whole)
    if packed.size <= most:
        return packed
    short = [_text(versions, cut=True) for versions in articles]
    shortest = _pack(articles, short)
    if shortest.size > most:
        return _fewer(articles, short, shortest, most)
    ranks = _ranks(articles)
    kept = _how_many(ranks, whole, short, packed.size, shortest.size, most * _CAREFUL)
    while kept > 0:
        chosen = [
            whole[number] if rank < kept else short[number] for number, rank in enumerate(ranks)
        ]
        packed = _pack(articles, chosen)
        if packed.size <= most:
            cut = sum(map(_is_cut, zip(chosen, whole, strict=True)))
            return replace(packed, short=cut, whole_of_each_site=kept)
        kept = min(kept - 1, int(kept * 0.95))
    cut = sum(map(_is_cut, zip(short, whole, strict=True)))
    return replace(shortest, short=cut, whole_of_each_site=0)


def _fewer(articles: Articles, short: Sequence[str], packed: Packed, most: int) -> Packed:
    """Return as many of the newest articles as fit, cut."""
    while packed.size > most:
        kept = int(packed.articles * min(0.98, most * _CAREFUL / packed.size))
        packed = _pack(articles[:kept], short[:kept])
        if not kept:
            break
    return replace(packed, short=packed.articles, whole_of_each_site=0)


def _is_cut(texts: tuple[str, str]) -> bool:
    return texts[0] != texts[1]


def _ranks(articles: Articles) -> list[int]:
    """Return how many articles of its own site are newer, for each."""
    seen: Counter[str] = Counter()
    ranks = []
    for versions in articles:
        site = site_name(versions[0].record["url"])
        ranks.append(seen[site])
        seen[site] += 1
    return ranks


def _how_many(
    ranks: Sequence[int],
    whole: Sequence[str],
    short: Sequence[str],
    whole_size: int,
    short_size: int,
    most: float,
) -> int:
    """Return how many articles of each site can be whole, by their length before compression."""
    per_whole, per_short = whole_size / sum(map(len, whole)), short_size / sum(map(len, short))
    added = [0.0] * (max(ranks) + 1)
    for rank, long, cut in zip(ranks, whole, short, strict=True):
        added[rank] += len(long) * per_whole - len(cut) * per_short
    size = float(short_size)
    for rank, more in enumerate(added):
        size += more
        if size > most:
            return rank
    return len(added)


def _pack(articles: Articles, texts: Sequence[str]) -> Packed:
    """Return the articles, whose JSON texts these are."""
    joined, ends = [], []
    for first, last in _blocks(texts):
        joined.append(f"[{','.join(texts[first:last])}]")
        ends.append(last)
    index = json.dumps(_index(articles, ends), ensure_ascii=False, separators=(",", ":"))
    with ThreadPoolExecutor(2) as pool:  # zlib lets others run
        first_text, *blocks = pool.map(deflated, [index, *joined])
    return Packed(first_text, blocks, len(articles))


def _blocks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of texts that together are long enough."""
    first, size = 0, 0
    for number, text in enumerate(texts):
        size += len(text)
        if size >= _BLOCK:
            yield first, number + 1
            first, size = number + 1, 0
    if first < len(texts):
        yield first, len(texts)


def deflated(text: str) -> str:
    """Return a text compressed, as base85."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = compressor.compress(text.encode("utf-8", "replace")) + compressor.flush()
    return base64.b85encode(packed).translate(_INERT).decode("ascii")


def _text(versions: Sequence[Version], *, cut: bool = False) -> str:
    """Return the JSON of an article: its versions, the latest first."""
    shown = [_shown(version, cut=cut) for version in versions]
    shown[0].pop("headline", None)  # the index has it
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _shown(version: Version, *, cut: bool) -> dict[str, Any]:
    """Return a record as the page holds it: what is unset is left out, what is cut is said."""
    record = {name: value for name, value in version.record.items() if value not in (None, [], {})}
    record["_place"] = version.place
    images = record.get("images", ())
    if images:
        record["images"] = [
            {name: value for name, value in image.items() if value is not None} for image in images
        ]
    if not cut:
        return record
    record["_cut"] = True
    record.pop("content_hash", None)  # of no use to a reader, and it does not compress
    body = record.get("body", "")
    if len(body) > SHORT_BODY:
        record["_whole"] = len(body)
        record["body"] = cut_text(body, SHORT_BODY)
    if len(images) > SHORT_PICTURES:
        record["_pictures"] = len(images)
        record["images"] = record["images"][:SHORT_PICTURES]
    return record


def cut_text(text: str, most: int) -> str:
    r"""Return the beginning of a text: whole paragraphs if they are most of it, else whole words.

    >>> cut_text("One two three.\\n\\nFour five.", 20)
    'One two three.'
    """
    head = text[:most]
    for end in (head.rfind("\n\n"), head.rfind(" ")):
        if end >= most * 0.7:
            return head[:end]
    return head


def _index(articles: Articles, ends: list[int]) -> dict[str, Any]:
    """Return the columns of the list; names of sites, languages and kinds are numbers there."""
    facts: list[Facts] = [facts_of(versions[0].record) for versions in articles]
    records = [versions[0].record for versions in articles]
    sites, site = _numbered([each.site for each in facts])
    languages, language = _numbered([each.language for each in facts])
    kinds, kind = _numbered([record.get("kind") or "article" for record in records])
    every = (1 << len(FIELDS)) - 1
    return {
        "fields": FIELDS,
        "sites": sites,
        "languages": languages,
        "kinds": kinds,
        "site": site,
        "language": language,
        "kind": kind,
        "headline": [record.get("headline") or "" for record in records],
        "tag": [record.get("language") or "" for record in records],
        "day": [each.day for each in facts],
        "time": [int(instant_of(record).timestamp()) for record in records],
        "missing": [every & ~each.filled for each in facts],
        "length": [each.length for each in facts],
        "versions": [len(versions) for versions in articles],
        "ends": ends,
    }


def _numbered(names: Sequence[str]) -> tuple[list[str], list[int]]:
    numbers: dict[str, int] = {}
    column = [numbers.setdefault(name, len(numbers)) for name in names]
    return list(numbers), column
