"""The record that newscrawl makes of an article page, as plain dataclasses.

itemadapter reads these classes (so Scrapy pipelines and feeds do too) and derives the record's
JSON Schema from them; the text under each field is that field's description in the schema.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Literal

Kind = Literal["article", "live", "video", "gallery", "index", "wall", "error", "other"]
"""What a page is. Only ``article``, ``live``, ``video`` and ``gallery`` become records."""

Access = Literal["open", "metered", "closed"]
"""Who may read the page, as the page itself declares it."""

Source = Literal["json-ld", "microdata", "opengraph", "meta", "html", "site", "url", "feed", "text"]
"""Where a field's value came from; ``text`` is a plain-text dump."""

KINDS: tuple[Kind, ...] = (
    "article", "live", "video", "gallery", "index", "wall", "error", "other",
)  # fmt: skip
ARTICLE_KINDS: frozenset[Kind] = frozenset({"article", "live", "video", "gallery"})

SCHEMA_VERSION = "1.0.0"
"""The version of the record, by Semantic Versioning 2.0.0; every record carries it.

Major: what readers of an earlier version could trip over (a key gone, moved, of another type or
with fewer values). Minor: new keys behind the others, new values. Patch: words. A test compares
the schema with the one that was published and fails where the number does not go with the change.
"""

_DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$"


# A later version may have more keys; who validates by this one must be able to read it.
_OPEN = {"additionalProperties": True}


def _described(example: Any, **schema: Any) -> dict[str, Any]:
    return {"json_schema_extra": {**schema, "examples": [example]}}


def _text(example: str, **schema: Any) -> Any:
    return field(default=None, metadata=_described(example, **schema))


@dataclass(slots=True)
class Image:
    """A picture of the article."""

    __json_schema_extra__: ClassVar[dict[str, Any]] = _OPEN

    url: str = field(metadata=_described("https://example.org/media/hall.jpg", minLength=1))
    """Absolute address of the picture."""

    caption: str | None = _text("Members vote in the new hall.", minLength=1)
    """The caption as the reader sees it, without its credit."""

    credit: str | None = _text("A. Writer/Agency", minLength=1)
    """Who made or supplied the picture, without "Photo:" or a copyright sign."""

    alt: str | None = _text("A crowded hall", minLength=1)
    """The picture's ``alt`` text."""


@dataclass(slots=True)
class Article:
    """One article page as one record; the fields stand in the order of the JSON object."""

    __json_schema_extra__: ClassVar[dict[str, Any]] = _OPEN

    url: str = field(metadata=_described("https://example.org/world/new-hall"))
    """Where the page was found, after redirects."""

    headline: str | None = _text("Parliament opens its new hall", minLength=1)
    """As the reader sees it: no site name, no section prefix."""

    date: str | None = _text("2022-04-12T18:05:00-04:00", pattern=_DATE_PATTERN)
    """First publication, ISO 8601: a day, or a time of day with the offset that the page gives, as
    precise as the page is and no more."""

    caption: str | None = _text("Members vote in the new hall.", minLength=1)
    """Of the lead image, without its credit."""

    body: str | None = _text("First paragraph.\n\nSecond paragraph.", minLength=1)
    """What the journalist wrote: paragraphs, subheadings, lists, quotations; blank line between."""

    description: str | None = _text("The old one had stood since 1871.", minLength=1)
    """The standfirst; else the page's own description."""

    authors: list[str] = field(
        default_factory=list, metadata=_described(["Ana Writer"], items={"minLength": 1})
    )
    """Names alone: no "By", no role, no outlet, no e-mail."""

    credit: str | None = _text("A. Writer/Agency", minLength=1)
    """Of the lead image."""

    images: list[Image] = field(
        default_factory=list, metadata=_described([{"url": "https://example.org/media/hall.jpg"}])
    )
    """The article's pictures, the lead image first: ``url``, ``caption``, ``credit``, ``alt``."""

    date_modified: str | None = _text("2022-04-13", pattern=_DATE_PATTERN)
    """Last update, written as ``date`` is; never a stand-in for it."""

    date_raw: str | None = _text("Published 12 April 2022", minLength=1)
    """The date of publication as the page writes it."""

    section: str | None = _text("World", minLength=1)
    """The last step of the breadcrumb, or the section that the page declares."""

    tags: list[str] = field(
        default_factory=list,
        metadata=_described(["parliament", "architecture"], items={"minLength": 1}),
    )
    """Keywords, as the page gives them."""

    language: str | None = _text("en", minLength=2)
    """BCP 47 tag of the article's text."""

    publisher: str | None = _text("The Example", minLength=1)
    """The outlet's name."""

    canonical_url: str | None = _text("https://example.org/world/new-hall", minLength=1)
    """The address that the page declares as its own, if it is of the same site."""

    kind: Kind = field(
        default="article", metadata=_described("article", enum=list(KINDS), type="string")
    )
    """What the page is; only ``article``, ``live``, ``video`` and ``gallery`` become records."""

    access: Access | None = field(
        default=None,
        metadata=_described(
            "open", enum=["open", "metered", "closed", None], type=["null", "string"]
        ),
    )
    """Who may read it; null where the page says nothing."""

    sources: dict[str, str] = field(
        default_factory=dict, metadata=_described({"headline": "json-ld"})
    )
    """For each field that is set, where it came from: ``json-ld``, ``microdata``, ``opengraph``,
    ``meta``, ``html``, ``site`` (a publisher's rules), ``url``, ``feed``, ``text`` (a dump)."""

    rights: dict[str, Any] = field(
        default_factory=dict,
        metadata=_described({"robots": {"value": "noarchive", "source": "meta"}}),
    )
    """What page and host reserve: robots directives, text-and-data-mining reservations, each with
    its source."""

    fetched_at: str | None = _text("2022-04-12T22:40:05Z", pattern=_DATE_PATTERN)
    """When the bytes arrived, UTC."""

    content_hash: str | None = _text("9f86d081884c7d659a2feaa0c55ad015", pattern="^[0-9a-f]{32}$")
    """Hash of headline, body and caption, normalised: same hash, same article."""

    revision: int = field(default=1, metadata=_described(1, minimum=1, maximum=2**31 - 1))
    """1 for the first version seen, then 2, 3 … as ``content_hash`` changes."""

    cluster: str | None = _text("9f86d081884c7d659a2feaa0c55ad015", pattern="^[0-9a-f]{32}$")
    """Of a text that another site had first (agency copy), its ``content_hash`` there; crawls with
    a state tell."""

    schema_version: str = field(
        default=SCHEMA_VERSION,
        metadata=_described(SCHEMA_VERSION, pattern=r"^\d+\.\d+\.\d+$"),
    )
    """Of the record's schema, by Semantic Versioning, so that a reader knows what a line holds."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as a JSON-serialisable dict, keys in the order of the schema."""
        record: dict[str, Any] = {name: getattr(self, name) for name in _field_names(Article)}
        record["images"] = [
            {name: getattr(image, name) for name in _field_names(Image)} for image in self.images
        ]
        return record


@dataclass(slots=True)
class Reject:
    """A page that did not become a record, and why; one line of ``rejects.jsonl``."""

    url: str
    """Where the page was found, after redirects."""

    reason: str
    """One word of a documented list, for counting: ``no_headline``, ``http_404`` …"""

    detail: str | None = None
    """What exactly was wrong, for a person."""

    kind: Kind | None = None
    """What the page is, where that could be told."""

    headline: str | None = None
    """The page's headline, where there is one."""

    fetched_at: str | None = None
    """When the bytes arrived, UTC."""

    def to_dict(self) -> dict[str, Any]:
        """Return the reject as a JSON-serialisable dict."""
        return {name: getattr(self, name) for name in _field_names(Reject)}


@cache
def _field_names(item_class: type) -> tuple[str, ...]:
    return tuple(item_field.name for item_field in fields(item_class))
