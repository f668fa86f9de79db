"""A file's outcomes in their order: pages of one article joined, what was there before left out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from newscrawl.archive.judging import Outcome, Part, record_options
from newscrawl.archive.notes import Note
from newscrawl.discovery import url_key
from newscrawl.items import ARTICLE_KINDS, Article, Image
from newscrawl.records.output import to_record

_WAITING = 1_000
"""Articles of a file that wait for their next page; the oldest is then taken as it is."""

Finish = Callable[[Sequence[Article], int, Note], Outcome]


@dataclass(slots=True)
class _Article:
    parts: list[Article]
    offset: int
    note: Note


class Assembly:
    """The pages of one WARC file, put together.

    A further page is joined to its article if it comes after the page before it, as a crawl
    fetches them; an article whose next page does not come is taken as it is. ``finish`` makes a
    record of a whole article. ``seen`` holds the keys of all records so far, those of other files
    among them, and is added to; None keeps every record.
    """

    def __init__(self, finish: Finish, seen: set[int] | None) -> None:
        self._finish = finish
        self._seen = seen
        self._waiting: OrderedDict[str, _Article] = OrderedDict()
        self.incomplete = 0
        """Articles whose next page is not there."""

    def add(self, outcome: Outcome) -> Iterator[Outcome]:
        """Yield the outcomes that are final now; none of them is a part."""
        if outcome.part is not None:
            yield from self._add_part(outcome, outcome.part)
            return
        waiting = self._waiting.pop(url_key(outcome.url), None) if self._waiting else None
        if waiting is None:
            yield from self._final(outcome)
        elif outcome.line is not None:
            waiting.parts.append(_article_of(outcome.line))
            yield from self._whole(waiting)
        else:
            yield from self._incomplete(waiting)
            yield from self._final(outcome)

    def end(self) -> Iterator[Outcome]:
        """Yield what still waits for a next page that is not in the file."""
        while self._waiting:
            yield from self._incomplete(self._waiting.popitem(last=False)[1])

    def _add_part(self, outcome: Outcome, part: Part) -> Iterator[Outcome]:
        keys = [url_key(url) for url in part.addresses]
        waiting = next((self._waiting.pop(key) for key in keys if key in self._waiting), None)
        if waiting is None and not part.is_first:
            yield replace(outcome, part=None, skipped="later_page")
            return
        if waiting is None:
            waiting = _Article([], outcome.offset, part.note)
        elif part.article.kind not in ARTICLE_KINDS or not part.article.body:
            yield from self._incomplete(waiting)
            return
        waiting.parts.append(part.article)
        if part.next_url is None or len(waiting.parts) >= record_options(part.note).most_pages:
            yield from self._whole(waiting)
            return
        self._waiting[url_key(part.next_url)] = waiting
        if len(self._waiting) > _WAITING:
            yield from self._incomplete(self._waiting.popitem(last=False)[1])

    def _incomplete(self, article: _Article) -> Iterator[Outcome]:
        self.incomplete += 1
        return self._whole(article)

    def _whole(self, article: _Article) -> Iterator[Outcome]:
        return self._final(self._finish(article.parts, article.offset, article.note))

    def _final(self, outcome: Outcome) -> Iterator[Outcome]:
        if outcome.keys and self._seen is not None:
            if not self._seen.isdisjoint(outcome.keys):
                yield Outcome(outcome.url, outcome.offset, skipped="duplicate")
                return
            self._seen.update(outcome.keys)
        yield outcome


def _article_of(line: bytes) -> Article:
    record = to_record(line) or {}
    record["images"] = [Image(**image) for image in record["images"]]
    return Article(**record)
