"""A Scrapy extension that says what a run came to, and remembers it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.extensions.memory import Memory
from newscrawl.items import Article
from newscrawl.records.output import Journal
from newscrawl.site_list.site_spider import SiteSpider
from newscrawl.state import RunRecord, StateError
from newscrawl.stats.drift import SAMPLE, Run, SiteFigures, find_alarms
from newscrawl.stats.run_summary import RunSummary
from newscrawl.stats.site_stats import site_of_request

logger = logging.getLogger(__name__)

_RECENT = 30
"""Runs that a site is compared with."""


class RunReport:
    """Sums a run up when it ends: ``summary``, a line of NEWSCRAWL_SUMMARY, and in the state.

    With a state it also compares each site with its own recent runs; every drift alarm is logged
    as a warning and counted as ``newscrawl/alarms``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        name = crawler.settings.get("NEWSCRAWL_SUMMARY")
        self.path = Path(name) if name else None
        self.started = datetime.now(UTC)
        self.summary: RunSummary | None = None
        self._bodies: dict[str, list[tuple[int, float]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        report = cls(crawler)
        crawler.signals.connect(report.item_scraped, signals.item_scraped)
        crawler.signals.connect(report.spider_closed, signals.spider_closed)
        return report

    def item_scraped(self, item: Any, response: Any) -> None:
        """Take note of how long a body is, and how sure."""
        if isinstance(item, Article) and item.body:
            bodies = self._bodies.setdefault(site_of_request(response) or "", [])
            if len(bodies) < SAMPLE:
                bodies.append((len(item.body), item.confidence.get("body", 1.0)))

    def spider_closed(self, spider: Any, reason: str) -> None:
        """Sum the run up."""
        stats = self.crawler.stats.get_stats()
        summary = RunSummary.from_stats(
            stats, spider.failed_targets if isinstance(spider, SiteSpider) else {}
        )
        self.summary = summary
        summary.started = self.started.isoformat(timespec="seconds").replace("+00:00", "Z")
        summary.finish_reason = reason
        summary.seconds = round((datetime.now(UTC) - self.started).total_seconds(), 3)
        for site, bodies in self._bodies.items():
            if site in summary.sites:
                figures = summary.sites[site]
                figures.body_lengths = [length for length, _ in bodies]
                figures.confidences = [confidence for _, confidence in bodies]
        memory = self.crawler.get_extension(Memory)
        if memory is not None:
            self._remember(memory, summary)
        if self.path is not None:
            self._append(self.path, summary)

    def _remember(self, memory: Memory, summary: RunSummary) -> None:
        """Compare with earlier runs, put this one beside them, and let go of the state."""
        state = memory.state
        try:
            memory.finish(summary.finish_reason)
            now = state.now()
            started = now - summary.seconds
            for site, figures in summary.sites.items():
                recent = state.runs(site, _RECENT)
                before = [Run(r.started, SiteFigures.from_dict(r.sites[site])) for r in recent]
                summary.alarms += find_alarms(site, Run(started, figures), before)
            for alarm in summary.alarms:
                logger.warning("Drift: %s: %s: %s", alarm.site, alarm.what, alarm.detail)
            self.crawler.stats.set_value("newscrawl/alarms", len(summary.alarms))
            whole = summary.to_dict()
            figures_by_site = whole.pop("sites")
            state.add_run(RunRecord(started, now, whole, figures_by_site))
            state.commit()
        except StateError as error:
            summary.state_error = str(error)
            logger.error("The state cannot be written: %s", error)
        finally:
            memory.close()

    def _append(self, path: Path, summary: RunSummary) -> None:
        try:
            journal = Journal(path)
            try:
                journal.append(json.dumps(summary.to_dict(), ensure_ascii=False).encode() + b"\n")
            finally:
                journal.close()
        except OSError as error:
            summary.output_error = summary.output_error or str(error)
            logger.error("The summary cannot be written: %s", error)
