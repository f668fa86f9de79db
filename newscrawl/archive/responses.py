"""Of all that a WARC file holds, the responses that may be pages of the wanted hosts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.archive.capture import Capture, address_of, capture_of
from newscrawl.archive.judging import Outcome, skipped
from newscrawl.archive.notes import Notes, is_note
from newscrawl.archive.reading import LARGEST_BLOCK, Damage, Record, read_records
from newscrawl.discovery import is_within, may_be_wanted
from newscrawl.items import Reject

_ABOUT_OTHERS = frozenset({"warcinfo", "request", "metadata"})
"""Types of records that are no captures of anything; they are not counted."""

_PARTIAL = 206


def read_responses(path: Path, hosts: Collection[str] = frozenset()) -> Iterator[Capture | Outcome]:
    """Yield the responses of a WARC file that may be pages, and outcomes for all others.

    ``hosts`` are those that are wanted, with their subdomains; all if there is none. The reasons
    of what is left out: ``revisit``, ``resource``, ``conversion``, ``continuation`` (the record's
    type), ``not_http``, ``other_host``, ``http_404`` (any status but success), ``not_html``. A
    broken record is a reject called ``broken_record``.

    Raises OSError for a file that cannot be read, NoWarcError for one that is no WARC.
    """
    notes = Notes()

    def wants(kind: str, headers: Mapping[str, str]) -> bool:
        if kind == "metadata":
            return is_note(headers)
        return kind == "response" and _objection(headers, hosts) is None

    for record in read_records(path, wants):
        if isinstance(record, Damage):
            yield _broken(record, path)
        elif record.type == "response":
            yield _response(record, notes, hosts)
        elif record.type == "metadata":
            notes.add(record)
        elif record.type not in _ABOUT_OTHERS:
            yield Outcome(address_of(record.headers), record.offset, skipped=record.type)


def _response(record: Record, notes: Notes, hosts: Collection[str]) -> Capture | Outcome:
    url = address_of(record.headers)
    note = notes.take(record.headers)
    if (objection := _objection(record.headers, hosts)) is not None:
        return Outcome(url, record.offset, skipped=objection)
    if record.length > LARGEST_BLOCK:
        detail = f"{record.length} bytes, the limit is {LARGEST_BLOCK}"
        return Outcome(url, record.offset, reject=Reject(url, "too_large", detail))
    try:
        capture = capture_of(record, note)
    except ValueError as error:
        return Outcome(url, record.offset, reject=Reject(url, "broken_record", str(error)))
    if not 200 <= capture.status < 300 or capture.status == _PARTIAL:
        return skipped(capture, f"http_{capture.status}")
    if not may_be_wanted(capture.headers.get("content-type"), listing=False):
        return skipped(capture, "not_html")
    return capture


def _objection(headers: Mapping[str, str], hosts: Collection[str]) -> str | None:
    """Return why a response is not wanted, as far as its record's headers tell."""
    try:
        parts = urlsplit(address_of(headers))
        host = parts.hostname or ""
    except ValueError:
        return "not_http"
    if parts.scheme.lower() not in ("http", "https") or not host:
        return "not_http"
    return "other_host" if hosts and not is_within(host, hosts) else None


def _broken(damage: Damage, path: Path) -> Outcome:
    url = damage.url or path.absolute().as_uri()
    return Outcome(url, damage.offset, reject=Reject(url, "broken_record", damage.detail))
