"""Compare for ``newscrawl diff``, and show the differences."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.cli.article_view import console_for, plain
from newscrawl.cli.console import console, fail
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.record_options import Problems
from newscrawl.cli.shown import revisions_of
from newscrawl.records.changes import Change, changed_fields, value_text, word_changes
from newscrawl.records.export import ExportError
from newscrawl.records.export.comparison import ArticleChange, Comparison
from newscrawl.records.output import Record
from newscrawl.records.reading import RecordReader
from newscrawl.text.cleaning import clean_text

_STYLES = {"same": "", "removed": "red strike", "added": "green underline"}
# Where there are no colours, as in a file, words are marked as wdiff does it.
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_LISTED = 20
_NEAR = 60
"""Characters of unchanged text that are shown at each side of a change."""


class Diff:
    """One run over one file or two."""

    def __init__(self, old: str, new: str, revisions: str, *, as_json: bool) -> None:
        self.old = old
        self.new = new
        self.revisions = revisions
        self.as_json = as_json
        self.is_incomplete = False
        """Whether something could not be read."""

    def of_article(self, url: str) -> bool:
        """Show what changed in an article; tell whether anything did."""
        if self.new:
            before, after = self._found(self.old, url)[-1], self._found(self.new, url)[-1]
        else:
            before, after = self._two_revisions(url)
        names = changed_fields(before, after)
        if self.as_json:
            for name in names:
                change = {"field": name, "old": before.get(name), "new": after.get(name)}
                sys.stdout.write(json.dumps(change, ensure_ascii=False) + "\n")
        else:
            said = _name_of(before), _name_of(after)
            if self.new:
                said = f"{self.old}, {said[0]}", f"{self.new}, {said[1]}"
            _show_fields(names, before, after, said, console_for())
        return bool(names)

    def of_outputs(self) -> bool:
        """Show what changed from one output to another; tell whether anything did."""
        if not self.new:
            fail("name two files, or an article with --article")
        if self.revisions:
            fail("--revisions goes with --article")
        problems = Problems()
        comparison = Comparison(
            RecordReader([self.old], on_problem=problems, again=True),
            RecordReader([self.new], on_problem=problems, again=True),
        )
        listed: list[ArticleChange] = []
        try:
            with console.status("comparing"):
                for change in comparison:
                    if self.as_json:
                        sys.stdout.write(json.dumps(asdict(change), ensure_ascii=False) + "\n")
                    elif comparison.counts[change.kind] <= _LISTED:
                        listed.append(change)
        except ExportError as error:
            fail(str(error), ExitCode.OUTPUT)
        problems.say_rest()
        if not comparison.old.records and not comparison.new.records:
            fail("no record in either file", ExitCode.NOTHING)
        self.is_incomplete = comparison.old.lost + comparison.new.lost > 0
        _say_counts(comparison)
        _show_listed(listed, comparison, console_for())
        return comparison.counts.total() > comparison.counts["same"]

    def _two_revisions(self, url: str) -> tuple[Record, Record]:
        found = self._found(self.old, url)
        if self.revisions:
            numbers = re.fullmatch(r"(\d{1,9}):(\d{1,9})", self.revisions)
            if numbers is None:
                fail(f"--revisions {self.revisions}: write it as in 1:3")
            known = {record.get("revision") or 1: record for record in found}
            for number in map(int, numbers.groups()):
                if number not in known:
                    there = ", ".join(map(str, known))
                    what = f"no revision {number} of it; there are {there}"
                    fail(f"{self.old}: {what}", ExitCode.NOTHING)
            return known[int(numbers[1])], known[int(numbers[2])]
        if len(found) < 2:
            what = f"one revision of {url} alone, so nothing to compare"
            fail(f"{self.old}: {what}", ExitCode.NOTHING)
        return found[-2], found[-1]

    def _found(self, path: str, url: str) -> list[Record]:
        problems = Problems()
        reader = RecordReader([path], on_problem=problems)
        found = revisions_of(reader, url)
        problems.say_rest()
        self.is_incomplete = self.is_incomplete or reader.lost > 0
        if not found:
            fail(f"{path}: no article {url}; newscrawl show {path} lists them", ExitCode.NOTHING)
        return found


def _show_fields(
    names: list[str], before: Record, after: Record, said: tuple[str, str], out: Console
) -> None:
    out.print(Text(plain(after.get("headline")), style="bold"))
    out.print(Text(" → ".join(said), style="dim"))
    for name in names:
        changes = word_changes(_text_of(name, before), _text_of(name, after))
        out.print(Text(f"\n{name}", style="bold dim"))
        out.print(_marked(changes, out))
    if not names:
        out.print("no difference")


def _name_of(record: Record) -> str:
    fetched = plain(record.get("fetched_at"))
    name = f"revision {record.get('revision') or 1}"
    return f"{name}, fetched {fetched}" if fetched else name


def _text_of(name: str, record: Record) -> str:
    value = record.get(name)
    return (
        clean_text(value_text(value))
        if name == "body"
        else "\n".join(plain(line) for line in value_text(value).split("\n"))
    )


def _marked(changes: list[Change], out: Console) -> Text:
    """Return the changes with as much of the unchanged text as it takes to find them."""
    text = Text()
    for number, change in enumerate(changes):
        words = change.text
        if change.kind == "same":
            words = _near(words, is_first=not number, is_last=number == len(changes) - 1)
        before, after = ("", "") if out.color_system else _MARKS[change.kind]
        space = words[: len(words) - len(words.lstrip())]
        text.append(space)
        text.append(f"{before}{words[len(space) :]}{after}", style=_STYLES[change.kind])
    return text


def _near(text: str, *, is_first: bool, is_last: bool) -> str:
    if len(text) <= 2 * _NEAR:
        return text
    head = "" if is_first else text[:_NEAR].rpartition(" ")[0] + " "
    tail = "" if is_last else " " + text[-_NEAR:].partition(" ")[2]
    return f"{head}…{tail}"


def _say_counts(comparison: Comparison) -> None:
    rows = [(kind, comparison.counts[kind]) for kind in ("added", "removed", "changed", "same")]
    rows += [(f"  {name}", count) for name, count in comparison.fields.most_common()]
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for name, count in rows:
        table.add_row(name, f"{count:,}")
    console.print(table)


def _show_listed(listed: list[ArticleChange], comparison: Comparison, out: Console) -> None:
    for kind, sign in _SIGNS.items():
        for change in (each for each in listed if each.kind == kind):
            line = Text.assemble((f"{sign} ", "bold"), plain(change.headline) or "(no headline)")
            if change.fields:
                line.append(f" ({', '.join(change.fields)})", style="dim")
            out.print(line)
            out.print(Text(f"  {plain(change.url)}", style="dim", overflow="fold"))
        if comparison.counts[kind] > _LISTED:
            out.print(Text(f"{sign} and {comparison.counts[kind] - _LISTED:,} more", style="dim"))
