"""Scrapy item pipelines: normalise, validate, drop duplicates, set rejects apart, write.

What passes them all is an Article that fits its schema. OutputPipeline writes it where a file is
named for it; Scrapy's feed exports do, too, where they are asked to.
"""

from __future__ import annotations

from newscrawl.pipelines.duplicates import DuplicatesPipeline
from newscrawl.pipelines.normalise import NormalisePipeline
from newscrawl.pipelines.output import OutputPipeline
from newscrawl.pipelines.rejects import RejectsPipeline
from newscrawl.pipelines.reservations import ReservationsPipeline
from newscrawl.pipelines.validate import ValidatePipeline

__all__ = [
    "DuplicatesPipeline",
    "NormalisePipeline",
    "OutputPipeline",
    "RejectsPipeline",
    "ReservationsPipeline",
    "ValidatePipeline",
]
