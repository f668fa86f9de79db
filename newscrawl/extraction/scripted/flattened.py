"""Flat arrays of values that name each other by their places (Nuxt's payload, SvelteKit's data)."""

from __future__ import annotations

from typing import Any

MAX_VALUES = 200_000
"""So many values are put in their places."""

MAX_LEVELS = 60
"""What lies deeper is dropped."""

_LEAST = 4


def unflattened(value: Any) -> Any:
    """Return a value with its parts in their places; one that is no flat array as it is.

    In a flat array all that dicts and lists hold are places in the array.

    >>> unflattened([{"title": 1, "body": 2}, "A hall", [3, 1], "It opened."])
    {'title': 'A hall', 'body': ['It opened.', 'A hall']}
    """
    if not _is_flat(value):
        return value
    return _Flat(value).at(0, 0)


def _is_flat(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < _LEAST:
        return False
    first = value[0]
    places = list(first.values() if isinstance(first, dict) else first) if _holds(first) else []
    return (
        bool(places)
        and all(type(place) is int and place < len(value) for place in places)
        and any(isinstance(item, str) for item in value)
    )


def _holds(value: Any) -> bool:
    return isinstance(value, (dict, list))


class _Flat:
    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._left = MAX_VALUES

    def at(self, place: Any, level: int) -> Any:
        """Return the value at a place, with all that it holds."""
        self._left -= 1
        if (
            type(place) is not int
            or not 0 <= place < len(self._values)
            or level > MAX_LEVELS
            or self._left < 0
        ):
            return None
        value = self._values[place]
        if isinstance(value, dict):
            return {key: self.at(inner, level + 1) for key, inner in value.items()}
        if isinstance(value, list):
            if len(value) == 2 and isinstance(value[0], str):  # ["Reactive", 5]
                return self.at(value[1], level + 1)
            return [self.at(inner, level + 1) for inner in value]
        return value
