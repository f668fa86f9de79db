"""The order in which a page writes day and month: its own other dates tell it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_IN_NUMBERS = re.compile(r"(?<![\d.,/-])(\d\d?)([./-])(\d\d?)\2((?:19|20)\d\d)(?!\d)", re.ASCII)


def has_month_first(lines: Iterable[str], stated: Collection[str]) -> bool | None:
    """Return whether the dates in numbers of a page's lines have the month first.

    A number above twelve is the day; and a date of ``stated`` (days in ISO 8601, that the page
    states to machines) is shown in numbers, too. None if nothing tells, or not all the same.

    >>> has_month_first(["4/5/2022", "4/13/2022"], []), has_month_first(["4/5/2022"], [])
    (True, None)
    """
    orders: set[bool] = set()
    for line in lines:
        for one, _, other, year in _IN_NUMBERS.findall(line):
            first, second = int(one), int(other)
            if first > 12 or second > 12:
                orders.add(second > 12)
            elif stated and first != second:
                is_stated = f"{year}-{first:02}-{second:02}" in stated
                if is_stated != (f"{year}-{second:02}-{first:02}" in stated):
                    orders.add(is_stated)
    return orders.pop() if len(orders) == 1 else None
