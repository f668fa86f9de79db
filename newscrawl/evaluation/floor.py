"""Floors: the figures that extraction must not fall below, pinned in a file by hand.

The file is a JSON object: folder name to metric to the least value, as in
``{"news-small": {"f1": 0.95, "headline": 0.9}}``. Nothing here ever writes it.
"""

from __future__ import annotations

import json
from pathlib import Path

from newscrawl.evaluation.metrics import METRICS
from newscrawl.evaluation.report import Report

Floors = dict[str, dict[str, float]]

# Figures are means of thousands of ratios: a rounding error is no fall.
_TOLERANCE = 1e-9


class FloorError(ValueError):
    """The floor file cannot be read or names something unknown; the message says where."""


def load_floors(path: Path) -> Floors:
    """Return the floors in a file. Raises FloorError."""
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FloorError(f"{path}: cannot be read ({error})") from error
    if not isinstance(floors, dict) or not floors:
        raise FloorError(f"{path}: no object of folder names")
    for folder, values in floors.items():
        if not isinstance(values, dict) or not values:
            raise FloorError(f"{path}: {folder}: no object of metrics")
        for metric, value in values.items():
            if metric not in METRICS or not isinstance(value, int | float):
                raise FloorError(f"{path}: {folder}: {metric}: no metric with a number")
    return floors


def falls(reports: list[Report], floors: Floors) -> list[str]:
    """Return a line for each figure below its floor, missing figures and folders included."""
    by_name = {report.name: report for report in reports}
    lines = []
    for folder, values in floors.items():
        if folder not in by_name:
            lines.append(f"{folder}: has a floor but was not measured")
            continue
        found = by_name[folder].row().figures.values
        for metric, least in values.items():
            value = found.get(metric)
            if value is None:
                lines.append(f"{folder}: {metric} has a floor of {least} but no page to measure")
            elif value < least - _TOLERANCE:
                lines.append(f"{folder}: {metric} fell to {value:.4f}, the floor is {least}")
    return lines
