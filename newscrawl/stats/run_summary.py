"""Summarise a run: figures of the whole, and of each site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from newscrawl.stats.drift import Alarm, SiteFigures

DAMAGED_LISTINGS = "newscrawl/damaged_listings"
"""The stat that names listings read in part: a dict of address to what is missing."""

MAX_DAMAGED_LISTINGS = 100
"""So many are named; ``newscrawl/damaged`` counts them all."""

_PREFIX = "newscrawl/"
_SITE_PREFIX = "newscrawl/site/"
_GROUPS = frozenset({"rejects", "skipped", "listings", "filled"})
_KNOWN = ("unchanged", "known", "not_modified", "not_due")


@dataclass(slots=True)
class FailedTarget:
    """A start address that could not be fetched."""

    url: str
    reason: str
    """One word, as in ``rejects.jsonl``."""
    detail: str
    """A sentence for people."""


@dataclass(slots=True)
class DamagedListing:
    """A feed or sitemap that could be read only in part."""

    url: str
    damage: str
    """What is missing, in words."""


@dataclass(slots=True)
class RunSummary:
    """The figures of one run."""

    started: str = ""
    """ISO 8601, UTC."""
    pages: int = 0
    """Answers, robots.txt not counted."""
    articles: int = 0
    """Records written."""
    revised: int = 0
    """Those of them that are revisions of articles known from before."""
    rejects: dict[str, int] = field(default_factory=dict)
    """Pages that became no record, by reason."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Pages that were not looked at, by reason."""
    listings: dict[str, int] = field(default_factory=dict)
    """Feeds, sitemaps and section pages that were followed."""
    filled: dict[str, int] = field(default_factory=dict)
    """Records in which each field is set."""
    bytes: int = 0
    """Of all answers, as they came over the line."""
    seconds: float = 0.0
    finish_reason: str = ""
    """``finished``, ``shutdown`` (interrupted), ``output_error`` or what ended the crawl."""
    failed_targets: list[FailedTarget] = field(default_factory=list)
    damaged_listings: list[DamagedListing] = field(default_factory=list)
    """Feeds and sitemaps that were read in part; they are read again in the next run."""
    output_error: str | None = None
    state_error: str | None = None
    frontier_error: str | None = None
    internal_errors: int = 0
    alarms: list[Alarm] = field(default_factory=list)
    """What has drifted; only a run with a state can tell."""
    sites: dict[str, SiteFigures] = field(default_factory=dict)
    """The figures of each site that had any."""

    @classmethod
    def from_stats(
        cls, stats: Mapping[str, Any], failed_targets: Mapping[str, tuple[str, str]]
    ) -> RunSummary:
        """Return the summary of Scrapy's stats at the end of a crawl."""

        def group(name: str) -> dict[str, int]:
            prefix = f"{_PREFIX}{name}/"
            return _ordered(
                {key.removeprefix(prefix): n for key, n in stats.items() if key.startswith(prefix)}
            )

        return cls(
            pages=stats.get("newscrawl/pages", 0),
            articles=stats.get("newscrawl/articles", 0),
            revised=stats.get("newscrawl/revised", 0),
            rejects=group("rejects"),
            skipped=group("skipped"),
            listings=group("listings"),
            filled=group("filled"),
            bytes=stats.get("newscrawl/bytes", 0),
            seconds=round(stats.get("elapsed_time_seconds", 0.0), 3),
            finish_reason=stats.get("finish_reason", ""),
            failed_targets=[FailedTarget(url, *why) for url, why in failed_targets.items()],
            damaged_listings=[
                DamagedListing(url, damage)
                for url, damage in stats.get(DAMAGED_LISTINGS, {}).items()
            ],
            output_error=stats.get("newscrawl/output_error"),
            state_error=stats.get("newscrawl/state_error"),
            frontier_error=stats.get("newscrawl/frontier_error"),
            internal_errors=stats.get("newscrawl/internal_errors", 0),
            sites=_sites(stats),
        )

    @property
    def pages_per_second(self) -> float:
        """Pages a second over the whole run."""
        return self.pages / self.seconds if self.seconds else 0.0

    @property
    def known(self) -> int:
        """The number of pages and listings that were known and have nothing new."""
        return sum(self.skipped.get(reason, 0) for reason in _KNOWN)

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as a JSON-serialisable dict."""
        return {
            **{name: getattr(self, name) for name in self.__slots__},
            "failed_targets": [asdict(target) for target in self.failed_targets],
            "damaged_listings": [asdict(listing) for listing in self.damaged_listings],
            "alarms": [asdict(alarm) for alarm in self.alarms],
            "sites": {site: figures.to_dict() for site, figures in self.sites.items()},
            "pages_per_second": round(self.pages_per_second, 2),
        }


def _sites(stats: Mapping[str, Any]) -> dict[str, SiteFigures]:
    counted: dict[str, dict[str, Any]] = {}
    for key, number in stats.items():
        if not key.startswith(_SITE_PREFIX):
            continue
        # A site's name may have slashes itself; the groups of counts are known.
        *site, group, name = key.removeprefix(_SITE_PREFIX).split("/")
        if site and group in _GROUPS:
            counted.setdefault("/".join(site), {}).setdefault(group, {})[name] = number
        else:
            counted.setdefault("/".join([*site, group]), {})[name] = number
    return {site: _figures(counts) for site, counts in sorted(counted.items())}


def _figures(counts: Mapping[str, Any]) -> SiteFigures:
    rejects, skipped = _ordered(counts.get("rejects", {})), _ordered(counts.get("skipped", {}))
    articles, revised = counts.get("articles", 0), counts.get("revised", 0)
    unchanged = skipped.get("unchanged", 0)
    return SiteFigures(
        pages=counts.get("pages", 0),
        listings=sum(counts.get("listings", {}).values()),
        found=counts.get("links", 0),
        fetched=articles + unchanged + sum(rejects.values()),
        new=articles - revised,
        revised=revised,
        unchanged=unchanged,
        rejects=rejects,
        skipped=skipped,
        filled=_ordered(counts.get("filled", {})),
        bytes=counts.get("bytes", 0),
        seconds=round(counts.get("download_seconds", 0.0), 3),
    )


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
