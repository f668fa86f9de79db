"""The JSON Schema: it comes from the dataclasses, and it refuses what the design forbids."""

from __future__ import annotations

import jsonschema_rs
import pytest

from newscrawl.items import Article, Image
from newscrawl.schema import article_schema, schema_errors


def full_record() -> dict:
    return Article(
        url="https://example.org/world/new-hall",
        headline="Parliament opens its new hall",
        date="2022-04-12T18:05:00-04:00",
        caption="Members vote in the new hall.",
        body="First paragraph.\n\nSecond paragraph.",
        description="The old one had stood since 1871.",
        authors=["Ana Writer"],
        credit="A. Writer/Agency",
        images=[Image(url="https://example.org/hall.jpg", caption="Members vote.", alt="A hall")],
        date_modified="2022-04-13",
        date_raw="Published 12 April 2022",
        section="World",
        tags=["parliament"],
        language="en",
        publisher="The Example",
        canonical_url="https://example.org/world/new-hall",
        kind="live",
        access="metered",
        sources={"headline": "json-ld"},
        rights={"robots": {"value": "noarchive", "source": "meta"}},
        fetched_at="2022-04-12T22:40:05Z",
        content_hash="9f86d081884c7d659a2feaa0c55ad015",
        revision=2,
    ).to_dict()


def test_the_schema_is_a_schema_and_names_every_field():
    schema = article_schema()
    jsonschema_rs.meta.validate(schema)
    assert list(schema["properties"]) == list(Article(url="a").to_dict())
    assert schema["required"] == ["url"]


def test_full_and_empty_records_are_valid():
    assert schema_errors(full_record()) == []
    assert schema_errors(Article(url="https://example.org/a").to_dict()) == []


@pytest.mark.parametrize("date", ["2022-04-12", "2022-04-12T18:05", "2022-04-12T18:05:00.25+05:30"])
def test_dates_are_as_precise_as_the_page(date):
    assert schema_errors({**full_record(), "date": date}) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", None),
        ("headline", ""),
        ("body", ""),
        ("date", "12 April 2022"),
        ("date", "2022-4"),
        ("date", "2022-04T18:05:00Z"),
        ("date_modified", "yesterday"),
        ("authors", [""]),
        ("authors", "Ana Writer"),
        ("tags", [None]),
        ("images", [{"caption": "no address"}]),
        ("images", [{"url": ""}]),
        ("kind", "story"),
        ("access", "free"),
        ("language", "e"),
        ("content_hash", "short"),
        ("revision", 0),
    ],
)
def test_what_the_design_forbids_is_refused_by_name(field, value):
    errors = schema_errors({**full_record(), field: value})
    assert errors
    assert all(error.startswith(field) for error in errors)
