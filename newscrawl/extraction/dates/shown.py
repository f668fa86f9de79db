"""Dates that a page shows its readers: found in its lines, and weighed by where they stand.

A dateline is short, stands near the headline or at either end of the text, and is little else than
a date. The dates of other stories, of comments, and of what the text tells of are none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks, Container, Placed
from newscrawl.extraction.dates.offset import at_local, is_utc
from newscrawl.extraction.dates.position import Place
from newscrawl.page.shown import element_text
from newscrawl.page.tree import TEXT, Element
from newscrawl.text.cleaning import clean_line
from newscrawl.text.dates import find_dates, has_month_first, normalise_date, same_day
from newscrawl.text.phrases import PUBLISHED_LABELS, UPDATED_LABELS, any_of, trim

_LEAST = 0.0
"""A line of less weight is no dateline; most right ones have 3 and more."""
_NEVER = 10.0
_LEAST_LABELLED = -1.7
"""A line that says of its date what it is may stand farther off."""
_LEAST_IN_THREAD = -4.0

_LONGEST = 300
_SENTENCE = 100
_BARE = 40
_LABELS = frozenset(PUBLISHED_LABELS) | frozenset(UPDATED_LABELS)
# One class of first letters, and then a choice: half the time of a choice of whole expressions.
_DATED = re.compile(
    r"[年\d](?:(?<=年)|\d{3}|\d?\s?[./–-]\s?\d\d?\s?[./–-]\s?\d\d|-[^\W\d_]{3,9}-\d\d)"
)
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT")
# "BERLIN, 12 April 2022 – The text": what follows the date that a text begins with.
_AFTER_LEADING_DATE = re.compile(r"\s*[)\].:–—|-]|\s*[„“«\"]")
_LEADING = 80
_HEADING = re.compile(r"h[1-6]$")
# Where one element ended and the next began with nothing between: "News12 April 2022Updated".
_SEAM = re.compile(
    r"(?<=[a-zß-ÿ])(?=[A-Z0-9])|(?<=\d{4})(?=[^\W\d_])|(?<=[^\W\d_]:)(?=\d)|(?<=\s(?:19|20)\d\d)(?=\d{1,2}\s?[^\W\d_])"
)
_UPDATED_NAMES = re.compile(r"updat|modif|aktualis|actualiz|edited|chang", re.I)
_UPDATED_WORDS = re.compile(rf"(?<!\w)(?:{any_of(UPDATED_LABELS)})(?!\w)", re.I)
_PUBLISHED_NAMES = re.compile(r"publi|posted|created|issued", re.I)
# A clock: the time of the visit, not of the article.
_CLOCK_NAMES = re.compile(r"(?:current|server)[-_]?(?:time|date)", re.I)
_SEPARATOR = re.compile(r"\s[|·•]\s")
_NUMBER = re.compile(r"\d+")
_INLINE = frozenset({"span", "b", "strong", "em", "i", "small", "label", "dt", "a"})
_OTHERS = chrome.RELATED | chrome.PROMOTION | chrome.ADVERT | chrome.EMBED
_OUTSIDE = _OTHERS | chrome.LEGAL
_BESIDE = chrome.ASIDE | chrome.CAPTION
_LINES_AT_MOST = 1000
"""So many lines of a page are read for dates."""


class Dateline(NamedTuple):
    """A date that the page shows."""

    value: str
    """ISO 8601."""
    raw: str
    """As it is shown, its label included."""
    label: str
    """``published``, ``updated`` or ``""``, as in `newscrawl.text.dates.FoundDate`."""
    weight: float
    where: str
    position: int = 0
    """The index of the block that it stands in, or before which it stands."""
    kin: str = ""
    """What it has in common with the other lines of a list; "" if they have no name."""

    @property
    def is_credible(self) -> bool:
        """Whether the line weighs enough to tell the date of the page."""
        return self.weight >= (_LEAST_LABELLED if self.label else _LEAST)


class _Line(NamedTuple):
    text: str
    position: int
    flags: int
    own: int
    links: float
    """Share of the text that is linked."""
    kind: str
    """``time`` for a ``<time>``, ``box`` for a container that was not walked, else ``line``."""
    value: str | None
    """The date where an attribute states it."""
    names: str
    signature: str
    """What lines of one list have in common."""


def datelines(
    blocks: Blocks,
    place: Place,
    *,
    language: str | None,
    now: datetime | None,
    far: bool = True,
) -> list[Dateline]:
    """Return the dates that a page shows, the weightiest first.

    Without ``far`` only lines near the article are read.
    """
    times, pruned = blocks.times, blocks.pruned
    if far:
        lines = [*_lines(blocks, blocks.blocks, times, pruned, now), *_titled_lines(blocks, now)]
    else:
        times = [time for time in times if place.is_near(time.position)]
        pruned = [box for box in pruned if place.is_near(box.start)]
        lines = list(_lines(blocks, place.near(blocks), times, pruned, now))
    if len(lines) > _LINES_AT_MOST:  # in order, those near the article first
        lines.sort(key=lambda line: place.weigh(line.position) is None)
        del lines[_LINES_AT_MOST:]
    alike = Counter(line.signature for line in lines)
    shared = _shared_flags(blocks, place)
    month_first = has_month_first(
        (line.text for line in lines), {line.value[:10] for line in lines if line.value}
    )
    found: list[Dateline] = []
    for line in lines:
        basis = _weigh_line(line, place, shared)
        if alike[line.signature] >= 4 and not place.is_head(line.position):
            basis -= 1.5
        found += _dates_of(line, basis, language, now, month_first)
    found += _leading_date(blocks, place, language, now)
    return sorted(found, key=lambda dateline: -dateline.weight)


def first_of_thread(lines: list[Dateline]) -> Dateline | None:
    """Return the line of the post that began the thread in which the first of these lines stands.

    The posts of a thread show their dates alike, and stand in the order in which they were written;
    the weightiest may be any of them. None if no older line stands above the first one given.
    """
    top = lines[0]
    above = [
        line
        for line in lines
        if (line.kin, line.label) == (top.kin, top.label)
        and line.position < top.position
        and line.value < top.value
        and line.weight > _LEAST_IN_THREAD
    ]
    return min(above, key=lambda line: line.position) if top.kin and above else None


def _leading_date(
    blocks: Blocks, place: Place, language: str | None, now: datetime | None
) -> Iterator[Dateline]:
    """Yield the date that the text itself begins with, after the name of a place at most."""
    if place.first is None:
        return
    # A heading may stand above the first paragraph, and a summary above that.
    opening, *below = blocks.blocks[place.first : place.first + 3]
    for above, block in pairwise([opening, *below]):
        if _HEADING.match(above.tag):
            opening = block
            break
    text = opening.text[:_LEADING]
    if _DATED.search(text):
        for found in find_dates(text, language=language, now=now)[:1]:
            if found.start <= _LEADING // 2 and _AFTER_LEADING_DATE.match(text, found.end):
                yield Dateline(found.value, found.raw, found.label, 0.5, "start of the text")


def relative_datelines(
    blocks: Blocks, place: Place, *, language: str | None, now: datetime
) -> Iterator[Dateline]:
    """Yield what lines like "2 hours ago" near the headline say, counted from ``now``."""
    tried = 0
    for block in place.near(blocks):
        worth = place.weigh(block.index)
        length = len(block.text)
        if worth is None or length > (60 if block.flags & chrome.META else 30):
            continue
        if _DATED.search(block.text):
            continue  # an absolute date, weighed and found too light
        tried += 1
        if tried > 6:  # each one costs milliseconds
            return
        if value := normalise_date(block.text, language=language, now=now):
            yield Dateline(value, block.text, "", worth, block.container.names or block.tag)


def _lines(
    blocks: Blocks,
    read: list[Block],
    times: list[Placed],
    pruned: list[Container],
    now: datetime | None,
) -> Iterator[_Line]:
    """Yield the lines of a page that hold a date, or so it seems, from parts to be read."""
    for placed in times:
        if line := _time_line(placed, now):
            yield line
    for block in read:
        container = block.container
        text = block.text[:_LONGEST] if block.flags & chrome.META else block.text
        if len(text) <= _LONGEST and _DATED.search(text):
            parent = container.parent
            yield _Line(
                _label_above(blocks, block) + text, block.index, block.flags, container.own,
                block.link_chars / len(text), "line", None, container.names,
                _signature(block.tag, container.names, parent.names if parent is not None else ""),
            )  # fmt: skip
    for container in pruned:
        if container.own & chrome.META or not container.own & (chrome.COMMENTS | chrome.MENU):
            text = _start_of(container)
            if _DATED.search(text):
                yield _Line(
                    text, container.start, container.flags, container.own, 0.0, "box", None,
                    container.names, _signature("box", container.tag, container.names),
                )  # fmt: skip


def _signature(*parts: str) -> str:
    return _NUMBER.sub("", "/".join(parts))


def _label_above(blocks: Blocks, block: Block) -> str:
    """Return the label of a date that has a block of its own before that of the date, or ""."""
    if block.index and len(block.text) <= _BARE:
        above = blocks.blocks[block.index - 1].text
        if len(above) <= _BARE and trim(above) in _LABELS:
            return f"{above} "
    return ""


def _time_line(placed: Placed, now: datetime | None) -> _Line | None:
    element, container, position = placed
    attributes = element.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
    shown = element_text(element, _LONGEST)
    value = None
    for attribute in ("datetime", "content", "title"):
        stated = attributes.get(attribute)
        if stated and _DIGIT.search(stated):
            value = normalise_date(stated, now=now)
            shown = shown if _DIGIT.search(shown) else stated
            break
    if value is None and not _DATED.search(shown):
        return None
    return _Line(
        clean_line(f"{_before(element)} {shown}"), position, container.flags, container.own, 0.0,
        "time", value, f"{names} {container.names}", _signature("time", names, container.names),
    )  # fmt: skip


def _titled_lines(blocks: Blocks, now: datetime | None) -> Iterator[_Line]:
    """Yield what hAtom states: ``<abbr class="published" title="2022-04-12T18:05:00+00:00">``."""
    for container in blocks.containers[:1]:
        for element in container.element.css("abbr[title],span[title]"):
            attributes = element.attributes
            stated, names = attributes["title"], attributes.get("class") or ""
            if stated and _ISO.match(stated) and (value := normalise_date(stated, now=now)):
                yield _Line(
                    stated, 0, 0, chrome.META, 0.0, "time", value, names, _signature("title", names)
                )


def _before(element: Element) -> str:
    """Return the words right before an inline element, where a label may stand."""
    before = ""
    previous = element.prev
    while previous is not None and not previous.is_element_node:
        if previous.tag == TEXT:
            before = (previous.text_content or "") + before
        previous = previous.prev
    if previous is None or before.strip():
        return before[-40:]
    return previous.text_lexbor()[-40:] if previous.tag in _INLINE else ""


def _start_of(container: Container) -> str:
    # All of it at once: what was not walked never lies in another such container.
    return clean_line(container.element.text(separator=" "))[:_LONGEST]


def _shared_flags(blocks: Blocks, place: Place) -> int:
    """Return the flags of all that the article itself lies in: they tell nothing of its parts."""
    position = place.heading if place.heading is not None else place.first
    return blocks.blocks[position].flags if position is not None else 0


def _weigh_line(line: _Line, place: Place, shared: int) -> float:
    worth = place.weigh(line.position)
    weight = -2.0 if worth is None else worth
    flags = line.flags & ~shared
    is_meta = bool(line.own & chrome.META)
    in_head = place.is_head(line.position)
    if _CLOCK_NAMES.search(line.names):
        weight -= _NEVER
    if flags & chrome.COMMENTS and not (in_head and line.flags & chrome.META):
        weight -= _NEVER
    if flags & _OUTSIDE:
        weight -= 2.5
    if flags & chrome.FOOTER and not (is_meta or in_head):
        weight -= 2.5
    if flags & _BESIDE:
        weight -= 1.5
    if flags & chrome.NAVIGATION and not (is_meta or in_head):
        weight -= 1.0
    if line.links > 0.5 and not in_head:
        weight -= 1.5
    if (flags | line.own) & chrome.META:
        weight += 1.0 if worth is None or worth >= 0 else 1.5
    elif len(line.text) > _SENTENCE:
        weight -= 1.5
    return weight + {"time": 1.0, "box": -1.0, "line": 0.0}[line.kind]


def _dates_of(
    line: _Line,
    basis: float,
    language: str | None,
    now: datetime | None,
    month_first: bool | None,
) -> Iterable[Dateline]:
    """Yield the dates of one line; what surrounds a date in it tells for or against it."""
    meta = line.own & chrome.META or line.kind == "time"
    text = _SEAM.sub(" ", line.text)[:_LONGEST]
    dates = find_dates(text, language=language, now=now, month_first=month_first)
    if not dates and line.value is not None:
        told = "updated" if _UPDATED_WORDS.search(text) else ""
        yield Dateline(line.value, line.text, _label(line.names, told), basis + 1.5, "time")
    for found in dates:
        share = (found.end - found.start) / len(text)
        label = _label(line.names, found.label)
        weight = basis + 1.5 * share
        if label == "published" and (found.start < 30 or share > 0.3):
            weight += 1.5
        elif label == "updated":
            weight -= 1.5
        if share < 0.4 and not meta and _is_sentence(text, found.start):
            weight -= 2.0
        own_part = _SEPARATOR.split(text[: found.start])[-1] + text[found.end :]
        if "©" in own_part and label != "published":
            weight -= _NEVER
        value = found.value
        if line.value is not None and len(dates) == 1 and _near(line.value, value):
            value = _as_shown(line.value, value)
        weight += 0.3 * ("T" in value)
        raw = text[found.start : found.end].strip()
        kin = line.signature if line.names.strip() else ""
        yield Dateline(value, raw, label, weight, line.names or line.kind, line.position, kin)


def _is_sentence(text: str, start: int) -> bool:
    """Return whether a line ends as a sentence does; "12.04.2022 – Ana Lima (Town)" is none."""
    return text.endswith((".", ":", "!", "?")) or (start > 0 and text.endswith(")"))


def _as_shown(stated: str, shown: str) -> str:
    """Return the exact date that a ``<time>`` states, if it is of the day that is shown there.

    A moment in UTC that is of another day is told in the local time that is shown, or as a day.
    """
    if not is_utc(stated) or same_day(stated, shown):
        return stated
    return ("T" in shown and at_local(stated, datetime.fromisoformat(shown[:16]))) or shown


def _near(first: str, second: str) -> bool:
    """Return whether two dates could be of one moment, told in two zones."""
    days = date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])
    return abs(days.days) <= 1


def _label(names: str, label: str) -> str:
    """Return a date's label: the word before it, else what its element is called."""
    if label or not _UPDATED_NAMES.search(names) or _PUBLISHED_NAMES.search(names):
        return label
    return "updated"
