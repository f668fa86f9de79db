"""Scrapy item pipelines: known articles, duplicates, rejects, reservations, output.

The spider makes every item by `newscrawl.extraction.record`: an Article that is a record, or a
Reject. OutputPipeline writes articles where a file is named for it; Scrapy's feed exports do, too,
where they are asked to.
"""
