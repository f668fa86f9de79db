"""The articles whose bodies are most in doubt, site by site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newscrawl.report.articles import Version, site_name

DOUBTFUL = 0.8
"""A body with a lower confidence is listed; of those that are right it is one in fifty."""

MOST_OF_A_SITE = 5
MOST_SITES = 40


class Doubt(NamedTuple):
    """An article that a person should look at."""

    confidence: float
    url: str
    headline: str


class DoubtfulSite(NamedTuple):
    """A site's most doubtful articles, the most doubtful first."""

    site: str
    articles: int
    """Those of the site whose body is in doubt, listed or not."""
    worst: Sequence[Doubt]


def doubtful_sites(articles: Iterable[Sequence[Version]]) -> list[DoubtfulSite]:
    """Return the sites with doubtful bodies, that with most of them first.

    Each article is given as its versions, the latest first.
    """
    found: defaultdict[str, list[Doubt]] = defaultdict(list)
    for versions in articles:
        record = versions[0].record
        confidence = _confidence(record.get("confidence"))
        if confidence is not None and confidence < DOUBTFUL:
            doubt = Doubt(confidence, record["url"], record.get("headline") or record["url"])
            found[site_name(record["url"])].append(doubt)
    sites = [
        DoubtfulSite(site, len(doubts), sorted(doubts)[:MOST_OF_A_SITE])
        for site, doubts in found.items()
    ]
    return sorted(sites, key=lambda site: (-site.articles, site.site))[:MOST_SITES]


def _confidence(stated: object) -> float | None:
    """Return the confidence of the body; None for a record that has none."""
    value = stated.get("body") if isinstance(stated, dict) else None
    return float(value) if isinstance(value, int | float) else None
