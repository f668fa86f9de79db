"""Read a saved page, whatever it was saved as, to its record or the reason why it has none."""

from __future__ import annotations

import email
import email.policy
import json
import re
import sys
import time
import traceback
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.inputs import HTML_SUFFIXES, MHTML_SUFFIXES, TEXT_SUFFIXES, Input
from newscrawl.extraction.record import USUAL, FetchedPage, RecordOptions, make_record
from newscrawl.items import Article, Reject
from newscrawl.page.page import MAX_BYTES
from newscrawl.page.unpacking import unpack_gzip
from newscrawl.records.reading.files import STDIN
from newscrawl.text.dates import utc_timestamp

FileTime = Literal["mtime"]

# Browsers note the address in the pages that they save: "saved from url=(0026)https://…".
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]{1,2000})", re.I)
_MARKUP = re.compile(rb"<(?:!doctype|\?xml|!--|[a-z][a-z0-9]*[\s/>])", re.I)
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one input: a record or a reject, never both."""

    path: str
    line: bytes | None = None
    """The record as JSON in UTF-8, with its line end."""
    filled: tuple[str, ...] = ()
    """Names of the record's fields that hold something."""
    reject: Reject | None = None
    traceback: str | None = None
    """Of an exception that extraction must not raise: a bug."""


@dataclass(frozen=True, slots=True)
class _Content:
    data: bytes
    is_text: bool = False
    url: str = ""
    content_type: str | None = None


def with_data(item: Input) -> Input:
    """Return the input with its bytes if only this process can read it: a pipe, standard input."""
    if item.problem is not None or (item.path != STDIN and Path(item.path).is_file()):
        return item
    try:
        return replace(item, data=_read(item.path))
    except NotAPageError as error:
        return replace(item, problem=error.detail)
    except (OSError, EOFError, zlib.error) as error:
        return replace(item, problem=words_of(error))


def outcome_of(
    item: Input,
    fetched_at: datetime | FileTime | None = None,
    options: RecordOptions = USUAL,
) -> Outcome:
    """Read an input and make its record; ``fetched_at`` "mtime" is the file's time of change.

    Never raises: what cannot be read is a reject called ``unreadable``, and an exception that
    extraction should not have raised one called ``internal``, with its traceback.
    """
    if item.problem:
        return _rejected(item, "unreadable", item.problem)
    arrived = None
    try:
        arrived = _file_time(item.path) if fetched_at == "mtime" else fetched_at
        fetched = saved_page(item, arrived)
        item = replace(item, url=fetched.url)
        return _outcome(item.path, make_record(fetched, options))
    except NotAPageError as error:
        return _rejected(item, error.reason, error.detail, arrived)
    except (OSError, EOFError, zlib.error) as error:
        return _rejected(item, "unreadable", words_of(error), arrived)
    except Exception as error:  # noqa: BLE001 - a bug on one page must not cost the others
        detail = f"{type(error).__name__}: {error}"
        return replace(
            _rejected(item, "internal", detail, arrived), traceback=traceback.format_exc()
        )


def saved_page(item: Input, fetched_at: datetime | None = None) -> FetchedPage:
    """Return the page that an input holds, for `newscrawl.extraction.record`.

    Raises NotAPageError, OSError, EOFError or zlib.error for what cannot be read.
    """
    content = _content(item.path, _read(item.path) if item.data is None else item.data)
    return FetchedPage(
        content.data,
        item.url or content.url,
        {"content-type": content.content_type} if content.content_type else {},
        fetched_at,
        stored_at=_file_uri(item.path),
        is_text=content.is_text,
    )


def _outcome(path: str, found: Article | Reject) -> Outcome:
    if isinstance(found, Reject):
        return Outcome(path, reject=found)
    record = found.to_dict()
    filled = tuple(name for name, value in record.items() if value not in (None, [], {}))
    return Outcome(path, json_line(record), filled)


def json_line(record: dict[str, Any]) -> bytes:
    """Return a record as one line of JSON in valid UTF-8, whatever its strings hold."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def crashed(item: Input) -> Outcome:
    """Return the outcome of an input whose worker process died."""
    return _rejected(item, "crashed", "the process that read it died")


def words_of(error: Exception) -> str:
    """Return why a file could not be read, without its name."""
    return getattr(error, "strerror", None) or str(error)


def _rejected(item: Input, reason: str, detail: str, fetched_at: datetime | None = None) -> Outcome:
    url = item.url or _file_uri(item.path)
    moment = utc_timestamp(fetched_at) if fetched_at is not None else None
    return Outcome(item.path, reject=Reject(url, reason, detail, fetched_at=moment))


def _file_uri(path: str) -> str:
    return "file:///dev/stdin" if path == STDIN else Path(path).absolute().as_uri()


def _file_time(path: str) -> datetime:
    seconds = time.time() if path == STDIN else Path(path).stat().st_mtime
    return datetime.fromtimestamp(int(seconds), UTC)


def _content(path: str, data: bytes) -> _Content:
    name = "" if path == STDIN else path.lower().removesuffix(".gz")
    if name.endswith(MHTML_SUFFIXES):
        return _from_mhtml(data)
    if name.endswith(TEXT_SUFFIXES):
        return _Content(_text(data), is_text=True)
    if not name.endswith(HTML_SUFFIXES) and not _looks_like_markup(data):
        return _Content(_text(data), is_text=True)
    saved_from = _SAVED_FROM.search(data[:_HEAD])
    return _Content(data, url=saved_from[1].decode("ascii", "replace") if saved_from else "")


def _looks_like_markup(data: bytes) -> bool:
    head = data[:_HEAD].replace(b"\x00", b"")
    return _MARKUP.search(head) is not None


def _text(data: bytes) -> bytes:
    """Return the bytes of a text dump. Raises NotAPageError for those of something else."""
    if not data.strip():
        raise NotAPageError("empty", "the file is empty")
    if len(data) > MAX_BYTES:
        raise NotAPageError("too_large", f"more than {MAX_BYTES} bytes")
    if b"\x00" in data[:_HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAPageError("binary", "the bytes are those of a binary file, not of a text")
    return data


def _read(path: str) -> bytes:
    """Return a file's bytes, unpacked if they are gzip; raises NotAPageError for too many."""
    if path == STDIN:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    unpacked = unpack_gzip(data, MAX_BYTES)
    if not unpacked.is_whole:
        raise EOFError("the gzip file is cut short")
    return unpacked.data


def _from_mhtml(data: bytes) -> _Content:
    """Return the page of a web archive: its first HTML part, with the address it came from."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            url = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
            if isinstance(page, bytes):
                return _Content(page, url=str(url), content_type=part.get("Content-Type"))
    raise NotAPageError("empty", "the web archive holds no HTML part")
