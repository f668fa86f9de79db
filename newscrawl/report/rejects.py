"""Pages that became no record, counted by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from newscrawl.report.articles import site_name

_EXAMPLES = 3


@dataclass(slots=True)
class Reason:
    """The pages that were rejected for one reason."""

    name: str
    pages: int = 0
    sites: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str]] = field(default_factory=list)
    """(address, detail) of the first few."""


def reasons_of(rejects: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """Return the reasons of the lines of a rejects file, the commonest first."""
    found: dict[str, Reason] = {}
    for reject in rejects:
        reason = found.setdefault(reject["reason"], Reason(reject["reason"]))
        reason.pages += 1
        reason.sites[site_name(reject["url"])] += 1
        if len(reason.examples) < _EXAMPLES:
            reason.examples.append((reject["url"], reject.get("detail") or ""))
    return _ordered(found)


def reasons_of_runs(summaries: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """Return the same of the figures of runs, which count reasons and keep no pages."""
    found: dict[str, Reason] = {}
    for summary in summaries:
        for name, pages in summary.get("rejects", {}).items():
            found.setdefault(name, Reason(name)).pages += pages
        for site, figures in summary.get("sites", {}).items():
            for name, pages in figures.get("rejects", {}).items():
                if name in found:
                    found[name].sites[site] += pages
    return _ordered(found)


def _ordered(found: Mapping[str, Reason]) -> list[Reason]:
    return sorted(found.values(), key=lambda reason: (-reason.pages, reason.name))
