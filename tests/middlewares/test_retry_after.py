"""What Retry-After says, in all the ways that it is written."""

from __future__ import annotations

import pytest

from newscrawl.middlewares.retry_after import retry_after

NOON = 1_714_996_800.0  # Mon, 06 May 2024 12:00:00 GMT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (" 1.5 ", 1.5),
        ("31536000", 31_536_000.0),
        ("Mon, 06 May 2024 12:00:45 GMT", 45.0),
        ("Monday, 06-May-24 12:01:00 GMT", 60.0),
        ("Mon, 06 May 2024 14:00:10 +0200", 10.0),
        ("Mon, 06 May 2024 11:59:00 GMT", None),
        ("0", None),
        ("-30", None),
        ("", None),
        ("soon", None),
        ("1e9", None),
        ("٣", None),
        ("Mon, 99 May 2024 12:00:45 GMT", None),
        ("9" * 5_000, None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOON) == seconds
