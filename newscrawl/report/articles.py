"""Records put together as articles: the versions of each, and what the figures need of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from newscrawl.discovery import site_of
from newscrawl.extraction.identity import identities

FIELDS = (
    "headline", "date", "caption", "body", "description", "authors", "credit", "images",
    "date_modified", "section", "tags", "language", "publisher", "canonical_url",
)  # fmt: skip
"""Fields whose fill rate is shown; bit N of `Facts.filled` is field N."""

_SLACK = 1.25
_UNDATED = datetime.min.replace(tzinfo=UTC)

Record = dict[str, Any]


class Version(NamedTuple):
    """One record of an article, and where it stands."""

    place: str
    """``news.jsonl:12``."""
    record: Record

    @property
    def order(self) -> tuple[int, str]:
        """The sort key of an article's versions: the revision, then when it was fetched."""
        return self.record.get("revision", 1), self.record.get("fetched_at") or ""


class Facts(NamedTuple):
    """Values of an article's latest version that the figures need."""

    site: str
    """Registrable domain."""
    language: str
    """Primary subtag, lower case; empty where none is set."""
    day: str
    """Of publication, ``2022-04-12`` as the page has it; empty where there is none."""
    filled: int
    """A bit for each of `FIELDS` that is set."""
    length: int
    """Characters of the body."""


@dataclass(slots=True)
class Articles:
    """All articles of the files that were read.

    The figures' facts are kept of every article, whole records of the newest ``limit`` alone, so
    that memory grows by some hundred bytes an article beyond them.
    """

    limit: int = 20_000
    facts: list[Facts] = field(default_factory=list)
    records: int = 0
    """Records that were read."""
    repeated: int = 0
    """Those of them that say the same as another one of the same article."""
    _latest: list[tuple[int, str]] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)
    _kept: dict[int, list[Version]] = field(default_factory=dict)

    def add(self, place: str, record: Record) -> None:
        """Take a record, as a new article or as a version of one that is known."""
        self.records += 1
        version = Version(place, record)
        number = self._number_of(record)
        if number == len(self.facts):
            self.facts.append(facts_of(record))
            self._latest.append(version.order)
            self._kept[number] = [version]
            if len(self._kept) > self.limit * _SLACK:
                self._drop_oldest()
            return
        known = self._kept.get(number)
        if known is not None and any(_same(version, other) for other in known):
            self.repeated += 1
            return
        if version.order >= self._latest[number]:
            self._latest[number] = version.order
            self.facts[number] = facts_of(record)
        if known is not None:
            known.append(version)

    def newest(self) -> list[list[Version]]:
        """Return the newest articles, at most ``limit``, each with its latest version first."""
        self._drop_oldest()
        return [
            sorted(versions, key=lambda version: version.order, reverse=True)
            for versions in sorted(self._kept.values(), key=_instant, reverse=True)
        ]

    def _number_of(self, record: Record) -> int:
        """Return the article's number; a new one is that of the next article."""
        keys = [hash(key) for key in _identities(record)]
        known = [self._numbers[key] for key in keys if key in self._numbers]
        number = min(known, default=len(self.facts))
        for key in keys:
            self._numbers.setdefault(key, number)
        return number

    def _drop_oldest(self) -> None:
        if len(self._kept) <= self.limit:
            return
        ordered = sorted(self._kept.items(), key=lambda item: _instant(item[1]), reverse=True)
        self._kept = dict(ordered[: self.limit])


def collect(records: Iterable[tuple[Any, Record]], *, limit: int = 20_000) -> Articles:
    """Return the articles of (place, record) pairs."""
    articles = Articles(limit)
    for place, record in records:
        articles.add(str(place), record)
    return articles


def facts_of(record: Record) -> Facts:
    """Return what the figures need of a record."""
    filled = sum(1 << bit for bit, name in enumerate(FIELDS) if record.get(name))
    language = (record.get("language") or "").partition("-")[0].lower()
    return Facts(
        site_name(record["url"]),
        language,
        (record.get("date") or "")[:10],
        filled,
        len(record.get("body") or ""),
    )


def site_name(url: str) -> str:
    """Return what the site of an address is called: its registrable domain, else its host."""
    return site_of(url).removeprefix("www.") or "(no site)"


def instant_of(record: Record) -> datetime:
    """Return when an article was published, else when it was fetched; a day is its midnight."""
    for name in ("date", "fetched_at"):
        try:
            moment = datetime.fromisoformat(record.get(name) or "")
        except ValueError:
            continue
        try:
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except OverflowError:  # the first or last day of all, moved by its offset
            continue
    return _UNDATED


def _instant(versions: list[Version]) -> datetime:
    return instant_of(max(versions, key=lambda version: version.order).record)


def _identities(record: Record) -> tuple[str, ...]:
    url = record["url"]
    try:
        return identities(url, record.get("canonical_url"), record.get("headline"))
    except ValueError:  # no address that could be read: it is known by how it is written
        return (url,)


def _same(version: Version, other: Version) -> bool:
    return version.record == other.record or (
        version.record.get("content_hash") is not None
        and version.record["content_hash"] == other.record.get("content_hash")
        and version.order[0] == other.order[0]
    )
