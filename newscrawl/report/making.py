"""From articles, rejects and runs to the page, and what it says of what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib import metadata

from newscrawl.report.articles import Articles
from newscrawl.report.contents import Contents, LeftOut
from newscrawl.report.doubts import doubtful_sites
from newscrawl.report.figures import figures_of
from newscrawl.report.overview import drawings_of
from newscrawl.report.packing import DEFAULT_SIZE, MEGABYTE, SHORT_BODY, Packed, pack
from newscrawl.report.page import page
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures
from newscrawl.report.timeline import counted

_LEAST_SIZE = MEGABYTE // 2
"""Bytes that the articles may have in any case."""


def make_report(
    articles: Articles,
    *,
    made: datetime,
    inputs: Sequence[str],
    reasons: Sequence[Reason] | None = None,
    reasons_from: str = "",
    runs: Sequence[RunFigures] | None = None,
    left_out: Sequence[LeftOut] = (),
    most: int = DEFAULT_SIZE,
) -> Iterator[str]:
    """Yield the pieces of the report, an HTML document of at most about ``most`` bytes.

    ``made`` is the time that it bears, ``inputs`` are the names of the files. ``reasons`` and
    ``runs`` are None where they are not known, and the page says so.
    """
    newest = articles.newest()
    contents = Contents(
        made=made,
        version=metadata.version("newscrawl"),
        inputs=inputs,
        figures=figures_of(articles.facts),
        packed=Packed(),
        records=articles.records,
        repeated=articles.repeated,
        reasons=reasons,
        reasons_from=reasons_from,
        runs=runs,
        left_out=left_out,
        doubtful=doubtful_sites(newest),
    )
    drawings = drawings_of(contents)
    around = sum(len(piece.encode()) for piece in page(contents, drawings))
    packed = pack(newest, max(_LEAST_SIZE, most - around))
    remarks = _remarks(articles, len(newest), packed, most)
    return page(replace(contents, packed=packed, remarks=remarks), drawings)


def _remarks(articles: Articles, newest: int, packed: Packed, most: int) -> list[str]:
    """Return what the page does not hold, in words."""
    remarks = []
    total, size = len(articles.facts), f"{most / MEGABYTE:g} MB"
    if articles.repeated:
        remarks.append(
            f"{counted(articles.repeated, 'record')} that another one repeats word by word."
        )
    if newest < total:
        remarks.append(
            f"The figures are of all {total:,} articles; the newest {newest:,} can be read here "
            "(--articles keeps more)."
        )
    if packed.articles < newest:
        remarks.append(
            f"Of those, only the newest {packed.articles:,} fit into {size} (--max-size)."
        )
    if packed.short:
        whole = (
            f"the newest {counted(packed.whole_of_each_site, 'article')} of each site are whole"
            if packed.whole_of_each_site
            else "no article is whole"
        )
        remarks.append(
            f"To keep this file below {size} (--max-size), {whole}; {packed.short:,} others end "
            f"after {SHORT_BODY} characters, and say so. A search does not find what was cut. The "
            "records have all."
        )
    return remarks
