"""Scrapy middlewares, fingerprinter and dupefilter: which requests are made, and once only."""
