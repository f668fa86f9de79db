"""The schema is a promise: what breaks readers needs a new major version.

``tests/schema/article-VERSION.json`` is the schema as it was published with that version, printed
by ``newscrawl schema``; published files are never changed.
"""

from __future__ import annotations

import copy
import json
from itertools import pairwise
from pathlib import Path

import jsonschema_rs
import pytest

from newscrawl.cli import main
from newscrawl.items import SCHEMA_VERSION
from newscrawl.schema import article_schema
from tests.schema.compatibility import MAJOR, MINOR, PATCH, changes

FOLDER = Path(__file__).parent


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


PUBLISHED = {
    path.stem.removeprefix("article-"): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("article-*.json"))
}


def step(old: str, new: str) -> str:
    """Return the first number in which two versions differ."""
    pairs = zip((MAJOR, MINOR, PATCH), numbers(old), numbers(new), strict=True)
    return next(name for name, before, after in pairs if before != after)


def test_the_schema_is_the_published_one_of_its_version():
    told = f"newscrawl schema > tests/schema/article-{SCHEMA_VERSION}.json, and read it"
    assert SCHEMA_VERSION in PUBLISHED, told
    published = PUBLISHED[SCHEMA_VERSION]
    found = list(changes(published, article_schema()))
    assert not found, f"raise SCHEMA_VERSION in newscrawl/items.py: {found}"
    assert json.dumps(published) == json.dumps(article_schema())


def test_each_version_says_by_its_number_how_much_has_changed():
    versions = sorted(PUBLISHED, key=numbers)
    assert versions[-1] == SCHEMA_VERSION
    order = [PATCH, MINOR, MAJOR]
    for old, new in pairwise(versions):
        needed = max((kind for kind, _ in changes(PUBLISHED[old], PUBLISHED[new])), key=order.index)
        assert order.index(step(old, new)) >= order.index(needed), f"{old} to {new} is {needed}"


def test_every_field_has_words_a_format_and_an_example_that_fits():
    schema = article_schema()
    image = schema["properties"]["images"]["items"]
    for name, field in [*schema["properties"].items(), *image["properties"].items()]:
        assert field["description"][-1] == ".", name
        assert "\n" not in field["description"], name
        assert field["type"], name
        (example,) = field["examples"]
        assert jsonschema_rs.validator_for({**field, "$schema": schema["$schema"]}).is_valid(
            example
        ), name
    assert schema["$id"] == f"urn:newscrawl:article:{SCHEMA_VERSION}"
    assert schema["properties"]["schema_version"]["default"] == SCHEMA_VERSION


def test_the_command_prints_it(capsys):
    assert main(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == article_schema()
    jsonschema_rs.meta.validate(printed)


def gone(schema):
    del schema["properties"]["section"]


def another_order(schema):
    schema["properties"] = dict(reversed(schema["properties"].items()))


def new_key_in_front(schema):
    schema["properties"] = {"id": {"type": "string"}, **schema["properties"]}


def text_for_number(schema):
    schema["properties"]["revision"]["type"] = "string"


def null_where_there_was_none(schema):
    schema["properties"]["kind"]["type"] = ["null", "string"]


def never_null_again(schema):
    schema["properties"]["headline"]["type"] = "string"


def value_gone(schema):
    schema["properties"]["kind"]["enum"].remove("live")


def empty_text(schema):
    del schema["properties"]["headline"]["minLength"]


def another_pattern(schema):
    schema["properties"]["date"]["pattern"] = ".*"


def image_without_alt(schema):
    del schema["properties"]["images"]["items"]["properties"]["alt"]


def list_of_numbers(schema):
    schema["properties"]["tags"]["items"]["type"] = "integer"


def url_optional(schema):
    schema["required"] = []


def new_key_behind(schema):
    schema["properties"]["mood"] = {"type": "string"}


def new_value(schema):
    schema["properties"]["kind"]["enum"].append("podcast")


def other_words(schema):
    schema["properties"]["date"]["description"] = "When."


@pytest.mark.parametrize(
    ("change", "needed"),
    [
        *((change, MAJOR) for change in (
            gone, another_order, new_key_in_front, text_for_number, null_where_there_was_none,
            never_null_again, value_gone, empty_text, another_pattern, image_without_alt,
            list_of_numbers, url_optional,
        )),
        (new_key_behind, MINOR),
        (new_value, MINOR),
        (other_words, PATCH),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)  # fmt: skip
def test_the_comparison_tells_what_breaks_readers(change, needed):
    schema = copy.deepcopy(article_schema())
    change(schema)
    found = [kind for kind, _ in changes(article_schema(), schema)]
    assert needed in found
    assert needed == MAJOR or MAJOR not in found
    assert not list(changes(article_schema(), copy.deepcopy(article_schema())))
