"""Confidences held against the F1 that bodies have."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.evaluation.calibration import Calibration, calibration_lines


def calibration(*pairs):
    confidences, f1 = np.array(pairs, dtype=np.float64).T
    return Calibration(confidences, f1)


def test_pages_are_grouped_by_their_confidence():
    found = list(calibration((0.3, 0.1), (0.39, 0.5), (0.4, 0.4), (0.98, 1.0), (1.0, 0.9)).bins())
    assert [(low, high, count) for low, high, count, _, _ in found] == [
        (0.0, 0.4, 2), (0.4, 0.6, 1), (0.98, 1.0, 2),
    ]  # fmt: skip
    assert found[0][3:] == pytest.approx((0.345, 0.3))
    assert found[2][3:] == pytest.approx((0.99, 0.95))


def test_bad_bodies_that_are_doubted_and_good_ones_that_are():
    found = calibration(
        (0.59, 0.49), (0.6, 0.49), (0.3, 0.5), (0.79, 0.9), (0.8, 0.95), (0.2, 0.89)
    )
    assert found.bad_doubted == (1, 2)
    assert found.good_doubted == (1, 2)
    assert calibration_lines(found)[-2:] == [
        "F1 under .5: 2 pages, 1 of them with a confidence under .6",
        "F1 of .9 and more: 2 pages, 1 of them with a confidence under .8",
    ]
