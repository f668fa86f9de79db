"""What measuring changes about an extraction: other forests, rules switched off."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.extraction.body.scoring import Scorer
from newscrawl.extraction.forest import Forest


@dataclass(frozen=True, slots=True)
class Overrides:
    """Other forests than those that newscrawl comes with, None for its own; rules left out."""

    body: Scorer | None = None
    kind: Forest | None = None
    confidence: Forest | None = None
    without: frozenset[str] = frozenset()
    """Names of rules of the body that are switched off."""
