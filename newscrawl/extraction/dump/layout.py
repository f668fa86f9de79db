"""A plain-text dump as blocks: wrapped lines joined again, markers of text browsers taken out.

Three kinds of dump differ in how a paragraph looks: lynx indents it by three columns and wraps it,
w3m and links wrap it at the left margin, copy and paste keeps it on one line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from newscrawl.text.cleaning import clean_line

_NARROWEST_WRAP = 40
_WIDEST_WRAP = 132  # columns; a dump with longer lines than a terminal's is not wrapped
_LINES_TO_MEASURE = 12  # of one indentation
_LONG_LINES = 0.4  # of the letters: so many may be in longer lines (addresses, tables)

_REFERENCE = re.compile(
    r"\s*\d+\.\s+((?:https?|mailto|ftp|file|javascript|tel|whatsapp|data|about):\S*)"
)
_REFERENCE_LABEL = re.compile(r"\s*(?:\w+|\w+ \w+):?\s*")
_LINK_MARKER = re.compile(r"\[(\d{1,4})\](?=\S|$)")
_BULLET = re.compile(
    # A number is a list's, and not a date's: "12. April 2022".
    r"\s*(?:[•◦▪■●○□·‣*]|(?<=\s)[+o@#-]|(?<=\s)\d{1,3}\.(?!\s*(?:\w+\s\d{4}|\d)))(?:\s+|$)"
)
_MARGIN_BULLET = re.compile(r"(?:[•◦▪■●○□·‣*]|-)(?:\s+|$)")
_FURNITURE = re.compile(
    r"\(BUTTON\)|\[BUTTON(?: Input)?\](?: \(not implemented\))?|\(not implemented\)"
    r"|\[(?:INLINE|IMAGE|LINK|USEMAP|ISMAP|EMBED)[^\]]{0,200}\]|\bI?FRAME: \S+|\[AK\+\w+\]"
    r"|_{3,}|\[[ X_]*\]|\((?:[*X ]|_)\)|^_$"
)
# The alternative that text browsers print for a picture without a text: its file's name.
_PICTURE = re.compile(
    r"\[[^\[\]]{0,300}?(?:\.(?:jpe?g|png|gif|webp|svg|avif|ashx|bmp)\b|[?&;](?:\w+=|amp)|%[0-9A-F]{2}"
    r"|[0-9a-f]{12}|[A-Z0-9]{16})[^\[\]]{0,300}\]|\[(?:spacer|pixel|logo|icon|img|image)[^\[\]]{0,40}\]",
    re.IGNORECASE,
)
_AD_AT_END = re.compile(
    r"(?<=[.!?…\"”»])\s+(?:advertisement|anzeige|werbung|publicidad|publicité|publicidade|pubblicità"
    r"|advertentie|annons|annonse|annonce|reklama?|реклама)$",
    re.IGNORECASE,
)
_WIDE = frozenset("WF")


@dataclass(slots=True)
class Block:
    """A paragraph, a heading, a list item or a line of navigation."""

    text: str
    """On one line, markers taken out, never empty."""

    bullet: bool = False
    """Whether it is an item of a list."""

    heading: bool = False
    """Whether it begins left of the text or stands in the middle, as headings do in lynx."""

    apart: bool = True
    """Whether a blank line stands above it."""

    linked: bool = False
    """Whether a link begins where it begins."""

    links: int = 0
    """How many links it has, as far as the dump marks them."""

    length: int = field(init=False)
    """Its words; two letters count as one where words are not parted by spaces."""

    def __post_init__(self) -> None:
        wide = 0 if self.text.isascii() else sum(map(_is_wide, self.text))
        self.length = len(self.text.split()) + wide // 2


@dataclass(frozen=True, slots=True)
class Layout:
    """A dump taken apart."""

    blocks: list[Block]
    """In reading order."""

    links: list[str]
    """The addresses of the list of references at the end, if there is one."""

    declared: list[str]
    """Titles of the page's feeds, which lynx prints first; one may hold the headline."""


@dataclass(slots=True)
class _Line:
    indent: int
    text: str
    width: int  # of indent and text, in columns
    bullet: bool = False
    apart: bool = True  # a blank line stands above


def read_layout(text: str) -> Layout:
    """Return the blocks, links and declared titles of a dump."""
    raw_lines = text.expandtabs(4).splitlines()
    raw_lines, links = _without_references(raw_lines)
    declared: list[str] = []
    raw_lines, declared = _without_declared(raw_lines)
    lines = [_line(raw) for raw in raw_lines]
    lines = _with_lone_bullets(lines)
    width = _wrap_width(lines)
    margin = _margin(lines) if width else 0
    numbered = bool(links) or _is_numbered(raw_lines)
    blocks: list[Block] = []
    for group in _groups(lines, width):
        block = _block(group, margin, width, numbered=numbered)
        if block is not None:
            blocks.append(block)
    return Layout(blocks, links, declared)


def _without_references(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take lynx's numbered list of addresses off the end, with the words above it."""
    end = len(lines)
    links: list[str] = []
    position = end
    while position > 0:
        line = lines[position - 1]
        match = _REFERENCE.match(line)
        if match:
            links.append(match[1])
            end = position - 1
        elif line.strip() and not (links and _REFERENCE_LABEL.fullmatch(line)):
            break
        position -= 1
    if len(links) < 2:
        return lines, []
    # "References", "Visible links:" and blank lines stand above the first address.
    while end > 0 and (not lines[end - 1].strip() or _is_reference_label(lines[end - 1])):
        end -= 1
    return lines[:end], links[::-1]


def _is_reference_label(line: str) -> bool:
    words = line.strip().rstrip(":").split()
    return len(words) <= 2 and (line.rstrip().endswith(":") or not line.startswith(" "))


def _without_declared(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take off the first lines, which lynx fills with the titles of ``<link>`` elements."""
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or not re.match(r"\s*#\s?(?:\[\d+\]|\S)", lines[start]):
        return lines, []
    end = start
    while end < len(lines) and lines[end].strip():
        end += 1
    if end - start > 12:
        return lines, []
    joined = " ".join(line.strip() for line in lines[start:end]).lstrip("# ")
    return lines[end:], [
        clean_line(part) for part in _LINK_MARKER.split(joined)[::2] if part.strip()
    ]


def _line(raw: str) -> _Line:
    text = raw.strip()
    indent = len(raw) - len(raw.lstrip()) if text else 0
    line = _Line(indent, text, indent + _columns(text))
    match = (_BULLET if indent else _MARGIN_BULLET).match(raw)
    if match and text:
        line.bullet = True
        line.text = raw[match.end() :].strip()
        line.indent = match.end() if line.text else indent
    return line


def _with_lone_bullets(lines: list[_Line]) -> list[_Line]:
    """Put a bullet that stands alone on its line before the next line of text."""
    result: list[_Line] = []
    pending = False
    for line in lines:
        if line.bullet and not line.text:
            pending = True
        elif pending and line.text:
            line.bullet, pending = True, False
            result.append(line)
        elif not (pending and not line.text):
            result.append(line)
    return result


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        2
        if unicodedata.east_asian_width(letter) in _WIDE
        else 0
        if unicodedata.combining(letter)
        else 1
        for letter in text
    )


def _wrap_width(lines: list[_Line]) -> int:
    """Return the column that lines are wrapped at, or 0 if each line is a whole paragraph."""
    widths = sorted(
        line.width for line in lines if line.text and (" " in line.text or _is_wide(line.text[-1]))
    )
    # Addresses and tables run over the edge; they are not where the text is.
    fitting = [width for width in widths if width <= _WIDEST_WRAP]
    if not fitting or sum(widths) - sum(fitting) > sum(widths) * _LONG_LINES:
        return 0
    width = fitting[min(int(len(fitting) * 0.98), len(fitting) - 1)]
    if width < _NARROWEST_WRAP:
        return 0
    full = sum(1 for line in widths if line > width * 0.75)
    follows = sum(
        1 for line, after in pairwise(lines)
        if line.text and after.text and not after.bullet and line.width > width * 0.75
    )  # fmt: skip
    return width if full and follows >= full * 0.3 else 0


def _margin(lines: list[_Line]) -> int:
    """Return the commonest indentation of running text."""
    indents = Counter(
        line.indent for line in lines if line.text and not line.bullet and line.width > 50
    )
    return indents.most_common(1)[0][0] if indents else 0


def _is_numbered(lines: list[str]) -> bool:
    """Return whether the dump has link markers, which count up, and not footnotes."""
    numbers = [int(m[1]) for line in lines for m in _LINK_MARKER.finditer(line)]
    rising = sum(1 for one, two in pairwise(numbers) if two == one + 1)
    return len(numbers) >= 5 and rising >= 0.8 * (len(numbers) - 1)


def _width_by_indent(lines: list[_Line], width: int) -> dict[int, int]:
    """Return the column that lines of each indentation are wrapped at; headings run wider."""
    by_indent: dict[int, list[int]] = {}
    for line in lines:
        if line.text and " " in line.text and line.width <= width:
            by_indent.setdefault(line.indent, []).append(line.width)
    return {
        indent: sorted(widths)[int(len(widths) * 0.98)]
        for indent, widths in by_indent.items()
        if len(widths) >= _LINES_TO_MEASURE
    }


def _groups(lines: list[_Line], width: int) -> list[list[_Line]]:
    """Put the lines of a wrapped paragraph together."""
    widths = _width_by_indent(lines, width) if width else {}
    groups: list[list[_Line]] = []
    previous: _Line | None = None
    for line in lines:
        if not line.text:
            previous = None
            continue
        line.apart = previous is None
        if previous is not None and _goes_on(previous, line, widths.get(line.indent, width)):
            groups[-1].append(line)
        else:
            groups.append([line])
        previous = line
    return groups


def _goes_on(line: _Line, following: _Line, width: int) -> bool:
    """Return whether the line was broken because the next one's first word did not fit."""
    if following.bullet:
        return False
    if line.indent != following.indent:
        return bool(width) and _is_centred(line, width) and _is_centred(following, width)
    first = following.text.split(maxsplit=1)[0]
    in_sentence = line.text[-1] not in ".!?…؟。！？」"
    if in_sentence and first[0].islower() and line.width >= _NARROWEST_WRAP:
        return True
    return bool(width) and _is_full(line, first, width, in_sentence=in_sentence)


def _is_full(line: _Line, following: str, width: int, *, in_sentence: bool) -> bool:
    """Return whether the next line's first word did not fit on the line."""
    if _columns(following) != len(following):  # East Asian text breaks between any two letters
        return in_sentence and line.width >= width * 0.8
    if line.width + 1 + len(following) > width:
        return True
    caseless = following[0].isalpha() and following[0].lower() == following[0].upper()
    return in_sentence and caseless and line.width > width * 0.75


def _is_centred(line: _Line, width: int) -> bool:
    return line.indent >= 6 and abs(line.indent - (width - len(line.text)) / 2) <= 4


def _block(group: list[_Line], margin: int, width: int, *, numbered: bool) -> Block | None:
    first = group[0]
    text = group[0].text
    for line in group[1:]:
        together = _is_wide(text[-1]) and _is_wide(line.text[0])
        text += line.text if together else " " + line.text
    linked, links = False, 0
    if numbered:
        links = len(_LINK_MARKER.findall(text))
        linked = bool(re.match(r"\W*\[\d", text))
        text = _LINK_MARKER.sub(" " if _glued(text) else "", text)
    text = clean_line(_PICTURE.sub(" ", _FURNITURE.sub(" ", text)))
    text = _AD_AT_END.sub("", text)
    if not any(map(str.isalnum, text)):
        return None
    heading = (
        bool(width)
        and not first.bullet
        and (first.indent < margin or (margin > 0 and _is_centred(first, width)))
    )
    return Block(
        text, bullet=first.bullet, heading=heading, apart=first.apart, linked=linked, links=links
    )


def _glued(text: str) -> bool:
    """Whether links stand side by side with nothing between, as menus do: "[1]Home[2]News"."""
    return len(re.findall(r"\w\[\d+\]\w", text)) > 1


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in _WIDE
