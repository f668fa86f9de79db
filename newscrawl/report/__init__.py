"""A crawl to look at: its records, rejects and runs as one HTML page that needs no network.

::

    articles = collect(reader)
    html = "".join(make_report(articles, made=datetime.now(UTC), inputs=["news.jsonl"]))

What is shown is counted by pure functions (`figures`, `timeline`, `rejects`, `runs`); charts are
drawn here (`charts`, `svg`), the articles packed (`packing`), and `templates` and `static` hold
what the browser gets.
"""

from __future__ import annotations

from newscrawl.report.articles import Articles, collect
from newscrawl.report.making import make_report

__all__ = ["Articles", "collect", "make_report"]
