"""Scrapy item pipelines: normalise, validate, drop duplicates, set rejects apart.

What passes them all is an Article that fits its schema; Scrapy's feed exports write it.
"""

from __future__ import annotations

from newscrawl.pipelines.duplicates import DuplicatesPipeline
from newscrawl.pipelines.normalise import NormalisePipeline
from newscrawl.pipelines.rejects import RejectsPipeline
from newscrawl.pipelines.validate import ValidatePipeline

__all__ = [
    "DuplicatesPipeline",
    "NormalisePipeline",
    "RejectsPipeline",
    "ValidatePipeline",
]
