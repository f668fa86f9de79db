"""WARC files made for the tests, by warcio: another library than the one that reads them."""

from __future__ import annotations

import gzip
import io
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.hostile.server import article

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HTML = ("Content-Type", "text/html; charset=utf-8")
DATE = "2024-05-06T07:08:09Z"


def response(
    url: str,
    body: bytes | str,
    headers: Iterable[tuple[str, str]] = (HTML,),
    *,
    status: str = "200 OK",
    date: str = DATE,
    kind: str = "response",
    warc_headers: dict[str, str] | None = None,
) -> bytes:
    """Return one record, not compressed; ``body`` is stored as it is."""
    raw = body.encode() if isinstance(body, str) else body
    head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(raw),
        http_headers=head,
        warc_headers_dict={"WARC-Date": date, **(warc_headers or {})},
    )
    writer.write_record(record)
    return out.getvalue()


def warcinfo() -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "the tests"}))
    return out.getvalue()


def story(number: int, host: str = "post.example", **arguments: object) -> bytes:
    """Return the record of a good article."""
    url = f"https://www.{host}/2024/05/06/story-number-{number}"
    return response(url, article(f"Ferry number {number} returns to the harbour"), **arguments)  # type: ignore[arg-type]


def lying(record: bytes, more: int) -> bytes:
    """Return a record whose Content-Length is wrong by so much."""
    return re.sub(
        rb"Content-Length: (\d+)",
        lambda m: b"Content-Length: %d" % (int(m[1]) + more),
        record,
        count=1,
    )


def packed(record: bytes, form: str) -> bytes:
    """Return a record as a member of a file whose name ends in ``form``."""
    if form.endswith(".gz"):
        return gzip.compress(record, mtime=0)
    checked = {int(zstd.CompressionParameter.checksum_flag): 1}
    return zstd.compress(record, options=checked) if form.endswith(".zst") else record


def write_warc(path: Path, records: Sequence[bytes]) -> Path:
    """Write records, each compressed by itself where the file's name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(packed(record, path.name) for record in records))
    return path
