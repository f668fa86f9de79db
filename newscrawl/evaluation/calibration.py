"""Confidences held against the F1 that bodies have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_BINS = (0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The confidences of bodies, and their F1 in the same order."""

    confidences: npt.NDArray[np.float64]
    f1: npt.NDArray[np.float64]

    def bins(self) -> Iterator[tuple[float, float, int, float, float]]:
        """Yield for each range of confidence: its ends, the pages, their confidence and F1."""
        for low, high in pairwise(_BINS):
            last = high == _BINS[-1]
            inside = (self.confidences >= low) & (
                (self.confidences <= high) if last else (self.confidences < high)
            )
            if inside.any():
                yield (
                    low,
                    high,
                    int(inside.sum()),
                    float(self.confidences[inside].mean()),
                    float(self.f1[inside].mean()),
                )

    @property
    def bad_doubted(self) -> tuple[int, int]:
        """How many bodies with an F1 under .5 have a confidence under .6; and of how many."""
        bad = self.f1 < 0.5
        return int((self.confidences[bad] < 0.6).sum()), int(bad.sum())

    @property
    def good_doubted(self) -> tuple[int, int]:
        """How many of the bodies with an F1 of .9 and more are under .8; and of how many."""
        good = self.f1 >= 0.9
        return int((self.confidences[good] < 0.8).sum()), int(good.sum())


def calibration_lines(calibration: Calibration) -> list[str]:
    """Return a calibration as lines of text."""
    lines = []
    for low, high, count, confidence, f1 in calibration.bins():
        lines.append(
            f"confidence {low:.2f} to {high:.2f}: {count} pages, mean {confidence:.3f}, F1 {f1:.3f}"
        )
    doubted, bad = calibration.bad_doubted
    lines.append(f"F1 under .5: {bad} pages, {doubted} of them with a confidence under .6")
    doubted, good = calibration.good_doubted
    lines.append(f"F1 of .9 and more: {good} pages, {doubted} of them with a confidence under .8")
    return lines
