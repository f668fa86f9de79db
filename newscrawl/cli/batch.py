"""A run over saved pages: find them, extract them on all processors, write, count, report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from time import perf_counter

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from newscrawl.cli.console import console, fail, warn
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.output import OutputError, Write, line_output
from newscrawl.cli.summary import Summary, print_summary
from newscrawl.extraction.inputs import Input, ManifestError, find_inputs, read_manifest
from newscrawl.extraction.record import RecordOptions
from newscrawl.extraction.rights import checked_reservations
from newscrawl.extraction.saved import FileTime, Outcome, crashed, json_line, outcome_of, with_data
from newscrawl.records.reading.files import STDIN
from newscrawl.workers.ordered_map import Crash, ordered_map, processors
from newscrawl.workers.pool import preload

# Fewer pages than this are done before worker processes would have started.
_FEW = 16

# Rejects that are not about the page but about the run: said even when they also go to a file.
_ALWAYS_SAID = frozenset({"unreadable", "internal", "crashed"})


@dataclass(slots=True)
class Batch:
    """One run of ``newscrawl extract``; the fields are its options."""

    targets: list[str]
    output: Path | None = None
    url: str = ""
    urls: Path | None = None
    jobs: int | None = None
    rejects: Path | None = None
    fetched_at: str = ""
    withhold: list[str] = field(default_factory=list)
    debug: bool = False
    summary: Summary = field(default_factory=Summary)

    def run(self) -> ExitCode:
        """Do it and return the exit code. Raises ``typer.Exit`` for what cannot be done at all."""
        if not self.targets and self.urls is None:
            fail("no page to extract: name files, folders or - (see newscrawl extract --help)")
        fetched_at = _moment(self.fetched_at)
        options = self._options()
        start = perf_counter()
        try:
            inputs, several = self._inputs()
            self._write_all(self._outcomes(inputs, fetched_at, options), several=several)
        except ManifestError as error:
            fail(str(error))
        except OutputError as error:
            fail(f"{error}; make room, or choose another place with -o", ExitCode.OUTPUT)
        if several:
            print_summary(self.summary, perf_counter() - start, console)
        return self._exit_code()

    def _options(self) -> RecordOptions:
        try:
            return RecordOptions(withhold=checked_reservations(self.withhold))
        except ValueError as error:
            fail(f"--withhold-body: {error}")

    def _inputs(self) -> tuple[Iterator[Input], bool]:
        """Return the pages, and whether there are more than one. Raises ManifestError."""
        if self.urls is None:
            inputs = find_inputs(self.targets)
        elif not self.targets:
            inputs = read_manifest(self.urls)
        else:
            inputs = find_inputs(self.targets, self._addresses(self.urls))
        first = list(islice(inputs, 2))
        several = len(first) > 1
        if self.url and several:
            fail("--url is the address of one page, and there are more: use --urls")
        if self.url:
            first = [replace(item, url=self.url) for item in first]
        return chain(first, inputs), several

    def _addresses(self, manifest: Path) -> dict[str, str]:
        """Return the addresses in the manifest by absolute path; other pages' do not matter."""
        return {
            os.path.realpath(item.path): item.url for item in read_manifest(manifest) if item.url
        }

    def _outcomes(
        self,
        inputs: Iterator[Input],
        fetched_at: datetime | FileTime | None,
        options: RecordOptions,
    ) -> Iterator[Outcome]:
        preload("newscrawl.cli.batch")
        first = list(islice(inputs, _FEW))
        jobs = (self.jobs or processors()) if len(first) == _FEW else 1
        function = partial(outcome_of, fetched_at=fetched_at, options=options)
        for outcome in ordered_map(function, map(with_data, chain(first, inputs)), jobs=jobs):
            yield crashed(outcome.item) if isinstance(outcome, Crash) else outcome

    def _write_all(self, outcomes: Iterator[Outcome], *, several: bool) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        hidden = not (several and console.is_terminal)
        with ExitStack() as stack:
            write = stack.enter_context(line_output(self.output))
            write_reject = stack.enter_context(line_output(self.rejects)) if self.rejects else None
            progress = stack.enter_context(
                Progress(*columns, console=console, transient=True, disable=hidden)
            )
            task = progress.add_task("")
            for outcome in outcomes:
                self._take(outcome, write, write_reject)
                counts = f"{self.summary.pages:,} pages, {self.summary.articles:,} articles"
                progress.update(task, advance=1, description=counts)

    def _take(self, outcome: Outcome, write: Write, write_reject: Write | None) -> None:
        reject = outcome.reject
        if reject is None:
            write(outcome.line or b"")
            self.summary.articles += 1
            self.summary.filled.update(outcome.filled)
            return
        self.summary.rejects[reject.reason] += 1
        if write_reject is not None:
            write_reject(json_line(reject.to_dict()))
        if write_reject is not None and reject.reason not in _ALWAYS_SAID:
            return
        if outcome.traceback and self.debug:
            console.print(outcome.traceback, markup=False, soft_wrap=True)
        hidden = outcome.traceback and not self.debug
        step = "; run again with --debug for the traceback" if hidden else ""
        name = "standard input" if outcome.path == STDIN else outcome.path
        warn(f"{name}: {reject.reason}: {reject.detail}{step}")

    def _exit_code(self) -> ExitCode:
        rejects = self.summary.rejects
        if rejects["internal"] or rejects["crashed"]:
            return ExitCode.INTERNAL
        if not self.summary.articles:
            return ExitCode.NOTHING
        return ExitCode.PARTIAL if rejects else ExitCode.OK


def _moment(text: str) -> datetime | FileTime | None:
    if text == "mtime":
        return "mtime"
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        fail(f"--fetched-at {text}: neither an ISO 8601 time nor mtime")
    if moment is not None and moment.tzinfo is None:
        fail(f"--fetched-at {text}: no offset; write it as in 2022-04-12T18:05:00Z")
    return moment
