"""The record that newscrawl makes of an article page, as plain dataclasses.

itemadapter reads these classes (so Scrapy pipelines and feeds do too) and derives the record's
JSON Schema from them; the text under each field is that field's description in the schema.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
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

SCHEMA_VERSION = "2.1.0"
"""The version of the record, by Semantic Versioning 2.0.0; every record carries it.

Major: what readers of an earlier version could trip over (a key gone, moved, of another type or
with fewer values). Minor: new keys behind the others, new values. Patch: words. A test compares
the schema with the one that was published and fails where the number does not go with the change.
"""

# ISO 8601 with reduced precision where the page says no more: a year, or a month of it.
_DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$"


# A later version may have more keys; who validates by this one must be able to read it.
_OPEN = {"additionalProperties": True}

Form = Literal[
    "line", "text", "lines", "date", "instant", "number", "pictures", "sources", "json", "word"
]
"""The form of a field's value: text on one line; text of paragraphs; a list of lines; an ISO 8601
date as the page has it; an instant in UTC; a number; `Image` objects; where fields came from; any
JSON; a word or address that is taken as it is."""


@dataclass(frozen=True, slots=True)
class FieldUse:
    """The part of a field's definition that is not for its JSON Schema.

    Normalising, drift, columns, exports, and the joining of an article's pages are derived from it.
    """

    form: Form
    is_watched: bool = False
    """Whether an alarm is raised when a site fills it more or less often than before."""
    fills_from_later_pages: bool = False
    """Whether a later page of an article gives it where the first has none."""
    column: str = ""
    """Of a date, the beginning of the names of its columns: ``published`` in ``published_on``."""
    schema_org: str = ""
    """Property of schema.org's NewsArticle; ``""`` where it has none."""
    ninjs: str = ""
    """Property of IPTC ninjs, with the role after a dot where it has one: ``headlines.main``."""


_USE = "newscrawl_use"


def _described(example: Any, use: FieldUse | None = None, **schema: Any) -> dict[str, Any]:
    return {"json_schema_extra": {**schema, "examples": [example]}, _USE: use}


def _text(example: str, use: FieldUse | None = None, **schema: Any) -> Any:
    return field(default=None, metadata=_described(example, use, **schema))


def _line(example: str, *, schema_org: str = "", ninjs: str = "", fills: bool = True) -> Any:
    """Return a field that holds text on one line and is watched for drift."""
    use = FieldUse(
        "line",
        is_watched=True,
        fills_from_later_pages=fills,
        schema_org=schema_org,
        ninjs=ninjs,
    )
    return _text(example, use, minLength=1)


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

    url: str = field(
        metadata=_described(
            "https://example.org/world/new-hall", FieldUse("word", schema_org="url", ninjs="uri")
        )
    )
    """Where the page was found, after redirects."""

    headline: str | None = _line(
        "Parliament opens its new hall", schema_org="headline", ninjs="headlines.main"
    )
    """As the reader sees it: no site name, no section prefix."""

    date: str | None = _text(
        "2022-04-12T18:05:00-04:00",
        FieldUse(
            "date",
            is_watched=True,
            fills_from_later_pages=True,
            column="published",
            schema_org="datePublished",
            ninjs="contentCreated",
        ),
        pattern=_DATE_PATTERN,
    )
    """First publication, ISO 8601: a day, or a time of day with the offset that the page gives, or
    a month or year alone; as precise as the page is and no more."""

    caption: str | None = _line("Members vote in the new hall.", fills=False)
    """Of the lead image, without its credit."""

    body: str | None = _text(
        "First paragraph.\n\nSecond paragraph.",
        FieldUse("text", is_watched=True, schema_org="articleBody", ninjs="bodies.main"),
        minLength=1,
    )
    """What the journalist wrote: paragraphs, subheadings, lists, quotations; blank line between."""

    description: str | None = _line(
        "The old one had stood since 1871.",
        schema_org="description",
        ninjs="descriptions.summary",
    )
    """The standfirst; else the page's own description."""

    authors: list[str] = field(
        default_factory=list,
        metadata=_described(
            ["Ana Writer"],
            FieldUse(
                "lines",
                is_watched=True,
                fills_from_later_pages=True,
                schema_org="author",
                ninjs="infoSources.author",
            ),
            items={"minLength": 1},
        ),
    )
    """Names alone: no "By", no role, no outlet, no e-mail."""

    credit: str | None = _line("A. Writer/Agency", fills=False)
    """Of the lead image."""

    images: list[Image] = field(
        default_factory=list,
        metadata=_described(
            [{"url": "https://example.org/media/hall.jpg"}],
            FieldUse("pictures", is_watched=True, schema_org="image", ninjs="associations"),
        ),
    )
    """The article's pictures, the lead image first: ``url``, ``caption``, ``credit``, ``alt``."""

    date_modified: str | None = _text(
        "2022-04-13",
        FieldUse(
            "date",
            is_watched=True,
            column="modified",
            schema_org="dateModified",
            ninjs="versionCreated",
        ),
        pattern=_DATE_PATTERN,
    )
    """Last update, written as ``date`` is; never a stand-in for it."""

    date_raw: str | None = _text(
        "Published 12 April 2022", FieldUse("line", fills_from_later_pages=True), minLength=1
    )
    """The date of publication as the page writes it."""

    section: str | None = _line("World", schema_org="articleSection", ninjs="subjects.section")
    """The last step of the breadcrumb, or the section that the page declares."""

    tags: list[str] = field(
        default_factory=list,
        metadata=_described(
            ["parliament", "architecture"],
            FieldUse(
                "lines",
                is_watched=True,
                fills_from_later_pages=True,
                schema_org="keywords",
                ninjs="subjects.keyword",
            ),
            items={"minLength": 1},
        ),
    )
    """Keywords, as the page gives them."""

    language: str | None = _text(
        "en",
        FieldUse(
            "line",
            is_watched=True,
            fills_from_later_pages=True,
            schema_org="inLanguage",
            ninjs="language",
        ),
        minLength=2,
    )
    """BCP 47 tag of the article's text."""

    publisher: str | None = _line(
        "The Example", schema_org="publisher", ninjs="infoSources.publisher"
    )
    """The outlet's name."""

    canonical_url: str | None = _line(
        "https://example.org/world/new-hall",
        schema_org="@id",
        ninjs="altIds.canonical_url",
        fills=False,
    )
    """The address that the page declares as its own, if it is of the same site."""

    kind: Kind = field(
        default="article",
        metadata=_described(
            "article",
            FieldUse("word", schema_org="@type", ninjs="type"),
            enum=list(KINDS),
            type="string",
        ),
    )
    """What the page is; only ``article``, ``live``, ``video`` and ``gallery`` become records."""

    access: Access | None = field(
        default=None,
        metadata=_described(
            "open",
            FieldUse("word", schema_org="conditionsOfAccess"),
            enum=["open", "metered", "closed", None],
            type=["null", "string"],
        ),
    )
    """Who may read it; null where the page says nothing."""

    sources: dict[str, str] = field(
        default_factory=dict,
        metadata=_described({"headline": "json-ld"}, FieldUse("sources")),
    )
    """For each field that is set, where it came from: ``json-ld``, ``microdata``, ``opengraph``,
    ``meta``, ``html``, ``site`` (a publisher's rules), ``url``, ``feed``, ``text`` (a dump)."""

    rights: dict[str, Any] = field(
        default_factory=dict,
        metadata=_described(
            {"robots": {"value": "noarchive", "source": "meta"}},
            FieldUse("json", ninjs="usageTerms"),
        ),
    )
    """What page and host reserve: robots directives, text-and-data-mining reservations, each with
    its source."""

    fetched_at: str | None = _text(
        "2022-04-12T22:40:05Z",
        FieldUse("instant", schema_org="sdDatePublished"),
        pattern=_DATE_PATTERN,
    )
    """When the bytes arrived, UTC."""

    content_hash: str | None = _text(
        "9f86d081884c7d659a2feaa0c55ad015",
        FieldUse("word", schema_org="identifier", ninjs="altIds.content_hash"),
        pattern="^[0-9a-f]{32}$",
    )
    """Hash of headline, body and caption, normalised: same hash, same article."""

    revision: int = field(
        default=1,
        metadata=_described(
            1,
            FieldUse("number", schema_org="version", ninjs="version"),
            minimum=1,
            maximum=2**31 - 1,
        ),
    )
    """1 for the first version seen, then 2, 3 … as ``content_hash`` changes."""

    cluster: str | None = _text(
        "9f86d081884c7d659a2feaa0c55ad015",
        FieldUse("word", ninjs="altIds.cluster"),
        pattern="^[0-9a-f]{32}$",
    )
    """The ``content_hash`` of the first article seen with the same text; agency copy shares it.
    Set by crawls with a state."""

    schema_version: str = field(
        default=SCHEMA_VERSION,
        metadata=_described(SCHEMA_VERSION, FieldUse("word"), pattern=r"^\d+\.\d+\.\d+$"),
    )
    """Of the record's schema, by Semantic Versioning, so that a reader knows what a line holds."""

    confidence: dict[str, float] = field(
        default_factory=dict, metadata=_described({"body": 0.97}, FieldUse("json"))
    )
    """For ``body``: the F1 to be expected of it, 0 to 1, as calibrated on publishers that newscrawl
    had not learned from; empty where no score chose the body."""

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


@cache
def uses_of(item_class: type) -> dict[str, FieldUse]:
    """Return how each field of an item class is used, by name, in the order of the record.

    Raises TypeError for a field without a `FieldUse`.
    """
    return {each.name: _use_of(each) for each in fields(item_class)}


def _use_of(item_field: Field[Any]) -> FieldUse:
    use = item_field.metadata.get(_USE)
    if not isinstance(use, FieldUse):
        raise TypeError(f"the field {item_field.name} is defined without a FieldUse")
    return use
