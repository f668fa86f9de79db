"""WARC files written by a crawl: whole records, each a gzip member, in files of a bounded size."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import logging
import os
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc import WarcRecord, WarcRecordType

from newscrawl.archive.notes import CONTENT_TYPE, Note
from newscrawl.records.output import OutputError
from newscrawl.records.output.compression import LARGEST_TORN, compression_of, good_end
from newscrawl.records.output.locks import open_locked, sync_directory

logger = logging.getLogger(__name__)

SUFFIX = ".warc.gz"
_FIELDS = "application/warc-fields"
_HTTP = "application/http; msgtype="
_SYNC_SECONDS = 1.0
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the answer to it, as they went over the network but for transfer codings."""

    url: str
    method: str
    request_headers: Headers
    status: int
    protocol: str
    """``HTTP/1.1``."""
    headers: Headers
    body: bytes
    """With its content codings."""
    arrived: datetime
    address: str | None
    """The IP address of the server, where it is known."""
    note: Note


class WarcOutput:
    """A sequence of WARC files, one open for appending; for one thread and one process at a time.

    ``path`` is a file whose name ends in ``.warc.gz``, or a folder, for
    ``newscrawl-00000.warc.gz``. Once a file has ``size`` bytes the next is begun:
    ``NAME-00001.warc.gz`` and so on. A run goes on in the last one; what a kill left torn at its
    end is cut off first. ``info`` goes into the warcinfo record with which each run begins in
    each file. Raises OutputError.
    """

    def __init__(self, path: Path, size: int, info: Mapping[str, str]) -> None:
        if path.suffix in (".warc", ".zst") or (path.suffix == ".gz" and not _is_file(path)):
            raise OutputError(f"{path}: the name of a WARC file ends in {SUFFIX}")
        self._names = _names(path)
        self._size = size
        self._info = info
        self._fd = -1
        self._synced = 0.0
        self._failed: OutputError | None = None
        self._info_id = ""
        self.files = 0
        """Files that were written to."""
        self.repaired = 0
        """Files whose torn end was cut off."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _is_file(path):
                path.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise OutputError(f"{path}: Not a directory") from error
        except OSError as error:
            raise OutputError.of(path, error) from error
        self._output = path
        self._open_next()

    def write(self, exchange: Exchange) -> int:
        """Append an exchange; return the bytes that it takes.

        Raises OutputError, now and ever after, once one could not be written; then the file ends
        on a whole record.
        """
        if self._failed is not None:
            raise self._failed
        try:
            if self._length() >= self._size:
                self._rotate()
            if not self._info_id:
                self._begin_run()
            written = self._append(b"".join(self._members(exchange)))
            if time.monotonic() - self._synced >= _SYNC_SECONDS:
                self._sync()
        except OutputError as error:
            self._failed = error
            raise
        return written

    def close(self) -> None:
        """Make all that was written durable and let go of the file."""
        try:
            if self._failed is None:
                self._sync()
        finally:
            os.close(self._fd)

    def _open_next(self) -> None:
        """Open the next file of the sequence that has room."""
        for path in self._names:
            if path.exists() and path.stat().st_size >= self._size:
                continue
            self._fd = open_locked(path, self._output)
            try:
                self._repair(path)
                sync_directory(path.resolve().parent)
            except OSError as error:
                os.close(self._fd)
                raise OutputError.of(path, error) from error
            self.path = path
            self._info_id = ""
            return

    def _repair(self, path: Path) -> None:
        size = os.fstat(self._fd).st_size
        compression = compression_of(path)
        if not size or compression is None:
            return
        if not compression.begins_at(self._fd, 0):
            raise OutputError(f"{path} is not {compression.name}; it is left as it is")
        end, _ = good_end(self._fd, compression, size, None)
        if size - end > LARGEST_TORN:
            raise OutputError(
                f"{path} cannot be read after byte {end}, and that is more than a kill can tear; "
                "it is left as it is"
            )
        if end < size:
            logger.warning("%s: cut off %d bytes that were torn at its end", path, size - end)
            os.ftruncate(self._fd, end)
            os.fsync(self._fd)
            self.repaired += 1

    def _rotate(self) -> None:
        self._sync()
        os.close(self._fd)
        self._open_next()

    def _begin_run(self) -> None:
        text = "".join(f"{name}: {value}\r\n" for name, value in self._info.items())
        headers = {"WARC-Filename": self.path.name, "Content-Type": _FIELDS}
        record_id = _record_id()
        self._append(
            _member(WarcRecordType.warcinfo, record_id, datetime.now(UTC), headers, text.encode())
        )
        self._info_id = record_id
        self.files += 1

    def _members(self, exchange: Exchange) -> Iterator[bytes]:
        """Yield the records of an exchange: the note comes before the response it is about."""
        common = {
            "WARC-Target-URI": exchange.url,
            "WARC-Warcinfo-ID": self._info_id,
            **({"WARC-IP-Address": exchange.address} if exchange.address else {}),
        }
        request_id, response_id = _record_id(), _record_id()
        asked = {**common, "WARC-Concurrent-To": response_id, "Content-Type": f"{_HTTP}request"}
        block = _request_head(exchange)
        yield _member(WarcRecordType.request, request_id, exchange.arrived, asked, block)
        if exchange.note:
            about = {**common, "WARC-Concurrent-To": response_id, "Content-Type": CONTENT_TYPE}
            text = json.dumps(exchange.note, ensure_ascii=False).encode(errors="replace")
            yield _member(WarcRecordType.metadata, _record_id(), exchange.arrived, about, text)
        answered = {
            **common,
            "WARC-Concurrent-To": request_id,
            "WARC-Payload-Digest": _digest(exchange.body),
            "Content-Type": f"{_HTTP}response",
        }
        block = _response_head(exchange) + exchange.body
        yield _member(WarcRecordType.response, response_id, exchange.arrived, answered, block)

    def _append(self, data: bytes) -> int:
        before = self._length()
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._fd, rest) :]
        except OSError as error:
            try:
                os.ftruncate(self._fd, before)
            except OSError as second:
                logger.error("%s: its torn end cannot be cut off: %s", self.path, second.strerror)
            raise OutputError.of(self.path, error) from error
        return len(data)

    def _sync(self) -> None:
        try:
            os.fsync(self._fd)
        except OSError as error:
            raise OutputError.of(self.path, error) from error
        self._synced = time.monotonic()

    def _length(self) -> int:
        return os.fstat(self._fd).st_size


def _is_file(path: Path) -> bool:
    return path.name.endswith(SUFFIX)


def _names(path: Path) -> Iterator[Path]:
    """Yield the names of a sequence of files."""
    if not _is_file(path):
        yield from (path / f"newscrawl-{number:05}{SUFFIX}" for number in count())
        return
    yield path
    stem = path.name.removesuffix(SUFFIX)
    yield from (path.with_name(f"{stem}-{number:05}{SUFFIX}") for number in count(1))


def _member(
    kind: WarcRecordType, record_id: str, date: datetime, headers: Mapping[str, str], block: bytes
) -> bytes:
    record = WarcRecord()
    record.init_headers(kind, content_length=len(block))
    record.headers["WARC-Record-ID"] = record_id
    record.headers["WARC-Date"] = date.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for name, value in headers.items():
        record.headers[name] = value
    record.set_bytes_content(block)
    out = io.BytesIO()
    record.write(out, checksum_data=True)
    return gzip.compress(out.getvalue(), 6, mtime=0)


def _record_id() -> str:
    return f"<{uuid.uuid4().urn}>"


def _digest(data: bytes) -> str:
    made = hashlib.sha1(data, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(made).decode()}"


def _request_head(exchange: Exchange) -> bytes:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [("Host", parts.netloc.rpartition("@")[2]), *exchange.request_headers]
    return _head(f"{exchange.method} {target} HTTP/1.1", headers)


def _response_head(exchange: Exchange) -> bytes:
    try:
        phrase = HTTPStatus(exchange.status).phrase
    except ValueError:
        phrase = ""
    return _head(f"{exchange.protocol} {exchange.status} {phrase}", exchange.headers)


def _head(first: str, headers: Headers) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
