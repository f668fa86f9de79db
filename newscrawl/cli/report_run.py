"""Run ``newscrawl report``: read the records, name what cannot be read, write the page."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from newscrawl.cli.console import console, fail, say, warn
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.output import OutputError, line_output
from newscrawl.records.reading import Place, Problem, RecordReader
from newscrawl.state import StateError
from newscrawl.state.history import read_runs

if TYPE_CHECKING:
    from newscrawl.report.articles import Articles
    from newscrawl.report.contents import LeftOut
    from newscrawl.report.rejects import Reason
    from newscrawl.report.runs import RunFigures

_MOST_NAMED = 10
"""Problems of a kind that are named on standard error, and in the report."""

_EVERY = 200
"""Records between two looks at how far the reading is."""


@dataclass(slots=True)
class ReportRun:
    """One run of the command."""

    targets: list[str]
    output: Path
    state: str | None
    summaries: list[Path]
    rejects: list[Path] | None
    articles: int
    max_size: float
    lost: dict[str, list[Problem]] = field(default_factory=dict)
    """What could not be read, by reason: the first few."""
    times: dict[str, int] = field(default_factory=dict)

    def run(self) -> ExitCode:
        """Make the report; return the code to end with."""
        try:
            from newscrawl.report import collect
        except ImportError as error:
            fail(f"a report needs {error.name}: pip install 'newscrawl[report]'")
        reader = RecordReader(self.targets, on_problem=self.take)
        articles = collect(self._with_progress(reader), limit=self.articles)
        if not reader.records and self._nothing_was_there(reader):
            fail("nothing could be read: no report is made", ExitCode.NOTHING)
        runs, reasons, source = self._side_files()
        self._name_more()
        try:
            size = self._write(articles, runs, reasons, source)
        except OutputError as error:
            fail(str(error), ExitCode.OUTPUT)
        say(self._result(articles, size))
        if not articles.facts:
            return ExitCode.NOTHING
        return ExitCode.PARTIAL if self.times else ExitCode.OK

    def take(self, problem: Problem) -> None:
        """Name a problem, the first of each kind; what is only remarked is no loss."""
        if problem.is_loss:
            self.times[problem.reason] = self.times.get(problem.reason, 0) + 1
            if self.times[problem.reason] > _MOST_NAMED:
                return
            self.lost.setdefault(problem.reason, []).append(problem)
        warn(str(problem))

    def _nothing_was_there(self, reader: RecordReader) -> bool:
        """Return whether no file at all could be opened: most likely a name is misspelt."""
        return bool(reader.files) and self.times.get("unreadable", 0) >= len(reader.files)

    def _with_progress(self, reader: RecordReader) -> Iterator[tuple[Place, dict[str, Any]]]:
        columns = (TextColumn("reading"), BarColumn(), TaskProgressColumn())
        shown = console.is_terminal and reader.size is not None
        with Progress(*columns, console=console, transient=True, disable=not shown) as progress:
            task = progress.add_task("", total=reader.size)
            for number, pair in enumerate(reader):
                if number % _EVERY == 0:
                    progress.update(task, completed=reader.position)
                yield pair

    def _side_files(self) -> tuple[list[RunFigures] | None, list[Reason] | None, str]:
        """Return the runs, the reasons of rejects and where these were counted."""
        from newscrawl.report.rejects import reasons_of, reasons_of_runs
        from newscrawl.report.runs import runs_of

        summaries = self._summaries()
        runs = None if summaries is None else runs_of(summaries)
        files = self._rejects_files()
        if files:
            names = ", ".join(str(path) for path in files)
            return runs, reasons_of(self._rejects(files)), names
        if summaries:
            return runs, reasons_of_runs(summaries), "counted by the runs"
        return runs, None, ""

    def _summaries(self) -> list[dict[str, Any]] | None:
        from newscrawl.report.runs import summaries_of
        from newscrawl.report.side_files import read_summaries

        if self.state is None and not self.summaries:
            return None
        found: list[dict[str, Any]] = []
        for path in self.summaries:
            found += read_summaries(str(path), self.take)
        if self.state is not None:
            try:
                found += summaries_of(read_runs(self.state))
            except StateError as error:
                self.take(Problem(Place("--state"), "unreadable", str(error)))
        return found

    def _rejects_files(self) -> list[Path]:
        """Return the files that are named, else the one that a crawl writes beside its output."""
        if self.rejects is not None:
            return self.rejects
        paths = [Path(target) for target in self.targets if target != "-"]
        folders = {path if path.is_dir() else path.parent for path in paths}
        beside = (folder / "rejects.jsonl" for folder in folders)
        return sorted(path for path in beside if path.is_file())

    def _rejects(self, files: Iterable[Path]) -> Iterator[Mapping[str, Any]]:
        from newscrawl.report.side_files import read_rejects

        for path in files:
            yield from read_rejects(str(path), self.take)

    def _name_more(self) -> None:
        for reason, times in self.times.items():
            if times > _MOST_NAMED:
                warn(f"{reason}: {times - _MOST_NAMED:,} more")

    def _left_out(self) -> list[LeftOut]:
        from newscrawl.report.contents import LeftOut

        return [
            LeftOut(reason, self.times[reason], [f"{each.place}: {each.detail}" for each in found])
            for reason, found in self.lost.items()
        ]

    def _write(
        self,
        articles: Articles,
        runs: list[RunFigures] | None,
        reasons: list[Reason] | None,
        source: str,
    ) -> int:
        """Write the page whole, or leave what was there; return its bytes."""
        from newscrawl.report import make_report
        from newscrawl.report.packing import MEGABYTE

        size = 0
        with console.status("making the report") if console.is_terminal else nullcontext():
            pieces = make_report(
                articles,
                made=datetime.now(UTC),
                inputs=self.targets,
                reasons=reasons,
                reasons_from=source,
                runs=runs,
                left_out=self._left_out(),
                most=int(self.max_size * MEGABYTE),
            )
            with line_output(self.output) as write:
                for piece in pieces:
                    data = piece.encode("utf-8", "replace")
                    size += len(data)
                    write(data)
        return size

    def _result(self, articles: Articles, size: int) -> str:
        from newscrawl.report.timeline import counted

        sites = len({each.site for each in articles.facts})
        where = "the report" if str(self.output) == "-" else os.fspath(self.output)
        counts = f"{counted(len(articles.facts), 'article')} of {counted(sites, 'site')}"
        return f"{where}: {counts}, {size / 1e6:.1f} MB"
