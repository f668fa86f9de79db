"""A small evaluation folder, written by hand, and the truth about it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

FERRY = (
    "The old ferry crossed the lake again on Monday, eleven years after it was laid up in the "
    "boatyard at the northern end."
)
QUAY = (
    "About two hundred people watched from the quay as the captain sounded the horn, and a band "
    "played on the upper deck until noon."
)

ARTICLE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ferry returns to the lake</title>
<meta property="article:published_time" content="2022-04-12T18:05:00-04:00">
</head><body><article><h1>Ferry returns to the lake</h1><p>{FERRY}</p><p>{QUAY}</p></article>
</body></html>"""

TRUTH = {
    "id": "ferry",
    "url": "https://news.example.org/ferry",
    "headline": "Ferry returns to the lake",
    "date": "2022-04-12T22:05:00+00:00",
    "body": f"{FERRY}\n\n{QUAY}",
    "lang": "en",
    "kind": "article",
}


def write_folder(
    folder: Path, truths: list[dict], pages: dict[str, str | bytes | None] | None = None
) -> Path:
    """Write an evaluation folder; pages default to ARTICLE, one called None is left out."""
    (folder / "html").mkdir(parents=True)
    for truth in truths:
        page = (pages or {}).get(truth["id"], ARTICLE)
        if page is not None:
            data = page.encode() if isinstance(page, str) else page
            (folder / "html" / f"{truth['id']}.html.gz").write_bytes(gzip.compress(data))
    lines = "".join(json.dumps(truth) + "\n" for truth in truths)
    (folder / "truth.jsonl").write_text(lines, encoding="utf-8")
    return folder
