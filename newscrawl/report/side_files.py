"""Newscrawl's other files read back: rejects and summaries, a JSON object a line each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newscrawl.records.output.lines import LONGEST_LINE
from newscrawl.records.reading import Place, Problem
from newscrawl.records.reading.streams import open_text

Lines = Iterator[dict[str, Any]]
OnProblem = Callable[[Problem], None]


def read_rejects(path: str, on_problem: OnProblem) -> Lines:
    """Yield the rejects of a file, plain or compressed; what is none is a problem."""
    return _read(path, _is_reject, "no reject", on_problem)


def read_summaries(path: str, on_problem: OnProblem) -> Lines:
    """Yield the summaries of a file that ``--summary`` named; what is none is a problem."""
    return _read(path, _is_summary, "no summary of a run", on_problem)


def _read(
    path: str, is_wanted: Callable[[Mapping[str, Any]], bool], otherwise: str, report: OnProblem
) -> Lines:
    try:
        stream, text = open_text(path)
    except OSError as error:
        report(Problem(Place(path), "unreadable", error.strerror or str(error)))
        return
    number = 0
    with text:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                reason = "not_json" if line.endswith(b"\n") else "torn"
                report(Problem(Place(path, number), reason, f"no JSON: {error}"))
                continue
            if isinstance(value, dict) and is_wanted(value):
                yield value
            else:
                report(Problem(Place(path, number), "foreign", otherwise))
    if stream.problem is not None:
        report(Problem(Place(path, number + 1), *stream.problem))


def _is_reject(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("url"), str) and isinstance(value.get("reason"), str)


def _is_summary(value: Mapping[str, Any]) -> bool:
    # The figures come from a file, and files are edited: each that is used is looked at.
    return (
        isinstance(value.get("started"), str)
        and all(isinstance(value.get(name, 0), (int, float)) for name in _NUMBERS)
        and _are_counts(value.get("rejects", {}))
        and isinstance(value.get("sites", {}), dict)
        and all(_are_counts(site.get("rejects", {})) for site in value.get("sites", {}).values())
        and all(
            isinstance(alarm, dict) and all(isinstance(alarm.get(key), str) for key in _ALARM)
            for alarm in value.get("alarms", [])
        )
    )


_NUMBERS = ("articles", "revised", "pages", "seconds")
_ALARM = ("site", "what", "detail")


def _are_counts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(count, int) for count in value.values())
