"""A crawl for a command: with progress on standard error, and problems in words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from newscrawl.cli.console import console, fail
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

    from newscrawl.stats.run_summary import RunSummary


def run_crawl(*arguments: Any, **options: Any) -> RunSummary:
    """Crawl as `newscrawl.spiders.run.run_crawl` does, with progress on standard error.

    Raises typer.Exit(ExitCode.OUTPUT), after one line on standard error, for what cannot be
    opened or written.
    """
    from newscrawl.cli.crawl_progress import CrawlProgress
    from newscrawl.records.output import OutputError
    from newscrawl.scheduler import FrontierError
    from newscrawl.spiders import run
    from newscrawl.state import StateError
    from newscrawl.workers.pool import preload

    preload("newscrawl.cli")  # the module that every process of the command begins with
    try:
        return run.run_crawl(
            *arguments,
            around=lambda crawler: CrawlProgress(crawler, console),
            log="--debug" in sys.argv,
            **options,
        )
    except (StateError, FrontierError, OutputError) as error:
        fail(str(error), ExitCode.OUTPUT)
    except OSError as error:
        fail(f"cannot write {error.filename}: {error.strerror}", ExitCode.OUTPUT)


def run_spider(spider: str | type[Spider], changed: Mapping[str, Any], **arguments: Any) -> Crawler:
    """Run a spider with progress on standard error; raises what kept it from starting."""
    from newscrawl.cli.crawl_progress import CrawlProgress
    from newscrawl.spiders import run
    from newscrawl.workers.pool import preload

    preload("newscrawl.cli")  # the module that every process of the command begins with

    return run.run_spider(
        spider,
        changed,
        around=lambda crawler: CrawlProgress(crawler, console),
        log="--debug" in sys.argv,
        **arguments,
    )
