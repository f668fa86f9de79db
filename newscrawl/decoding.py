"""Bytes of a page to text, as a browser would, and better where the page lies about itself."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    to_unicode,
)

# Detection looks at this much of the page, tags taken out; more changes no verdict, only time.
_DETECTION_BYTES = 32_768
_MARKUP = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]{0,2000}>", re.S | re.I)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_WINDOWS_FALLBACK = "newscrawl_cp1252"


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Return the name of the encoding and the text of a page's bytes.

    Order: byte-order mark; valid UTF-8 (other text is next to never valid UTF-8, so this also
    mends a wrong declaration); the Content-Type header; the page's ``<meta>`` or XML prolog;
    detection. Bytes that the encoding does not know become U+FFFD, but stray bytes in UTF-8 are
    read as Windows-1252. Never raises.
    """
    bom_encoding, bom = read_bom(body)
    if bom_encoding is not None and bom is not None:
        return bom_encoding, to_unicode(body[len(bom) :], bom_encoding)
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, declared)
    if declared not in (None, "utf-8") and ("\x1b" in text or "\x00" in text):
        # Seven-bit encodings (ISO-2022-JP) and UTF-16 look like ASCII to UTF-8.
        return declared, to_unicode(body, declared)
    return "utf-8", text


def _decode_other(body: bytes, declared: str | None) -> tuple[str, str]:
    if declared is not None and declared != "utf-8":
        return declared, to_unicode(body, declared)
    good = len(_MULTIBYTE.findall(body))
    bad = sum(1 for byte in _MULTIBYTE.sub(b"", body) if byte >= 0x80)
    if good >= bad:
        return "utf-8", body.decode("utf-8", errors=_WINDOWS_FALLBACK)
    encoding = _detect(body)
    return encoding, to_unicode(body, encoding)


def _detect(body: bytes) -> str:
    sample = _MARKUP.sub(b" ", body)
    first = next((i for i, byte in enumerate(sample) if byte >= 0x80), 0)
    start = max(0, first - 256)
    best = charset_normalizer.from_bytes(sample[start : start + _DETECTION_BYTES]).best()
    if best is None or best.encoding in ("ascii", "utf_8", "latin_1", "iso8859_1"):
        return "cp1252"
    return best.encoding


def _stray_bytes_as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error(_WINDOWS_FALLBACK, _stray_bytes_as_windows_1252)
