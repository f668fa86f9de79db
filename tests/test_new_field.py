"""A field that is added to the record is known everywhere, from its definition alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from newscrawl.items import Article, Image, uses_of

_SCRIPT = '''
import dataclasses, json, sys
from pathlib import Path
import newscrawl.items as items

@dataclasses.dataclass(slots=True)
class Article(items.Article):
    mood: str | None = items._text(
        "cheerful",
        items.FieldUse(
            "line", is_watched=True, fills_from_later_pages=True,
            schema_org="genre", ninjs="subjects.mood",
        ),
        minLength=1,
    )
    """The mood of the text."""

    def to_dict(self):
        return {**super(Article, self).to_dict(), "mood": self.mood}

items.Article = Article

from newscrawl.extraction.joining import join_pages
from newscrawl.extraction.normalise import normalise
from newscrawl.records.export.columns import COLUMNS
from newscrawl.records.export.ninjs import ninjs
from newscrawl.records.export.schema_org import news_article
from newscrawl.schema import article_schema
from newscrawl.stats.drift import _WATCHED

first, second = (Article("https://example.org/a", headline="A", body="B.") for _ in range(2))
second.mood = "  very \\u00a0cheerful\\n"
joined = join_pages([first, second])
normalise(joined)
record = joined.to_dict()
print(json.dumps({
    "joined and normalised": joined.mood,
    "drift": "mood" in _WATCHED,
    "column": [column.value(record) for column in COLUMNS if column.name == "mood"],
    "schema.org": news_article(record).get("genre"),
    "ninjs": ninjs(record)["subjects"],
    "schema": article_schema()["properties"]["mood"]["description"],
}))
'''


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    # A file, since the description is read from the source.
    script = tmp_path_factory.mktemp("new-field") / "script.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("joined and normalised", "very cheerful"),
        ("drift", True),
        ("column", ["very cheerful"]),
        ("schema.org", "very cheerful"),
        ("ninjs", [{"name": "very cheerful", "rel": "mood"}]),
        ("schema", "The mood of the text."),
    ],
)
def test_a_new_field_is_known(known: dict[str, object], place: str, expected: object) -> None:
    assert known[place] == expected


def test_every_field_says_how_it_is_used() -> None:
    uses = uses_of(Article)
    assert list(uses) == list(Article("https://example.org/").to_dict())
    dates = {name: use.column for name, use in uses.items() if use.form == "date"}
    assert dates == {"date": "published", "date_modified": "modified"}


def test_a_field_without_a_use_is_refused() -> None:
    with pytest.raises(TypeError, match="url"):
        uses_of(Image)
