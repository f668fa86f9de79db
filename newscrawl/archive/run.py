"""A run over archives: read in this process, extracted on all others, written in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from newscrawl.archive.assembly import Assembly
from newscrawl.archive.capture import Capture
from newscrawl.archive.converting import local_file
from newscrawl.archive.download import DownloadError
from newscrawl.archive.judging import Outcome, finish, judge, rejected
from newscrawl.archive.options import Options
from newscrawl.archive.pieces import Piece, Pieces, remove_parts
from newscrawl.archive.reading import NoWarcError
from newscrawl.archive.responses import read_responses
from newscrawl.archive.sources import Source, Stamp, find_sources, piece_names
from newscrawl.archive.tally import BROKEN, Tally
from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.records.output import OutputError
from newscrawl.workers.ordered_map import Crash, ordered_map, processors

_FEW = 16
"""Fewer pages than this are done before worker processes would have started."""
_MOST_SAID = 20
"""Broken records of one file that are told of one by one."""
_ALWAYS_SAID = BROKEN | {"internal", "crashed"}


@dataclass(frozen=True, slots=True)
class _Begin:
    source: Source
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class _End:
    problem: str | None = None


_Item = Capture | Outcome | _Begin | _End


@dataclass(slots=True)
class ArchiveRun:
    """One run of ``newscrawl archive``: its options, and its figures."""

    targets: list[str]
    base: str
    pieces: Pieces
    guard: AddressGuard
    warn: Callable[[str], None]
    """Tells the user of one thing that went wrong, in a line."""
    console: Console
    """For progress."""
    jobs: int | None = None
    debug: bool = False
    tally: Tally = field(default_factory=Tally)
    done: int = 0
    """WARC files that were read."""
    before: Tally = field(default_factory=Tally)
    done_before: int = 0
    """WARC files whose pieces were finished already."""
    problems: dict[str, str] = field(default_factory=dict)
    """WARC files that could not be read, and why."""

    def run(self) -> None:
        """Do it. Raises OutputError, OtherOptionsError."""
        self.pieces.lock()
        try:
            remove_parts(self.pieces.folder)
            self._run()
        finally:
            self.pieces.close()

    def _run(self) -> None:
        finished = self.pieces.finished()
        sources = list(find_sources(self.targets, self.base))
        names = piece_names(sources, {source: piece.name for source, piece in finished.items()})
        to_do: list[tuple[Source, Stamp]] = []
        seen: set[int] | None = None if self.pieces.options.duplicates else set()
        changed = set()
        for source in sources:
            stamp = self._stamp(source)
            piece = finished.get(source.name)
            if stamp is not None and piece is not None and piece.stamp == stamp:
                self.done_before += 1
                self.before.update(piece.tally)
            elif stamp is not None:
                to_do.append((source, stamp))
                changed.add(source.name)
        if seen is not None and to_do:
            for piece in finished.values():
                if piece.source not in changed:
                    seen.update(self.pieces.keys(piece.name))
        self._convert(to_do, names, seen)

    def _stamp(self, source: Source) -> Stamp | None:
        try:
            if source.problem is None:
                return source.stamp()
            self._problem(source, source.problem)
        except OSError as error:
            self._problem(source, error.strerror or str(error))
        return None

    def _problem(self, source: Source, problem: str) -> None:
        self.problems[source.name] = problem
        self.warn(f"{source.name}: {problem}")

    def _convert(
        self, to_do: list[tuple[Source, Stamp]], names: dict[str, str], seen: set[int] | None
    ) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        hidden = not self.console.is_terminal
        with Progress(*columns, console=self.console, transient=True, disable=hidden) as progress:
            task = progress.add_task("")
            results = self._results(to_do)
            for number, begin in enumerate(results, start=1):
                if not isinstance(begin, _Begin):  # each file's results end with its end
                    raise TypeError(f"a result between two files: {begin!r}")
                name = names[begin.source.name]
                with self.pieces.begin(begin.source, name, begin.stamp) as piece:
                    for _ in self._file(results, piece, seen):
                        pages = self.tally.pages + piece.tally.pages
                        articles = self.tally.articles + piece.tally.articles
                        progress.update(
                            task,
                            description=f"file {number:,} of {len(to_do):,}, {pages:,} pages, "
                            f"{articles:,} articles",
                        )

    def _file(
        self, results: Iterator[Outcome | _Begin | _End], piece: Piece, seen: set[int] | None
    ) -> Iterator[Outcome]:
        """Write one file's outcomes, yield each, and commit its piece after the last."""
        assembly = Assembly(partial(finish, options=self.pieces.options), seen)
        end = _End("the run was ended")
        for outcome in _final_outcomes(results, assembly):
            if isinstance(outcome, _End):
                end = outcome
                break
            piece.add(outcome)
            self._say(outcome, piece)
            yield outcome
        if end.problem is not None:
            self._problem(piece.source, end.problem)
            return
        piece.tally.incomplete = assembly.incomplete
        piece.commit()
        self.done += 1
        self.tally.update(piece.tally)
        more = piece.tally.broken - _MOST_SAID
        if more > 0:
            self.warn(f"{piece.source.name}: {more} more broken records, see rejects/{piece.name}")

    def _results(self, to_do: list[tuple[Source, Stamp]]) -> Iterator[Outcome | _Begin | _End]:
        items = self._items(to_do)
        first = list(islice(items, _FEW))
        captures = any(isinstance(item, Capture) for item in first)
        jobs = (self.jobs or processors()) if len(first) == _FEW and captures else 1
        function = partial(_judged, options=self.pieces.options)
        for result in ordered_map(function, chain(first, items), jobs=jobs):
            if not isinstance(result, Crash):
                yield result
            elif isinstance(result.item, Capture):
                yield rejected(result.item, "crashed", "the process that extracted it died")

    def _items(self, to_do: list[tuple[Source, Stamp]]) -> Iterator[_Item]:
        for source, stamp, path in self._fetched(to_do):
            yield _Begin(source, stamp)
            try:
                if isinstance(path, DownloadError):
                    raise path
                yield from read_responses(path, self.pieces.options.hosts)
            except (NoWarcError, DownloadError) as error:
                yield _End(str(error))
            except OSError as error:
                yield _End(error.strerror or str(error))
            else:
                yield _End()

    def _fetched(
        self, to_do: list[tuple[Source, Stamp]]
    ) -> Iterator[tuple[Source, Stamp, Path | DownloadError]]:
        """Yield each source with its file; the next is fetched while one is read."""
        ended = threading.Event()
        with ExitStack() as stack:
            pool = stack.enter_context(ThreadPoolExecutor(1))
            # Called before the pool is waited for: a run that is ended waits for no download.
            stack.callback(ended.set)
            waiting: list[Future[tuple[ExitStack, Path | DownloadError]]] = []
            for number, (source, stamp) in enumerate(to_do):
                for ahead, _ in to_do[number + len(waiting) : number + 2]:
                    waiting.append(pool.submit(self._fetch, ahead, ended))
                held, path = waiting.pop(0).result()
                with held:
                    yield source, stamp, path

    def _fetch(
        self, source: Source, ended: threading.Event
    ) -> tuple[ExitStack, Path | DownloadError]:
        held = ExitStack()
        try:
            file = local_file(source, self.pieces.folder, self.guard, ended.is_set)
            return held, held.enter_context(file)
        except DownloadError as error:
            return held, error
        except OSError as error:
            raise OutputError.of(self.pieces.folder, error) from error

    def _say(self, outcome: Outcome, piece: Piece) -> None:
        reject = outcome.reject
        if reject is None or reject.reason not in _ALWAYS_SAID:
            return
        if reject.reason in BROKEN and piece.tally.rejects[reject.reason] > _MOST_SAID:
            return
        if outcome.traceback and self.debug:
            self.console.print(outcome.traceback, markup=False, soft_wrap=True)
        hidden = outcome.traceback and not self.debug
        step = "; run again with --debug for the traceback" if hidden else ""
        self.warn(f"{piece.source.name}: byte {outcome.offset}: {reject.detail}{step}")


def _final_outcomes(
    results: Iterator[Outcome | _Begin | _End], assembly: Assembly
) -> Iterator[Outcome | _End]:
    """Yield one file's outcomes, put together, and last of all its end."""
    for result in results:
        if isinstance(result, Outcome):
            yield from assembly.add(result)
        elif isinstance(result, _End):
            yield from assembly.end()
            yield result
            return


def _judged(item: _Item, options: Options) -> Outcome | _Begin | _End:
    return judge(item, options) if isinstance(item, Capture) else item
