"""A crawl by several workers: its requests in Redis, each site with one worker at a time.

`newscrawl.scheduler.frontier` has what the workers share, `newscrawl.scheduler.shared` what Scrapy
sees of it. Only those need the extra ``redis``.
"""

from newscrawl.scheduler.errors import FrontierError

__all__ = ["FrontierError"]
