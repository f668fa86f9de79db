"""Crawl one site with Fundus, as crawl_peers.py asks; run by an interpreter that has Fundus.

    python -P fundus_site.py SITE PUBLISHERS OUTPUT [language]

Records are what Fundus itself makes JSON of, and with the last word the language it finds, too.
Prints a JSON list: seconds from the crawl's start to its end, and records written.
"""

import json
import sys
import time
from datetime import datetime

from fundus import Crawler, Sitemap
from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
from fundus.parser.utility import (
    extract_article_body_with_selector,
    generic_author_parsing,
    generic_date_parsing,
    generic_topic_parsing,
)
from fundus.publishers.base_objects import Publisher
from lxml.etree import XPath


class SiteParser(ParserProxy):
    """What Fundus's own publishers have at least: a few selectors and its generic parsers."""

    class V1(BaseParser):
        """The only version of the site's pages."""

        _paragraphs = XPath("//article//p[not(ancestor::aside)]")
        _subheadlines = XPath("//article//h2[not(ancestor::aside)]")

        @attribute
        def title(self) -> str | None:
            """Return the headline of the linked data, or that for shared links."""
            found = self.precomputed.ld.bf_search("headline")
            return found or self.precomputed.meta.get("og:title")

        @attribute
        def body(self) -> ArticleBody | None:
            """Return the paragraphs under their subheadlines."""
            return extract_article_body_with_selector(
                self.precomputed.doc,
                paragraph_selector=self._paragraphs,
                subheadline_selector=self._subheadlines,
            )

        @attribute
        def authors(self) -> list[str]:
            """Return the authors of the linked data."""
            return generic_author_parsing(self.precomputed.ld.bf_search("author"))

        @attribute
        def publishing_date(self) -> datetime | None:
            """Return the date of the linked data."""
            return generic_date_parsing(self.precomputed.ld.bf_search("datePublished"))

        @attribute
        def topics(self) -> list[str]:
            """Return the keywords of the head."""
            return generic_topic_parsing(self.precomputed.meta.get("keywords"))


def publishers(site: str, count: int) -> list[Publisher]:
    """Return one publisher for the site, or one for each part of its sitemap: a thread each."""
    places = [f"/sitemap-{part}.xml" for part in range(count)] if count > 1 else ["/sitemap.xml"]
    return [
        Publisher(
            name=f"The Post {number}",
            domain=f"{site}/",
            parser=SiteParser,
            sources=[Sitemap(f"{site}{place}", languages={"en"})],
        )
        for number, place in enumerate(places)
    ]


def main() -> None:
    """Crawl as the arguments say, and print what came of it."""
    site, count, output = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    began = time.perf_counter()
    records = 0
    with open(output, "w", encoding="utf-8") as file:
        # A delay of None is refused by Fundus 0.5.7; 0.0 waits for nothing.
        for article in Crawler(*publishers(site, count), delay=0.0).crawl(only_complete=False):
            record = {"url": article.html.responded_url} | article.to_json()
            if "language" in sys.argv[4:]:
                record["language"] = article.lang
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            records += 1
    print(json.dumps([time.perf_counter() - began, records]))


if __name__ == "__main__":
    main()
