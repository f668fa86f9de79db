"""Counts of a crawl by site, summaries of runs, and drift between runs."""
