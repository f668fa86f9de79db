"""Scrapy settings of newscrawl: a good guest by default; ``-s NAME=VALUE`` changes any of them.

Names that begin with NEWSCRAWL_ are newscrawl's own, all others Scrapy's; its documentation
explains them.
"""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from typing import Any


def _processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


try:
    _VERSION = version("newscrawl")
except PackageNotFoundError:  # deployed as an egg, or run from a bare checkout
    _VERSION = "0"

# --- newscrawl's own ---

NEWSCRAWL_CONTACT = ""
"""A web or mail address where sites can reach whoever runs the crawl; goes into the User-Agent."""

NEWSCRAWL_OUTPUT = ""
"""File to which records are appended, durably, as JSON Lines; ``-`` for standard output, "" where
Scrapy's feed exports alone are wanted. Names in ``.gz`` and ``.zst`` are compressed."""

NEWSCRAWL_OUTPUT_PER_RUN = False
"""Whether a run writes a file of its own, ``news-20240506T070809Z.jsonl`` for ``news.jsonl``."""

NEWSCRAWL_OUTPUT_OVERWRITE = False
"""Whether the file is begun anew, whatever is in it."""

NEWSCRAWL_OUTPUT_STORE = ""
"""Where to copy the files of runs once they are complete, as fsspec writes addresses:
``s3://BUCKET/FOLDER`` (extra ``s3``). For files that each belong to one run, or worker."""

NEWSCRAWL_SYNC_SECONDS = 1.0
"""Seconds after which records are made durable (fsync); 0 for none."""

NEWSCRAWL_SYNC_RECORDS = 100
"""Records after which they are made durable; 0 for none."""

NEWSCRAWL_WARC = ""
"""Folder, or file in ``.warc.gz``, to which every request and answer is appended, for ``newscrawl
archive`` to read; "" for none. Needs the extra ``archive``."""

NEWSCRAWL_WARC_SIZE = 1_000_000_000
"""Bytes after which a new WARC file is begun."""

NEWSCRAWL_STATE = ""
"""File, or ``postgresql://`` address, that remembers, between runs, what was seen: only new and
changed articles are written. "" for a run that remembers nothing."""

NEWSCRAWL_FRONTIER = ""
"""``redis://`` address of a frontier that workers share: the requests of one run, on any number of
machines. "" for a run of one process. Each worker writes files of its own beside NEWSCRAWL_OUTPUT;
a state has to be one that they share, too."""

NEWSCRAWL_FRONTIER_NAME = "crawl"
"""Tells crawls apart that have one Redis; its keys begin with ``newscrawl:{NAME}:``."""

NEWSCRAWL_FRONTIER_PATIENCE = 30.0
"""Seconds that a frontier is waited for that does not answer; less than NEWSCRAWL_LEASE."""

NEWSCRAWL_LEASE = 60.0
"""Seconds after which the sites of a worker that was not heard of go to others."""

NEWSCRAWL_WORKER = ""
"""Name of this worker, in the names of its files; "" for one that is made up, never twice."""

NEWSCRAWL_LISTING_SHORTEST = 300.0
"""Seconds between two looks at a feed, sitemap or section page that always changes."""

NEWSCRAWL_LISTING_LONGEST = 14_400.0
"""Seconds between two looks at one that never does. Start addresses are looked at in every run."""

NEWSCRAWL_SUMMARY = ""
"""File to which each run appends its summary, a line of JSON; "" for none."""

NEWSCRAWL_REJECTS = "rejects.jsonl"
"""File to which pages that became no record are appended, with the reason; "" for none."""

NEWSCRAWL_MAX_PAGES = 0
"""Pages to fetch in a run, robots.txt not counted; 0 for no limit."""

NEWSCRAWL_MAX_BYTES = 0
"""Bytes to receive in a run, as they come over the network; 0 for no limit."""

NEWSCRAWL_MAX_PAGES_PER_HOST = 50_000
"""Pages to fetch of one host in a run; 0 for no limit."""

NEWSCRAWL_MAX_BYTES_PER_HOST = 0
"""Bytes to receive of one host in a run; 0 for no limit."""

NEWSCRAWL_HOST_LIMITS: dict[str, dict[str, int]] = {}
"""Limits of single hosts, which win over those two: ``{"example.org": {"pages": 500}}``."""

NEWSCRAWL_PATTERN_LIMIT = 200
"""Pages of one pattern of address to fetch in a row without an article among them, for instance of
a calendar that never ends; 0 for no limit."""

NEWSCRAWL_SECTION_DEPTH = 1
"""How many sections deep to go from a start address: 0 follows article links alone."""

NEWSCRAWL_SITEMAP_DEPTH = 3
"""How many sitemap indexes deep to go."""

NEWSCRAWL_MAX_ARTICLE_PAGES = 10
"""Pages of one article that are read and joined; 1 for none but the first."""

NEWSCRAWL_READERS = _processors()
"""Processes that read pages while the crawl goes on; 0 for none."""

NEWSCRAWL_READ_ALONE = 50
"""Pages of a run that are read in the crawl's own process before others are started; so are those
that come while they start."""

NEWSCRAWL_ANNOUNCED_SITEMAPS = 5
"""Sitemaps to read of those that a site's robots.txt or index names; those of news first."""

NEWSCRAWL_ANNOUNCED_LINKS = 1_000
"""Articles to take of each feed or sitemap that a site announces, the newest first. A feed or
sitemap that is itself a start address is read whole."""

NEWSCRAWL_ALLOWED_HOSTS: list[str] = []
"""Hosts to connect to though they are at a private, loopback or other address that is none of the
public internet: names, addresses and networks (``10.2.0.0/16``), each with or without a port.
All others are refused at every hop. A proxy of the environment or of a request is not checked, and
resolves the names itself."""

NEWSCRAWL_DEADLINE = 180
"""Seconds that a page may take with its redirects and retries, queues not counted; 0 for no limit.
DOWNLOAD_TIMEOUT is for each whole answer."""

NEWSCRAWL_MAX_CRAWL_DELAY = 60.0
"""Seconds up to which a Crawl-delay of robots.txt counts."""

NEWSCRAWL_PAUSE = 2.0
"""Seconds that a host is left alone after a 429 or 503 without Retry-After; doubled with each one
that follows."""

NEWSCRAWL_MAX_PAUSE = 120.0
"""Seconds that a host is waited for; where it asks for more, it is given up for this run."""

NEWSCRAWL_TDMREP = True
"""Whether to ask each host for its ``/.well-known/tdmrep.json``, once a run, before its first
article; what it reserves goes into the records' rights."""

NEWSCRAWL_WITHHOLD_BODY: list[str] = []
"""Reservations that make a record without body: ``noindex``, ``noarchive``, ``tdm-reservation``."""

NEWSCRAWL_ROBOTS_MAX_AGE = 86_400.0
"""Seconds for which a robots.txt is kept within a run; RFC 9309 allows no more than a day."""

NEWSCRAWL_BROWSER = ""
"""Path or name of the Chromium or Chrome for sites with ``render = true``; "" for the first of
chromium, chromium-browser and google-chrome in PATH."""

NEWSCRAWL_BROWSER_PAGES = 4
"""Pages in the browser at the same time."""

NEWSCRAWL_BROWSER_WAIT = 10.0
"""Seconds that a page may go on asking for things; then it is taken as it is."""

NEWSCRAWL_BROWSER_SANDBOX = True
"""Whether Chromium's own sandbox is used; root, and some containers, have to do without it."""

# --- the project ---

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"

# --- a good guest ---

USER_AGENT = f"newscrawl/{_VERSION}"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "newscrawl"
ROBOTSTXT_PARSER = "newscrawl.middlewares.robots_parser.RobotsTxtParser"
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_DELAY = 0.5
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 4
# Scrapy starts so many tasks for every response, whatever it yields; our pipelines never wait.
CONCURRENT_ITEMS = 4
# No session follows us from page to page, and none can be sent where it does not belong.
COOKIES_ENABLED = False

# --- limits ---

DOWNLOAD_TIMEOUT = 60
DNS_TIMEOUT = 20
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 10
# Links from a start address: a front page, sitemap indexes, sections, the pages of an article.
DEPTH_LIMIT = 50
# A page that only sends the reader on does so at once; front pages reload every few minutes.
METAREFRESH_MAXDELAY = 5

# --- safety: the web alone, nothing that listens, certificates checked ---

# Another handler than ours would connect wherever it is led: the guard is in it.
DOWNLOAD_HANDLERS: dict[str, Any] = {
    "http": "newscrawl.downloader.handler.GuardedDownloadHandler",
    "https": "newscrawl.downloader.handler.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# --- newscrawl's components ---

# First in, first out: listings name the newest first.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"
SCHEDULER_PRIORITY_QUEUE = "newscrawl.scheduler.queues.HostAwareQueue"
REQUEST_FINGERPRINTER_CLASS = "newscrawl.scheduler.fingerprints.PageFingerprinter"
DUPEFILTER_CLASS = "newscrawl.scheduler.fingerprints.PageDupeFilter"
DOWNLOADER_MIDDLEWARES: dict[str, Any] = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "newscrawl.middlewares.offsite.OffsiteMiddleware": 50,
    "newscrawl.middlewares.site_headers.SiteHeadersMiddleware": 55,
    "newscrawl.middlewares.redirects.GuardMiddleware": 60,
    "newscrawl.middlewares.limits.BudgetMiddleware": 75,
    "newscrawl.middlewares.address_patterns.PatternLimitMiddleware": 90,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.middlewares.robots.RobotsTxtMiddleware": 100,
    "newscrawl.middlewares.tdm_file.TdmFileMiddleware": 110,
    "newscrawl.middlewares.retry_after.RetryAfterMiddleware": 560,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newscrawl.middlewares.redirects.MetaRefreshMiddleware": 580,
    "newscrawl.middlewares.rendering.RenderMiddleware": 585,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.middlewares.compression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawl.middlewares.redirects.RedirectMiddleware": 600,
    "newscrawl.middlewares.warc.WarcMiddleware": 990,
}
SPIDER_MIDDLEWARES: dict[str, Any] = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "newscrawl.middlewares.limits.DepthMiddleware": 900,
    "newscrawl.middlewares.errors.InternalErrorMiddleware": 950,
}
EXTENSIONS: dict[str, Any] = {
    "newscrawl.extensions.downloads.OpenFiles": 50,
    "newscrawl.extensions.downloads.ContentTypeFilter": 100,
    "newscrawl.extensions.downloads.CrawlStats": 200,
    "newscrawl.extensions.memory.Memory": 300,
    "newscrawl.extensions.run_report.RunReport": 400,
    "newscrawl.extensions.crawl_delay.CrawlDelay": 300,
}
ITEM_PIPELINES: dict[str, Any] = {
    "newscrawl.pipelines.scope.ScopePipeline": 240,
    "newscrawl.pipelines.revise.RevisePipeline": 250,
    "newscrawl.pipelines.duplicates.DuplicatesPipeline": 300,
    "newscrawl.pipelines.rejects.RejectsPipeline": 400,
    "newscrawl.pipelines.reservations.ReservationsPipeline": 500,
    "newscrawl.pipelines.scope.ArticleLimitPipeline": 800,
    "newscrawl.pipelines.output.OutputPipeline": 900,
    "newscrawl.pipelines.hand_over.HandOverPipeline": 910,
}

# --- Scrapy's feed exports: JSON Lines in UTF-8 ---

FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS: dict[str, Any] = {
    "jsonlines": "newscrawl.exporters.JsonLinesExporter",
    "jsonl": "newscrawl.exporters.JsonLinesExporter",
    "jl": "newscrawl.exporters.JsonLinesExporter",
}
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"
LOG_LEVEL = "INFO"
