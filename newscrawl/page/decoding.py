"""Bytes of a page to text, as a browser would, and better where the page lies about itself."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import charset_normalizer
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    to_unicode,
)

from newscrawl.text.language import most_probable_language

# What a page may declare: the WHATWG's list by Python's names. Python has other codecs, which take
# no bytes ("rot13"), or quadratic time ("punycode"), or give what is no text ("unicode_escape").
_DECLARABLE = re.compile(
    r"utf-(?:8|16|16-le|16-be|32)|cp125\d|iso8859-\d\d?|koi8-[ru]|cp866|cp874|mac-(?:roman|cyrillic)"
    r"|cp932|euc_jp|iso2022_jp|cp949|euc_kr|gb18030|big5hkscs"
)
_SEVEN_BIT = {"iso2022_jp": "\x1b", "utf-16": "\x00", "utf-16-le": "\x00", "utf-16-be": "\x00"}
# What is detected where nothing is declared, or the wrong thing.
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257")
_CYRILLIC = ("cp1251", "koi8_r", "iso8859_5", "cp866")
_OTHER = (
    "cp1253", "cp1255", "cp1256", "cp1258", "cp874", "cp932", "euc_jp", "cp949", "gb18030", "big5",
)  # fmt: skip
# The commonest words of the languages in Cyrillic letters. In the wrong one of these encodings a
# text is in Cyrillic letters, too, but has none of these words.
_CYRILLIC_WORDS = frozenset(
    "и в не на что с по как это он к но из у за от а то для о во со се да ще що з до та є як про і"
    " ў што па гэта ад је су са који од због ќе дека го ги ја".split()
)
_OF_LANGUAGE = {
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sh", "sk", "sl", "sr"), "cp1250"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    "tr": "cp1254",
}
# Detection looks at this much of the page, tags taken out; more changes no verdict, only time.
_DETECTION_BYTES = 32_768
_SEARCHED_BYTES = 2_000_000
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_RAW_START = re.compile(rb"<(?:script|style)\b", re.IGNORECASE)
_RAW_END = re.compile(rb"</(?:script|style)\s*>", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x80-\x9f]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_WINDOWS_FALLBACK = "newscrawl_cp1252"


class DecodedPage(NamedTuple):
    """A page's bytes decoded."""

    encoding: str
    text: str
    utf8: bytes | None = None
    """The bytes without their mark, where they are valid UTF-8; else None."""


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Return the name of the encoding and the text of a page's bytes; see `decode_page`."""
    encoding, text, _ = decode_page(body, content_type)
    return encoding, text


def decode_page(body: bytes, content_type: str | None = None) -> DecodedPage:
    """Return the name of the encoding and the text of a page's bytes.

    Order: byte-order mark; valid UTF-8 (other text is next to never valid UTF-8, so this also
    mends a wrong declaration); of the Content-Type header and the page's ``<meta>`` or XML prolog
    the one that fits the bytes; detection. Bytes that the encoding does not know become U+FFFD,
    but stray bytes in UTF-8 are read as Windows-1252. Never raises.
    """
    bom_encoding, bom = read_bom(body)
    if bom_encoding is not None and bom is not None:
        body = body[len(bom) :]
        if bom_encoding != "utf-8":
            return DecodedPage(bom_encoding, to_unicode(body, bom_encoding))
    elif wide := _without_bom(body):
        return DecodedPage(wide, to_unicode(body, wide))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        declared = _declared(body, content_type)
        return DecodedPage(*_decode_other(body, [name for name in declared if name != "utf-8"]))
    # ISO-2022-JP is of seven bits, and UTF-16 half NUL: both look like ASCII to UTF-8.
    if b"\x1b" in body or b"\x00" in body:
        for name in _declared(body, content_type):
            if name in _SEVEN_BIT and _SEVEN_BIT[name] in text:
                return DecodedPage(name, to_unicode(body, name))
    return DecodedPage("utf-8", text, body)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Return the encodings that the response and the page declare, by Python's names."""
    stated = http_content_type_encoding(content_type), html_body_declared_encoding(body)
    return [name for name in stated if name is not None and _DECLARABLE.fullmatch(name)]


def _without_bom(body: bytes) -> str | None:
    """Return the UTF-16 of a body that begins with a tag in it, mark or no mark."""
    return {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(body[:2])


def _decode_other(body: bytes, declared: list[str]) -> tuple[str, str]:
    good = len(_MULTIBYTE.findall(body, 0, _SEARCHED_BYTES))
    bad = len(_HIGH.findall(_MULTIBYTE.sub(b"", body[:_SEARCHED_BYTES])))
    if good >= bad and not declared:
        return "utf-8", body.decode("utf-8", errors=_WINDOWS_FALLBACK)
    # Servers say ISO-8859-1 of whatever they serve, and every byte is valid in it.
    declared.sort(key=lambda name: name == "cp1252")
    read = [(name, to_unicode(body, name)) for name in declared]
    read.sort(key=lambda pair: pair[1].count("\ufffd"))
    if read and read[0][1].count("\ufffd") * 50 <= good + bad:
        return read[0]
    if good >= bad:
        return "utf-8", body.decode("utf-8", errors=_WINDOWS_FALLBACK)
    encoding = _detect(body)
    return encoding, to_unicode(body, encoding)


def _detect(body: bytes) -> str:
    text = _TAG.sub(b" ", _without_scripts(body[:_SEARCHED_BYTES]))
    first = _HIGH.search(text)
    start = max(0, first.start() - 256 if first else 0)
    sample = text[start : start + _DETECTION_BYTES]
    high = len(_HIGH.findall(sample))
    in_runs = sum(map(len, _HIGH_RUN.findall(sample)))
    # In scripts other than Latin the high bytes stand together.
    if in_runs * 2 >= high:
        every = [*_LATIN, *_CYRILLIC, *_OTHER]
        found = charset_normalizer.from_bytes(sample, cp_isolation=every).best()
        if found is not None and found.encoding in _CYRILLIC:
            return max(_CYRILLIC, key=lambda name: _common_words(sample.decode(name, "replace")))
        if found is not None and found.encoding in _OTHER:
            return found.encoding
    return _latin(sample)


def _without_scripts(body: bytes) -> bytes:
    """Return a page without its scripts and style sheets, ended or not."""
    parts: list[bytes] = []
    position = 0
    while start := _RAW_START.search(body, position):
        parts.append(body[position : start.start()])
        end = _RAW_END.search(body, start.end())
        if end is None:
            return b" ".join(parts)
        position = end.end()
    return b" ".join((*parts, body[position:]))


def _latin(sample: bytes) -> str:
    """Return the encoding in which a text in Latin letters most probably is of a language.

    A language counts in the encoding that its pages have, and in no other: one that is probable
    whatever is made of its accents keeps its own.
    """
    likely = {"cp1252": 0.0}
    for name in ("cp1252", "cp1250", "cp1254", "cp1257"):
        language, probability = most_probable_language(sample.decode(name, "replace"))
        if name == _OF_LANGUAGE.get(language, "cp1252"):
            likely[name] = probability
    best = max(likely, key=likely.__getitem__)
    # Where Windows has letters, ISO 8859 has control characters.
    return "iso8859_2" if best == "cp1250" and not _CONTROL.search(sample) else best


def _common_words(text: str) -> int:
    return sum(map(_CYRILLIC_WORDS.__contains__, text.lower().split()))


def _stray_bytes_as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error(_WINDOWS_FALLBACK, _stray_bytes_as_windows_1252)
