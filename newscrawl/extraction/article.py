"""Extract the fields of a page: the candidates of each are weighed, `sources` notes the winner."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import numpy as np

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.body.block_features import Matrix
from newscrawl.extraction.body.body import find_body, take_leftovers
from newscrawl.extraction.body.confidence import body_confidence, body_measures
from newscrawl.extraction.body.rules import Draft
from newscrawl.extraction.candidates import Candidate
from newscrawl.extraction.dates.declared import RAW_LENGTH, FoundDate, stated_date
from newscrawl.extraction.dates.publication import date_candidates, modified_candidates
from newscrawl.extraction.description import description_candidates, standfirst_blocks
from newscrawl.extraction.headline.headline import headline_candidates
from newscrawl.extraction.kind.kind import find_access, find_kind
from newscrawl.extraction.language import language_candidates
from newscrawl.extraction.overrides import Overrides
from newscrawl.extraction.people.authors import author_candidates
from newscrawl.extraction.pictures.images import find_pictures
from newscrawl.extraction.publisher import publisher_candidates, site_names
from newscrawl.extraction.rights import find_rights
from newscrawl.extraction.scripted import facts
from newscrawl.extraction.scripted.text import scripted_text
from newscrawl.extraction.section import section_candidates, tag_candidates
from newscrawl.extraction.site_rules import SiteFields, read_site
from newscrawl.extraction.sites import site_for
from newscrawl.extraction.zone import find_zone
from newscrawl.items import Article, Source
from newscrawl.page.metadata import plain
from newscrawl.page.page import Page
from newscrawl.text.cleaning import clean_line, content_hash, fold, words
from newscrawl.text.dates import find_date, normalise_date, utc_timestamp

_LONGEST_HINT = 1000  # characters

_KICKER = 8
"""So many words may stand before the headline in its line."""
_STATED = 200
"""A shorter text is a teaser."""
_LINE = 60
"""Characters; a shorter paragraph may stand in any text."""
_LINE_END = re.compile(r"[\r\n]+|</(?:p|h[1-6]|li|div|blockquote)>|<br\s*/?>", re.IGNORECASE)
_LONGEST_STATED = 1_000_000
_BEGINNING = 1_000
"""A shorter text may be the beginning of one that the page's data holds."""


class Extraction:
    """One page's fields, with all that was weighed on the way.

    ``article`` is the record but for its kind, ``blocks`` the page's text blocks, ``body`` those
    of the body. ``listed`` are the blocks that were scored, ``scores`` their probabilities to be of
    it, and ``draft`` says which rule took out which of those chosen.
    ``candidates`` holds for each field what it could have been, the winner first.
    """

    def __init__(
        self, page: Page, hints: Mapping[str, str], overrides: Overrides | None = None
    ) -> None:
        self.overrides = overrides or Overrides()
        self.page = page
        self.hints = hints
        self.article = Article(url=page.url)
        self.candidates: dict[str, list[Candidate]] = {}
        self.listed: list[Block] = []
        self.scores: Matrix = np.zeros(0, dtype=np.float32)
        self._read_addresses()
        self.blocks = Blocks(page.root)
        site = site_for(self.article.url)
        self.ruled = read_site(site, page, self.blocks) if site else SiteFields()
        publishers = publisher_candidates(page, self.blocks)
        self.names = site_names(page, publishers)
        self._choose(
            "language", language_candidates(page, self.blocks), site.language if site else None
        )
        self._choose("publisher", publishers, site.name if site else None)
        self._choose(
            "headline",
            [*headline_candidates(page, self.blocks, self.names), *self._hinted("headline")],
            self.ruled.headline,
        )
        self.heading = heading_index(self.blocks, self.article.headline)
        self.body = self._read_texts()
        self._read_dates()
        self._read_people_and_pictures()
        self._choose(
            "section",
            section_candidates(page, self.blocks, self.article.headline, self.heading),
            self.ruled.section,
        )
        self._set(
            "tags",
            *((self.ruled.tags, "site") if self.ruled.tags else tag_candidates(page, self.blocks)),
        )
        self.article.access = find_access(page)
        self.article.rights = find_rights(page)
        if page.fetched_at is not None:
            self.article.fetched_at = utc_timestamp(page.fetched_at)
        self.article.content_hash = content_hash(
            self.article.headline, self.article.body, self.article.caption
        )

    def record(self) -> Article:
        """Return the article with its kind, which is told from all that was found."""
        self.article.kind = find_kind(
            self.page, self.blocks, self.body, self.article, self.overrides.kind
        )
        return self.article

    def _set(self, name: str, value: object, source: Source) -> None:
        if value:
            setattr(self.article, name, value)
            self.article.sources[name] = source

    def _choose(self, name: str, found: Sequence[Candidate], ruled: str | None = None) -> None:
        """Take the publisher's own rule for a field, else the first candidate."""
        candidates = [Candidate(ruled, "site", "site rule"), *found] if ruled else list(found)
        self.candidates[name] = candidates
        if candidates:
            self._set(name, candidates[0].value, candidates[0].source)

    def _hinted(self, name: str) -> list[Candidate]:
        value = clean_line(self.hints.get(name, "")[:_LONGEST_HINT])
        return [Candidate(value, "feed", "hint")] if value else []

    def _read_addresses(self) -> None:
        page, links = self.page, self.page.metadata.links.get("canonical", [])
        found = [
            Candidate(url, "html", "link[rel=canonical]")
            for link in links
            if (url := page.urljoin(link.get("href") or ""))
        ]
        if (
            not found
            and (stated := page.metadata.first("og:url"))
            and (url := page.urljoin(stated))
        ):
            found = [Candidate(url, "opengraph", "og:url")]
        self._choose(
            "canonical_url", [c for c in found if not page.url or _same_site(c.value, page.url)]
        )
        if not self.article.url and found:
            self.article.url = found[0].value

    def _read_texts(self) -> list[Block]:
        """Read the description; return the blocks of the body."""
        standfirst = standfirst_blocks(self.page, self.blocks, self.heading)
        not_body = {block.index for block in standfirst}
        if self.heading is not None:
            # A copy for printers shows it once more.
            shown = self.blocks.blocks[self.heading].text
            not_body |= {block.index for block in self.blocks.blocks if block.text == shown}
        self._choose(
            "description", description_candidates(self.page, standfirst), self.ruled.description
        )
        if self.ruled.body:
            self.draft = Draft(self.blocks, self.ruled.body)
        else:
            found = find_body(
                self.page, self.blocks, frozenset(not_body), self.overrides, self.heading
            )
            self.draft, self.listed, self.scores = found.draft, found.listed, found.scores
        return self.draft.chosen

    def _read_dates(self) -> None:
        page, language, ruled = self.page, self.article.language, self.ruled.date
        around = page, self.blocks, language, self.heading, self.body
        found: list[FoundDate] = []
        if ruled and (in_line := find_date(ruled, language=language, now=page.now)):
            found = [FoundDate(in_line.value, ruled[:RAW_LENGTH], "site", "site rule")]
        found = found or date_candidates(*around)
        hint = clean_line(self.hints.get("date", "")[:RAW_LENGTH]) or None
        if not found and hint and (value := normalise_date(hint, language=language)):
            found = [FoundDate(value, hint, "feed", "hint")]
        self._choose("date", [Candidate(d.value, d.source, d.where) for d in found])
        self.article.date_raw = found[0].raw if found else stated_date(page) or hint
        self._choose(
            "date_modified",
            [Candidate(d.value, d.source, d.where) for d in modified_candidates(*around)],
        )

    def _read_people_and_pictures(self) -> None:
        """Read authors, images, caption and credit; what of the body repeats them goes."""
        article, ruled = self.article, self.ruled
        zone = find_zone(self.blocks, self.heading, self.body)
        authors = (
            [] if ruled.authors else author_candidates(self.page, self.blocks, zone, self.names)
        )
        self.candidates["authors"] = [
            Candidate(", ".join(found.names), found.source, found.where) for found in authors
        ]
        if ruled.authors:
            self._set("authors", ruled.authors, "site")
        elif authors:
            self._set("authors", authors[0].names, authors[0].source)
        article.images, lead = find_pictures(self.page, self.blocks, zone)
        if ruled.caption or ruled.credit:
            self._set("caption", ruled.caption, "site")
            self._set("credit", ruled.credit, "site")
        else:
            self._set("caption", lead.caption, lead.source)
            self._set("credit", lead.credit, lead.source)
        if not ruled.body:
            self._read_scripts()
        scored = not ruled.body and self.body is self.draft.chosen
        self.draft.chosen = self.body
        take_leftovers(
            self.draft, article.images, article.authors, article.description or "", self.overrides
        )
        self.body = self.draft.chosen
        text = "\n\n".join(block.text for block in self.body)
        self._set("body", text, "site" if ruled.body else "html")
        if scored and self.body:
            measures = body_measures(
                self.page, self.listed, self.scores, self.body, article.headline
            )
            article.confidence["body"] = body_confidence(measures, self.overrides.confidence)
        if len(text) < _BEGINNING and not ruled.body and (stated := self._stated_body(text)):
            self._set("body", stated, "json-ld")
            article.confidence.pop("body", None)

    def _read_scripts(self) -> None:
        """Take the text that the page's data holds where the page shows none, or its beginning.

        Who wrote it and when is taken from the same data, where the page does not say.
        """
        shown = sum([len(block.text) for block in self.body])
        if shown >= _BEGINNING:
            return
        text = scripted_text(self.page, self.article.headline)
        if shown >= _STATED and not (text.size > 2 * shown and _continues(text.blocks, self.body)):
            return
        self.body = text.blocks or self.body
        if not self.article.authors and (names := facts.authors(text.owners, self.names)):
            self._set("authors", names, "html")
        self._take_date("date", facts.published(text.owners))
        self._take_date("date_modified", facts.modified(text.owners))

    def _take_date(self, name: str, raw: str | None) -> None:
        """Take a date of the data that the text stands in, unless the page itself says one."""
        value = raw and normalise_date(raw, language=self.article.language, now=self.page.now)
        known = next(iter(self.candidates[name]), None)
        # What stands anywhere in the scripts may be of another article.
        if not value or (known is not None and not known.where.startswith("script ")):
            return
        self._set(name, value, "html")
        if name == "date":
            self.article.date_raw = raw

    def _stated_body(self, shown: str) -> str | None:
        """Return the ``articleBody`` of a page that shows no text, or its beginning alone."""
        for node in self.page.articles:
            stated = node.get("articleBody")
            if isinstance(stated, str) and len(stated) >= max(_STATED, 2 * len(shown)):
                lines = map(plain, _LINE_END.split(stated[:_LONGEST_STATED]))
                text = "\n\n".join(line for line in lines if line)
                beginning = [fold(line) for line in shown.split("\n\n") if len(line) >= _LINE]
                whole = fold(text)
                if len(shown) < _STATED or (beginning and all(line in whole for line in beginning)):
                    return text
        return None


def heading_index(blocks: Blocks, headline: str | None) -> int | None:
    """Return the index of the block that shows the headline, else of the first ``<h1>``."""
    wanted = words(headline or "")
    first_h1 = None
    for block in blocks.blocks:
        if block.tag in ("h1", "h2") or block.flags & chrome.HEADLINE:
            if wanted and words(block.text) == wanted:
                return block.index
            if block.tag == "h1" and first_h1 is None:
                first_h1 = block.index
    if first_h1 is not None or not wanted:
        return first_h1
    return next((b.index for b in blocks.blocks if _shows(words(b.text), wanted)), None)


def _shows(line: list[str], wanted: list[str]) -> bool:
    """Return whether a line is the headline, or the headline behind its kicker."""
    return line[-len(wanted) :] == wanted and len(line) <= len(wanted) + _KICKER


def _continues(text: list[Block], beginning: list[Block]) -> bool:
    """Return whether a text begins as the blocks do, paragraphs of some length compared."""
    known = {fold(block.text) for block in text}
    shown = [fold(block.text) for block in beginning if len(block.text) >= _LINE]
    return bool(shown) and sum(line in known for line in shown) * 2 > len(shown)


def _same_site(left: str, right: str) -> bool:
    try:
        hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (left, right)]
    except ValueError:
        return False
    first, second = hosts
    return first == second or first.endswith("." + second) or second.endswith("." + first)
