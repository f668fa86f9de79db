"""The runs of a crawl, from the state or from files of summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from newscrawl.state import RunRecord
from newscrawl.stats.drift import Alarm


@dataclass(frozen=True, slots=True)
class RunFigures:
    """The figures of one run."""

    started: datetime
    seconds: float = 0.0
    pages: int = 0
    new: int = 0
    revised: int = 0
    rejects: int = 0
    finish_reason: str = ""
    alarms: list[Alarm] = field(default_factory=list)


def summaries_of(records: Iterable[RunRecord]) -> list[dict[str, Any]]:
    """Return the summaries of a state's runs as ``--summary`` writes them, each with its sites."""
    return [
        {
            **record.summary,
            "started": record.summary.get("started") or _iso(record.started),
            "sites": record.sites,
        }
        for record in records
    ]


def runs_of(summaries: Iterable[Mapping[str, Any]]) -> list[RunFigures]:
    """Return the figures of summaries, the oldest run first; one that is there twice counts once.

    Raises ValueError, KeyError or TypeError for what is no summary.
    """
    runs = {run.started: run for run in map(_run_of, summaries)}
    return [runs[started] for started in sorted(runs)]


def alarms_of(runs: Sequence[RunFigures]) -> list[tuple[datetime, list[Alarm]]]:
    """Return the alarms of each run that had any, with when it started, the newest first."""
    return [(run.started, run.alarms) for run in reversed(runs) if run.alarms]


def _run_of(summary: Mapping[str, Any]) -> RunFigures:
    started = datetime.fromisoformat(summary["started"])
    revised = summary.get("revised", 0)
    return RunFigures(
        started=started.astimezone(UTC) if started.tzinfo else started.replace(tzinfo=UTC),
        seconds=float(summary.get("seconds", 0.0)),
        pages=int(summary.get("pages", 0)),
        new=int(summary.get("articles", 0)) - revised,
        revised=revised,
        rejects=sum(summary.get("rejects", {}).values()),
        finish_reason=str(summary.get("finish_reason", "")),
        alarms=[
            Alarm(alarm["site"], alarm["what"], alarm["detail"])
            for alarm in summary.get("alarms", [])
        ],
    )


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
