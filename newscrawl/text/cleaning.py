"""Normalisers for text: white space, control characters, quotes, and the content hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# C0/C1 controls but for tab and line breaks, zero-width marks, byte-order mark, soft hyphen,
# lone surrogates, noncharacters. ZWNJ and ZWJ go behind Latin letters, ASCII and white space, where
# they say nothing; Persian, Indic scripts and emoji need them. Kept are the bidirectional marks
# inside right-to-left text.
_UNWANTED = re.compile(
    "(?:(?<=[\x00-\u024f\u2000-\u200a\u2010-\u206f])|^)[\u200c\u200d]+|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"[ \t\r\f\v]*\n\s*\n\s*")
_WORD = re.compile(r"\w+")
# Replaced one by one: a str.translate over long text costs ten times as much.
_QUOTES = (
    ("‘", "'"),
    ("’", "'"),
    ("‚", "'"),
    ("“", '"'),
    ("”", '"'),
    ("„", '"'),
    ("–", "-"),
    ("—", "-"),
)


def clean_line(text: str) -> str:
    r"""Return the text on one line: controls and zero-width marks gone, white space folded.

    >>> clean_line(" A\u00a0new\n  hall\u200b ")
    'A new hall'
    """
    text = text.strip()
    # What is unwanted is not printable, and of white space only plain spaces are.
    if text.isprintable() and "  " not in text:
        return text
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_UNWANTED.sub("", line).split())


def clean_text(text: str) -> str:
    r"""Return the text with each paragraph on one line and one blank line between paragraphs.

    >>> clean_text("One\nline. \n\n\n Two. ")
    'One line.\n\nTwo.'
    """
    if _is_clean(text):
        return text
    paragraphs = (clean_line(part) for part in _PARAGRAPH_BREAK.split(text))
    return "\n\n".join(part for part in paragraphs if part)


def _is_clean(text: str) -> bool:
    """Return whether `clean_text` would return a text as it is, in a tenth of its time."""
    return (
        text.replace("\n\n", "").isprintable()
        and not any(wrong in text for wrong in ("\n\n\n", "  ", " \n", "\n "))
        and text == text.strip()
    )


def has_any(text: str, parts: Iterable[str]) -> bool:
    """Return whether any of the parts is in the text, as it is written."""
    # A plain loop: a generator costs more than the search itself.
    for part in parts:  # noqa: SIM110
        if part in text:
            return True
    return False


def text_size(text: str) -> int:
    """Return how long a text is in characters, those of scripts that write more with each one more.

    It is half of the bytes of its UTF-8 where that is more than its characters: a Chinese
    character counts one and a half.
    """
    return (
        len(text) if text.isascii() else max(len(text), len(text.encode("utf-8", "replace")) // 2)
    )


def words(text: str) -> list[str]:
    r"""Return the lower-cased ``\w+`` words of the text, in order."""
    return _WORD.findall(text.lower())


def fold(text: str) -> str:
    """Return a form for comparing: NFKC, straight quotes and dashes, case folded, one line."""
    if not text.isascii():
        text = _straightened(text)
        # Often its quotes were all that was not ASCII.
        if not text.isascii() and (normal := unicodedata.normalize("NFKC", text)) != text:
            text = _straightened(normal)
    return clean_line(text).casefold()


def _straightened(text: str) -> str:
    for curly, straight in _QUOTES:
        text = text.replace(curly, straight)
    return text


@lru_cache(maxsize=1)  # an article's is asked for by its extraction, and right afterwards again
def content_hash(headline: str | None, body: str | None, caption: str | None) -> str:
    """Return 32 hexadecimal digits (BLAKE2b, 128 bits) of the three texts, folded.

    Typography, case and white space do not change it; a changed word does.
    """
    # Between words a space is as good as a blank line, and costs less to fold.
    one_line = (body or "").replace("\n\n", " ")
    joined = "\x1f".join(fold(part) for part in (headline or "", one_line, caption or ""))
    return hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()
