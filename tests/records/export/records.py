"""Records that are hard to export."""

from __future__ import annotations

from typing import Any

from newscrawl.records.output import to_line
from tests.records.reading.records import record

RICH = record(
    1,
    url="https://www.example.co.uk/münchen/1",
    headline='=HYPERLINK("https://example.org";"win")',
    date="2022-04-12T18:05:00.25-04:00",
    date_modified="2022-04-13",
    caption="+49 30 1234, the old number",
    body='A "quoted" word, a comma; a semicolon\tand a tab.\n\n@home: Ёлка, 東京, ﷽.',
    description="-1 degree at night",
    authors=["=Ana Writer", "Jörg Ötztürk"],
    credit="A. Writer/Agency",
    images=[
        {"url": "https://example.org/a b.jpg", "caption": "Lead.", "credit": "X", "alt": "Hall"},
        {"url": "https://example.org/2.jpg", "caption": None, "credit": None, "alt": None},
    ],
    section="World",
    tags=["parliament", "architecture"],
    language="en-GB",
    publisher="The Example",
    canonical_url="https://www.example.co.uk/news/1",
    kind="live",
    access="metered",
    sources={"headline": "json-ld", "body": "html"},
    rights={"robots": {"value": "noarchive", "source": "meta"}},
    fetched_at="2022-04-12T22:40:05Z",
    cluster="a" * 32,
)
BARE = {"url": "https://example.org/bare", "date": "2024-02-30"}
"""As an old or foreign file may have it: keys missing, a day that never was."""

DAY = record(3, date="2024-05-06", fetched_at=None, kind="article", language="de")
NO_OFFSET = record(4, date="2024-05-07T09:30", date_modified="9999-12-31T23:59:59-14:00")

ALL: list[dict[str, Any]] = [RICH, BARE, DAY, NO_OFFSET]
LINES = b"".join(map(to_line, ALL))


def revision(article: int, number: int, **fields: Any) -> dict[str, Any]:
    """Return a revision of an article."""
    return record(
        article,
        headline=f"Article {article}, revision {number}",
        revision=number,
        content_hash=f"{article * 100 + number:032x}",
        fetched_at=f"2024-05-06T06:00:{number:02}Z",
        **fields,
    )
