"""Score answers: of one page, and averaged over many.

A page counts for a metric only if its truth knows the field. Where the truth names a ``kind``
other than ``article``, the kind alone is judged: the page holds no article to be found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newscrawl.evaluation.dataset import Truth
from newscrawl.items import ARTICLE_KINDS
from newscrawl.text.cleaning import words

METRICS = (
    "precision", "recall", "f1", "exact", "headline", "date", "instant", "caption", "authors",
    "with", "without", "kind",
)  # fmt: skip
"""Names of all metrics in the order of the tables."""

# A caption is right when its word F1 against the true one is above this.
_CAPTION_F1 = 0.8


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of an extractor for a page; None for a field that it does not have or find."""

    headline: str | None = None
    date: str | None = None
    """ISO 8601, a day or an instant."""
    body: str | None = None
    caption: str | None = None
    authors: list[str] = field(default_factory=list)
    kind: str | None = None
    language: str | None = None
    confidence: float | None = None
    """The F1 that is to be expected of the body, where the extractor says it."""


def score(truth: Truth, answer: Answer, offered: frozenset[str]) -> dict[str, float]:
    """Return the score (0 to 1) of each metric that ``truth`` can judge and that is ``offered``.

    ``offered`` holds the names of Answer's fields that the extractor claims to fill.
    """
    scores: dict[str, float] = {}
    if truth.kind and "kind" in offered:
        scores["kind"] = float((answer.kind in ARTICLE_KINDS) == (truth.kind == "article"))
    if truth.kind not in (None, "article"):
        return scores
    if truth.body and "body" in offered:
        scores.update(_body_scores(truth, answer.body or ""))
    if truth.headline and "headline" in offered:
        scores["headline"] = float(words(truth.headline) == words(answer.headline or ""))
    if truth.date and "date" in offered:
        scores.update(_date_scores(truth.date, answer.date or ""))
    if truth.caption and "caption" in offered:
        scores["caption"] = float(word_f1(truth.caption, answer.caption or "")[2] > _CAPTION_F1)
    if truth.authors and "authors" in offered:
        scores["authors"] = float(_names(truth.authors) == _names(answer.authors))
    return scores


def word_f1(expected: str, found: str) -> tuple[float, float, float]:
    r"""Return precision, recall and F1 of two texts as bags of lower-cased ``\w+`` words."""
    expected_words, found_words = Counter(words(expected)), Counter(words(found))
    common = (expected_words & found_words).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / found_words.total(), common / expected_words.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def _body_scores(truth: Truth, found: str) -> dict[str, float]:
    """Judge the body; whether a standfirst belongs to it is left to the extractor.

    Where the truth has a ``summary``, both the true body alone and summary + body are held
    against the answer, and the one with the better F1 counts, for precision and recall too.
    """
    expected = [truth.body or ""]
    if truth.summary:
        expected.append(f"{truth.summary}\n\n{truth.body}")
    precision, recall, f1 = max((word_f1(text, found) for text in expected), key=lambda s: s[2])
    found_words = words(found)
    scores = {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "exact": float(any(words(text) == found_words for text in expected)),
    }
    spaced = f" {' '.join(found_words)} "
    if truth.required_snippets:
        scores["with"] = _share(_holds(spaced, text) for text in truth.required_snippets)
    if truth.unwanted_snippets:
        scores["without"] = _share(not _holds(spaced, text) for text in truth.unwanted_snippets)
    return scores


def _holds(spaced_words: str, snippet: str) -> bool:
    return f" {' '.join(words(snippet))} " in spaced_words


def _share(outcomes: Iterable[bool]) -> float:
    counted = list(outcomes)
    return sum(counted) / len(counted)


def _date_scores(expected: str, found: str) -> dict[str, float]:
    """Judge the day as each side writes it, and the instant if the truth has an offset."""
    scores = {"date": float(expected[:10] == found[:10])}
    instant = _instant(expected)
    if instant is not None:
        scores["instant"] = float(instant == _instant(found))
    return scores


def _instant(date: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(date)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _names(authors: Iterable[str]) -> set[str]:
    """Return the names as sequences of words: "dpa" is "DPA", "A. Writer" is "A Writer"."""
    return {" ".join(words(name)) for name in authors} - {""}


@dataclass(slots=True)
class Figures:
    """The figures of one extractor over many pages."""

    values: dict[str, float] = field(default_factory=dict)
    """Metric to its mean over the pages that count; for ``kind`` the F1 of "is an article"."""
    counts: dict[str, int] = field(default_factory=dict)
    """Metric to the number of those pages."""


def figures(pages: Iterable[tuple[Truth, dict[str, float]]]) -> Figures:
    """Return the figures over pages, each given as its truth and its scores."""
    collected: defaultdict[str, list[float]] = defaultdict(list)
    kinds: list[tuple[bool, bool]] = []
    for truth, scores in pages:
        for metric, value in scores.items():
            collected[metric].append(value)
        if "kind" in scores:
            is_article = truth.kind == "article"
            kinds.append((is_article, is_article == bool(scores["kind"])))
    result = Figures()
    for metric in METRICS:
        if metric in collected:
            result.values[metric] = sum(collected[metric]) / len(collected[metric])
            result.counts[metric] = len(collected[metric])
    if kinds:
        result.values["kind"] = _binary_f1(kinds)
    return result


def _binary_f1(pairs: list[tuple[bool, bool]]) -> float:
    """Return the F1 of pairs of (is one, was called one)."""
    hits = sum(true and called for true, called in pairs)
    wrong = sum(true != called for true, called in pairs)
    return 2 * hits / (2 * hits + wrong) if hits else 0.0
