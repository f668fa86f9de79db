"""Scrapy item pipelines: normalise, validate, drop duplicates, set rejects apart, write.

What passes them all is an Article that fits its schema. OutputPipeline writes it where a file is
named for it; Scrapy's feed exports do, too, where they are asked to.
"""
