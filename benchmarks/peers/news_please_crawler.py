"""Crawl one site with news-please's own SitemapCrawler; run by an interpreter that has it.

    python -P news_please_crawler.py SITE CONCURRENCY FOLDER

The configuration is that of news-please but for what the comparison asks: the concurrency, every
page of the sitemap taken for an article, records as JSON files without a copy of the page, and
images not asked for. Scrapy's statistics, at the end of the log on standard error, have the seconds
and the records.
"""

import configparser
import json
import sys
from pathlib import Path

import newsplease
from newsplease.single_crawler import SingleCrawler

# Its allowed domain keeps the port, which Scrapy's offsite filter ignores: nothing would pass.
OFFSITE = "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware"
PIPELINES = "newsplease.pipeline.pipelines"
CHANGES = {
    "Scrapy": {
        "DOWNLOADER_MIDDLEWARES": {OFFSITE: None},
        "ITEM_PIPELINES": {
            f"{PIPELINES}.ArticleMasterExtractor": 100,
            f"{PIPELINES}.JsonFileStorage": 300,
        },
        "TELNETCONSOLE_ENABLED": False,
    },
    "Heuristics": {
        "enabled_heuristics": {"crawler_contains_only_article_alikes": True},
        "pass_heuristics_condition": "crawler_contains_only_article_alikes",
    },
    "ArticleMasterExtractor": {
        "extractors": [
            ("newspaper_extractor_no_images", "NewspaperExtractorNoImages"),
            "readability_extractor",
            "date_extractor",
            "lang_detect_extractor",
        ],
    },
}


def main() -> None:
    """Write the configuration and crawl."""
    site, concurrency, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    config = configparser.RawConfigParser()
    config.optionxform = str
    config.read(Path(newsplease.__file__).parent / "config" / "config.cfg")
    for section, options in CHANGES.items():
        for option, value in options.items():
            config.set(section, option, str(value))
    config.set("Scrapy", "CONCURRENT_REQUESTS", concurrency)
    config.set("Scrapy", "CONCURRENT_REQUESTS_PER_DOMAIN", concurrency)
    config.set("Files", "working_path", str(folder))
    with open(folder / "config.cfg", "w") as file:
        config.write(file)
    sites = {"base_urls": [{"url": f"{site}/", "crawler": "SitemapCrawler"}]}
    (folder / "sitelist.hjson").write_text(json.dumps(sites))
    SingleCrawler(str(folder / "config.cfg"), str(folder / "sitelist.hjson"), 0, False, False)


if __name__ == "__main__":
    main()
