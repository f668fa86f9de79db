"""Positions at which a date may be that of the article: near its headline, and at either end."""

from __future__ import annotations

from typing import NamedTuple

from newscrawl.extraction.blocks import Block, Blocks

_ABOVE, _BELOW, _AFTER_END = 7, 8, 10
_LEAD_IN = 40
"""So many blocks at most lie between the headline and the body of a page."""


class Place(NamedTuple):
    """The position of the article among the blocks of its page, as block indexes."""

    heading: int | None
    first: int | None
    last: int | None

    @classmethod
    def of(cls, heading: int | None, body: list[Block]) -> Place:
        """Return the place of a headline's block and a body's."""
        return cls(heading, body[0].index, body[-1].index) if body else cls(heading, None, None)

    def near(self, blocks: Blocks) -> list[Block]:
        """Return the blocks near the headline, before the body, and after it."""
        wanted: set[int] = set()
        if self.heading is not None:
            wanted.update(range(self.heading - _ABOVE, self._end_of_lead_in(self.heading) + 1))
        if self.first is not None and self.last is not None:
            wanted.update(range(self.first - self._above_body(), self.first + 1))
            wanted.update(range(self.last - 1, self.last + _AFTER_END + 1))
        return [blocks.blocks[i] for i in sorted(wanted) if 0 <= i < len(blocks.blocks)]

    def is_near(self, position: int) -> bool:
        """Whether a position is near the headline, before the text or after it, not amid it."""
        return (self.weigh(position) or -1.0) >= 0

    def is_head(self, position: int) -> bool:
        """Return whether a position is between the headline and the text."""
        if self.heading is None or self.first is None or self.first - self.heading > _LEAD_IN:
            return False
        return self.heading < position <= self.first

    def _end_of_lead_in(self, heading: int) -> int:
        """Return the last position that is still below the headline: the body's first block."""
        if self.first is not None and 0 <= self.first - heading <= _LEAD_IN:
            return self.first + 1
        return heading + _BELOW

    def _above_body(self) -> int:
        return _ABOVE if self.heading is not None else 3 * _ABOVE

    def weigh(self, position: int) -> float | None:
        """Return what a position is worth, 3 right below the headline; None if it is far off."""
        worth: float | None = None
        if self.heading is not None:
            distance = position - self.heading
            if distance >= 0 and position <= self._end_of_lead_in(self.heading):
                worth = 3 - 0.12 * min(distance, 20)
            elif -_ABOVE <= distance < 0:
                worth = 2 + 0.25 * distance
        if self.first is not None and self.last is not None and (worth is None or worth < 2):
            above = self.first - position
            if 0 <= above <= self._above_body():
                worth = max(worth or 0.0, 2.4 - (1.0 / self._above_body()) * above)
            elif self.last - 1 <= position <= self.last + _AFTER_END:
                worth = max(worth or 0.0, 1.5 - 0.1 * abs(position - self.last))
            elif self.first < position < self.last and worth is None:
                worth = -1.5
        return worth
