"""Scrapy extensions: memory between runs, run report, connection limits, Crawl-delay."""
