"""Fetch, crawl and read from Python; each crawl runs in a process of its own.

So these functions work any number of times in one process: in scripts without a ``__main__``
guard, in notebooks, threads, and programs with an event loop of their own.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from newscrawl.exceptions import CrawlError, FetchError
from newscrawl.items import Article, Image, Reject
from newscrawl.records.reading.reader import RecordReader
from newscrawl.site_list.site_list import SiteEntry
from newscrawl.text.urls import target_url

GRACE = 3.0
"""Seconds that a crawl which is left early has to end by itself."""

OnReject = Callable[[Reject], object]
Target = str | SiteEntry


def crawl(  # noqa: PLR0913 - the options of a crawl
    targets: Target | Iterable[Target],
    *,
    max_articles: int = 0,
    since: str = "",
    until: str = "",
    match: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    language: str | Sequence[str] = (),
    state: Path | str | None = None,
    settings: Mapping[str, Any] | None = None,
    on_reject: OnReject | None = None,
) -> Iterator[Article]:
    """Crawl and yield the articles as they come, the newest first.

    ``targets`` are addresses of articles, sections, feeds, sitemaps or front pages, or entries of a
    site list (`newscrawl.SiteEntry`). The crawl ends after ``max_articles`` records; ``since`` and
    ``until`` are a day, a time or an age (``"7d"``), ``match`` and ``exclude`` regular expressions
    of addresses, ``language`` BCP 47 tags. With ``state``, a file or a postgresql:// address, only
    new and changed articles come; one counts as seen once the next is asked for. ``settings`` are
    Scrapy's and newscrawl's, values that JSON can hold. ``on_reject`` is called with each page that
    became no record.

    An iterator that is left early, or closed, ends its crawl and its processes within seconds.

    Raises ValueError for what is no address or no scope, before anything is asked for; CrawlError
    for a crawl that could not be begun or broke down.
    """
    job = _job(targets, state, settings)
    scope = {
        "since": since,
        "until": until,
        "match": [match] if isinstance(match, str) and match else list(match),
        "exclude": [exclude] if isinstance(exclude, str) and exclude else list(exclude),
        "language": [language] if isinstance(language, str) and language else list(language),
        "max_articles": max_articles,
    }
    return _crawled({**job, "scope": scope}, on_reject)


async def acrawl(targets: Target | Iterable[Target], **options: Any) -> AsyncIterator[Article]:
    """Crawl as `crawl` does, for programs with an event loop: ``async for``."""
    articles = crawl(targets, **options)
    end = object()
    try:
        while (article := await asyncio.to_thread(next, articles, end)) is not end:
            assert isinstance(article, Article)  # noqa: S101 - all but the end are
            yield article
    finally:
        await asyncio.to_thread(articles.close)  # type: ignore[attr-defined]


def fetch(url: str, *, settings: Mapping[str, Any] | None = None) -> Article:
    """Fetch one page and return its record.

    robots.txt, the guard of addresses, pauses and limits hold as in any crawl. ``settings`` are as
    in `crawl`.

    Raises FetchError, with the ``reason`` and ``detail`` of the reject, for a page that cannot be
    fetched or is no record; ValueError for what is no address.
    """
    rejects: list[Reject] = []
    job = _job(url, None, {"AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_DELAY": 0, **(settings or {})})
    articles = list(_crawled({**job, "scope": {"only_pages": True}}, rejects.append))
    if articles:
        return articles[0]
    if rejects:
        raise FetchError(rejects[0].url, rejects[0].reason, rejects[0].detail or "")
    raise FetchError(url, "ignored", "the page was not asked for; a setting excludes it")


async def afetch(url: str, *, settings: Mapping[str, Any] | None = None) -> Article:
    """Fetch as `fetch` does, for programs with an event loop."""
    return await asyncio.to_thread(fetch, url, settings=settings)


def read(source: Path | str | Iterable[Path | str]) -> Iterator[Article]:
    """Yield the records of files: plain, ``.gz`` or ``.zst``; folders are searched for them.

    Raises ValueError for a line that is no record, with its file and number, and for a file that
    cannot be read. For files with damage, use `newscrawl.records.reading.RecordReader`.
    """
    names = [source] if isinstance(source, (str, Path)) else list(source)

    def refuse(problem: Any) -> None:
        if problem.reason != "other_schema":
            raise ValueError(str(problem))

    for _, record in RecordReader(map(str, names), on_problem=refuse):
        yield article_of(record)


def article_of(record: Mapping[str, Any]) -> Article:
    """Return the Article of a record as a dict; keys of later versions are left out."""
    known = {name: record[name] for name in Article.__slots__ if name in record}
    known["images"] = [
        Image(**{name: image[name] for name in Image.__slots__ if name in image})
        for image in record.get("images") or []
    ]
    return Article(**known)


def _job(
    targets: Target | Iterable[Target],
    state: Path | str | None,
    settings: Mapping[str, Any] | None,
) -> dict[str, Any]:
    listed = [targets] if isinstance(targets, (str, SiteEntry)) else list(targets)
    if not listed:
        raise ValueError("nothing to crawl: name at least one address or site entry")
    for target in listed:
        if not isinstance(target, (str, SiteEntry)):
            raise TypeError(f"{target!r} is neither an address nor a SiteEntry")
    changed = dict(settings or {})
    if state is not None:
        changed["NEWSCRAWL_STATE"] = str(state)
    return {
        "targets": [target_url(each) for each in listed if isinstance(each, str)],
        "sites": [asdict(each) for each in listed if isinstance(each, SiteEntry)],
        "settings": changed,
    }


def _crawled(job: dict[str, Any], on_reject: OnReject | None) -> Iterator[Article]:
    with tempfile.TemporaryFile() as said, _started(said) as process:
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101
        ended = False
        try:
            _tell(process.stdin, json.dumps(job))
            taken = 0
            for line in process.stdout:
                event = json.loads(line)
                if "article" in event:
                    yield article_of(event["article"])
                    taken += 1
                    _tell(process.stdin, str(taken))
                elif "reject" in event and on_reject is not None:
                    on_reject(Reject(**event["reject"]))
                elif "error" in event:
                    raise CrawlError(event["error"])
                elif "summary" in event:
                    ended = True
                    _check(event["summary"])
            if not ended:
                said.seek(0)
                raise CrawlError(_last_line(said.read()) or "the crawl's process ended")
        finally:
            _end(process)


def _started(said: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "newscrawl.spiders.child"]
    return subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
    )


def _tell(stdin: IO[bytes], line: str) -> None:
    with suppress(BrokenPipeError):  # it has ended, and what it said says why
        stdin.write(line.encode() + b"\n")
        stdin.flush()


def _check(summary: Mapping[str, Any]) -> None:
    problem = summary.get("state_error") or summary.get("frontier_error")
    if problem:
        raise CrawlError(str(problem))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a crawl that may still be under way: in order if it can be, else at once."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
