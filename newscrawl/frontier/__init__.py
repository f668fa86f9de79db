"""A crawl by several workers: its requests in Redis, each site with one worker at a time.

`newscrawl.frontier.frontier` has what the workers share, `newscrawl.frontier.scheduler` what Scrapy
sees of it. Only those need the extra ``redis``.
"""

from newscrawl.frontier.errors import FrontierError

__all__ = ["FrontierError"]
