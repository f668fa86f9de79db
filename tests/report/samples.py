"""Records to make reports of, and the reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.items import Article, Image
from newscrawl.report import collect, make_report
from newscrawl.text.cleaning import content_hash

MADE = datetime(2026, 11, 25, 12, tzinfo=UTC)
FERRY = (
    "The first ferry of the day will once again leave Port Lorne before the sun is up.\n\n"
    "After fourteen months without a boat before nine, the council has found the money."
)


def record(number: int = 1, **fields: Any) -> dict[str, Any]:
    """Return a whole record; numbers make different articles."""
    article = Article(
        url=f"https://www.harbourpost.example/2026/ferry-{number}",
        headline=f"Islanders win back the dawn ferry {number}",
        date=f"2026-{1 + number % 9:02}-{1 + number % 28:02}",
        body=FERRY,
        language="en-GB",
        publisher="The Harbour Post",
        authors=["Catriona Baine"],
        caption="The Skerry Maid leaves Port Lorne.",
        images=[Image("https://media.example/maid.jpg", "The Skerry Maid leaves Port Lorne.")],
        sources={"headline": "json-ld", "body": "html"},
        fetched_at="2026-11-20T08:00:00Z",
    )  # fmt: skip
    for name, value in fields.items():
        setattr(article, name, value)
    article.content_hash = content_hash(article.headline, article.body, article.caption)
    return article.to_dict()


def revised(number: int = 1) -> list[dict[str, Any]]:
    """Return two versions of an article: a word of the body and the headline differ."""
    return [
        record(number, headline="Ferry sails on Monday"),
        record(
            number,
            headline="Ferry sails on Tuesday",
            body=FERRY.replace("fourteen", "fifteen") + "\n\nThe harbour master was there.",
            revision=2,
            fetched_at="2026-11-21T09:30:00Z",
        ),
    ]


ARABIC = {
    "url": "https://www.alnahr.example/a",
    "headline": "عودة عبّارة الفجر إلى الجزيرة (BBC) بعد 14 شهرا",
    "body": "عادت العبّارة صباح اليوم.\n\nقال المجلس إن المال وجد أخيرا.",
    "caption": "العبّارة تغادر الميناء.",
    "language": "ar",
    "publisher": "النهر",
    "date": "2026-03-04T05:06:00+03:00",
}


def html_of(records: Iterable[dict[str, Any]], **options: Any) -> str:
    """Return the report of some records."""
    pairs = [(f"news.jsonl:{line}", each) for line, each in enumerate(records, 1)]
    limit = options.pop("limit", 20_000)
    arguments = {"made": MADE, "inputs": ["news.jsonl"]} | options
    return "".join(make_report(collect(pairs, limit=limit), **arguments))


def report_of(folder: Path, records: Iterable[dict[str, Any]], **options: Any) -> Path:
    """Write the report of some records into a folder."""
    path = folder / "report.html"
    path.write_text(html_of(records, **options), encoding="utf-8")
    return path
