"""One run of ``newscrawl export``: checks, the way of the records, the summary, the exit code."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from newscrawl.cli.console import console, fail, warn
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.output import OutputError, line_output
from newscrawl.cli.record_options import Problems
from newscrawl.cli.summary import by_name, pace
from newscrawl.records.export import Entry, Filters, Format, Selection, export_file
from newscrawl.records.export.formats import is_stream, missing_packages
from newscrawl.records.reading import RecordReader

_COLUMNS = (
    TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(),
)  # fmt: skip


@dataclass
class Export:
    """One run of ``newscrawl export``."""

    targets: list[str]
    target: Format
    output: Path
    filters: Filters
    all_revisions: bool
    bad: Path | None
    force: bool
    as_json: bool
    written: int = field(default=0, init=False)

    def run(self) -> ExitCode:
        """Export, say what came of it, and return the exit code."""
        self._check()
        started = time.monotonic()
        problems = Problems()
        # Where one pass is enough, a pipe is read as it comes.
        twice = not self.all_revisions or self.target.all_revisions
        self.reader = RecordReader(self.targets, on_problem=problems, again=twice)
        self._check_inputs()
        self.selection = Selection(
            self.reader, self.filters, self.all_revisions, numbered=self.target.all_revisions
        )
        try:
            with ExitStack() as stack:
                if self.bad is not None:
                    self.reader.bad = stack.enter_context(line_output(self.bad))
                self._write(self._shown(stack))
        except FileExistsError:
            self._refuse_to_replace()
        except (OSError, OutputError) as error:
            self._output_failed(error)
        problems.say_rest()
        self._say_summary(time.monotonic() - started)
        if not self.written:
            warn("no record to export; nothing was written")
            return ExitCode.NOTHING
        return ExitCode.PARTIAL if self.reader.lost else ExitCode.OK

    def _write(self, entries: Iterator[Entry]) -> None:
        """Write all entries; without any the output is not touched."""
        first = next(entries, None)
        if first is None:
            return
        with export_file(self.output, self.target, force=self.force) as writer:
            writer.write(first)
            for count, entry in enumerate(entries, start=2):
                writer.write(entry)
                self.written = count
        self.written = max(self.written, 1)

    def _shown(self, stack: ExitStack) -> Iterator[Entry]:
        """Yield the entries under a bar of the bytes that were read."""
        progress = stack.enter_context(
            Progress(*_COLUMNS, console=console, transient=True, disable=not console.is_terminal)
        )
        selection = self.selection
        task = progress.add_task("", total=selection.size)

        def show() -> None:
            progress.update(task, completed=selection.position, description=selection.doing)

        selection.on_progress = show
        return iter(selection)

    def _check(self) -> None:
        """End the command where it cannot go on; nothing was done yet."""
        missing = missing_packages(self.target)
        if missing:
            names = " and ".join(missing)
            fail(f"--to {self.target.name} needs {names}: pip install 'newscrawl[export]'")
        if is_stream(self.output):
            if not self.target.is_text:
                fail(f"--to {self.target.name} is no text; name a file with -o")
        elif self.output.is_dir():
            fail(f"{self.output} is a folder; name a file with -o")
        elif self.output.exists() and not self.force:
            self._refuse_to_replace()
        elif not self.output.parent.is_dir():
            fail(f"{self.output.parent}: no such folder", ExitCode.OUTPUT)

    def _check_inputs(self) -> None:
        """End the command if a file would be written that is read, or written twice."""
        if self.bad is not None and self.bad.absolute() == self.output.absolute():
            fail(f"--bad {self.bad} is the output, too; name another file")
        for path in filter(None, (self.output, self.bad)):
            for found in self.reader.files:
                if os.path.exists(found.path) and path.exists() and path.samefile(found.path):
                    fail(f"{path} is read and cannot be written, too; name another file")

    def _refuse_to_replace(self) -> None:
        fail(f"{self.output} is there and stays as it is; replace it with --force")

    def _output_failed(self, error: Exception) -> None:
        if isinstance(error, BrokenPipeError):
            raise error
        words = getattr(error, "strerror", None) or str(error)
        fail(
            f"the output could not be written: {self.output}: {words}; what was there before is "
            "as it was",
            ExitCode.OUTPUT,
        )

    def _say_summary(self, seconds: float) -> None:
        reader, selection = self.reader, self.selection
        if self.as_json:
            summary = {
                "output": str(self.output),
                "format": self.target.name,
                "read": reader.records,
                "written": self.written,
                "superseded": selection.superseded,
                "filtered": dict(selection.filtered),
                "lost": dict(reader.problems),
                "schema_versions": dict(reader.versions),
                "bytes": self.output.stat().st_size if self.output.is_file() else None,
                "seconds": round(seconds, 3),
            }
            print(json.dumps(summary, ensure_ascii=False), file=sys.stderr)
            return
        rows = [
            ("records read", reader.records, pace(reader.records, seconds)),
            ("not readable", reader.lost, by_name(dict(reader.problems.most_common()))),
            ("older revisions", selection.superseded, "left out; --revisions all keeps them"),
            ("not asked for", selection.filtered.total(), by_name(selection.filtered)),
            ("written", self.written, f"{self.output}{self._size()}"),
        ]
        table = Table(show_header=False, box=None, pad_edge=False)
        table.add_column(style="bold", no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(overflow="fold")
        for name, count, remark in rows:
            if count or name in {"records read", "written"}:
                table.add_row(name, f"{count:,}", Text(remark))
        console.print(table)

    def _size(self) -> str:
        if not self.written or not self.output.is_file():
            return ""
        return f", {decimal(self.output.stat().st_size)}"
