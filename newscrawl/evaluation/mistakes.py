"""The pages that went wrong: what was expected of a field and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from newscrawl.evaluation.runner import PageResult

Field = Literal["body", "headline", "date", "instant", "caption", "authors", "kind"]

FIELDS: tuple[Field, ...] = ("body", "headline", "date", "instant", "caption", "authors", "kind")

# The metric that says whether a field is right (1) or not.
_METRICS: dict[Field, str] = {"body": "exact"}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong answer of newscrawl's."""

    id: str
    url: str
    field: Field
    expected: str | list[str] | None
    found: str | list[str] | None
    f1: float | None = None
    """Of a body: how wrong."""

    def to_dict(self) -> dict[str, Any]:
        """Return the mistake as a JSON-serialisable dict."""
        record = {
            "id": self.id,
            "url": self.url,
            "field": self.field,
            "expected": self.expected,
            "found": self.found,
        }
        return record if self.f1 is None else {**record, "f1": round(self.f1, 4)}


def mistakes(results: Iterable[PageResult], field: Field) -> list[Mistake]:
    """Return the wrong answers for one field, the worst bodies first, else in page order."""
    found = [mistake for result in results if (mistake := mistake_of(result, field))]
    return sorted(found, key=lambda mistake: mistake.f1 or 0.0) if field == "body" else found


def mistake_of(result: PageResult, field: Field) -> Mistake | None:
    """Return newscrawl's wrong answer on one page, or None if it is right or cannot be judged."""
    outcome = result.outcomes[0]
    if outcome.scores.get(_METRICS.get(field, field), 1.0) == 1.0:
        return None
    name = "date" if field == "instant" else field
    return Mistake(
        id=result.truth.id,
        url=result.truth.url,
        field=field,
        expected=getattr(result.truth, name),
        found=getattr(outcome.answer, name),
        f1=outcome.scores["f1"] if field == "body" else None,
    )


def worst(results: Iterable[PageResult], count: int) -> list[PageResult]:
    """Return the ``count`` worst pages: lowest body F1 first, then most wrong fields.

    Pages without a single mistake are never among them.
    """
    faulty = [result for result in results if any(mistake_of(result, name) for name in FIELDS)]
    return sorted(faulty, key=_badness)[:count]


def _badness(result: PageResult) -> tuple[float, float]:
    scores = result.outcomes[0].scores
    f1 = scores.get("f1", 1.0)
    return f1, sum(scores.values()) / max(len(scores), 1)
