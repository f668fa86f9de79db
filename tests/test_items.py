"""The record: its keys in the order of the design, and its JSON form."""

from __future__ import annotations

import json
from dataclasses import fields

from itemadapter import ItemAdapter

from newscrawl.items import ARTICLE_KINDS, KINDS, SCHEMA_VERSION, Article, Image, Reject

KEYS = [
    "url", "headline", "date", "caption", "body", "description", "authors", "credit", "images",
    "date_modified", "date_raw", "section", "tags", "language", "publisher", "canonical_url",
    "kind", "access", "sources", "rights", "fetched_at", "content_hash", "revision", "cluster",
    "schema_version", "confidence",
]  # fmt: skip


def test_an_empty_record_has_every_key_in_order_and_nothing_guessed():
    record = Article(url="https://example.org/a").to_dict()
    assert list(record) == KEYS
    assert record == {
        **dict.fromkeys(KEYS),
        "url": "https://example.org/a",
        "authors": [],
        "images": [],
        "tags": [],
        "kind": "article",
        "sources": {},
        "rights": {},
        "revision": 1,
        "schema_version": SCHEMA_VERSION,
        "confidence": {},
    }


def test_images_become_objects():
    image = Image(url="https://example.org/a.jpg", caption="A hall")
    record = Article(url="https://example.org/a", images=[image]).to_dict()
    assert record["images"] == [
        {"url": "https://example.org/a.jpg", "caption": "A hall", "credit": None, "alt": None}
    ]
    assert json.loads(json.dumps(record)) == record


def test_records_do_not_share_their_lists():
    one, other = Article(url="a"), Article(url="b")
    one.authors.append("Ana Writer")
    one.sources["authors"] = "html"
    assert (other.authors, other.sources) == ([], {})


def test_itemadapter_reads_the_record_as_scrapy_does():
    adapter = ItemAdapter(Article(url="https://example.org/a", headline="A hall"))
    assert list(adapter) == KEYS == list(adapter.field_names())
    assert adapter["headline"] == "A hall"


def test_every_field_says_what_it_is():
    for item_class in (Article, Image):
        schema = ItemAdapter.get_json_schema(item_class)
        for item_field in fields(item_class):
            assert schema["properties"][item_field.name]["description"].endswith(".")


def test_a_reject_says_where_and_why():
    reject = Reject("https://example.org/a", "no_body", "no article text was found")
    assert reject.to_dict() == {
        "url": "https://example.org/a",
        "reason": "no_body",
        "detail": "no article text was found",
        "kind": None,
        "headline": None,
        "fetched_at": None,
    }


def test_only_some_kinds_become_records():
    assert set(KINDS) - ARTICLE_KINDS == {"index", "wall", "error", "other"}
