"""Fetch the pages of a sitemap with NewsPlease.from_urls; run by an interpreter that has it.

    python -P news_please_urls.py SITE CONCURRENCY OUTPUT

from_urls starts a thread an address, then extracts in a process a core. So it is called with as
many addresses at a time as requests may be under way. What its processes would import anew each
time is imported beforehand.
Prints a JSON list: seconds from the sitemap's request to the last record, and records written.
"""

import importlib
import json
import re
import sys
import time
import urllib.request

from newsplease import NewsPlease

EXTRACTORS = (
    "newspaper_extractor_no_images",
    "readability_extractor",
    "date_extractor",
    "lang_detect_extractor",
)


def main() -> None:
    """Fetch as the arguments say, and print what came of it."""
    site, concurrency, output = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    for name in EXTRACTORS:
        importlib.import_module(f"newsplease.pipeline.extractor.extractors.{name}")
    began = time.perf_counter()
    with urllib.request.urlopen(f"{site}/sitemap.xml") as response:
        urls = re.findall(r"<loc>(.*?)</loc>", response.read().decode())
    records = 0
    with open(output, "w", encoding="utf-8") as file:
        for start in range(0, len(urls), concurrency):
            # Without request_args, from_urls of news-please 1.6.16 fails at each page. No images:
            # it would ask for those that a page names.
            batch = urls[start : start + concurrency]
            found = NewsPlease.from_urls(batch, request_args={}, fetch_images=False)
            for article in found.values():
                if article:
                    record = article.get_serializable_dict()
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
                    records += 1
    print(json.dumps([time.perf_counter() - began, records]))


if __name__ == "__main__":
    main()
