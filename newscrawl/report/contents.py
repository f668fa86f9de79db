"""The contents of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.report.doubts import DoubtfulSite
from newscrawl.report.figures import Figures
from newscrawl.report.packing import Packed
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines or files that could not be read for one reason."""

    reason: str
    times: int
    examples: Sequence[str]
    """The first few, each with file and line."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the page shows."""

    made: datetime
    version: str
    """Of newscrawl."""
    inputs: Sequence[str]
    """The files that were read, as they were named."""
    figures: Figures
    packed: Packed
    records: int = 0
    repeated: int = 0
    """Records that say what another one says."""
    reasons: Sequence[Reason] | None = None
    """Of rejects; None where neither a file of rejects nor runs are known."""
    reasons_from: str = ""
    """Where the rejects were counted."""
    runs: Sequence[RunFigures] | None = None
    """The oldest first; None where no runs were asked for."""
    left_out: Sequence[LeftOut] = field(default_factory=tuple)
    remarks: Sequence[str] = field(default_factory=tuple)
    doubtful: Sequence[DoubtfulSite] = field(default_factory=tuple)
    """Of the articles that can be read in the report."""

    @property
    def revisions(self) -> int:
        """Records beyond the first of each article."""
        return self.records - self.repeated - self.figures.articles
