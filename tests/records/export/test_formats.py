"""Each format holds what the records say, typed, and nothing that does harm."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import jsonschema_rs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import newscrawl
from newscrawl.items import SCHEMA_VERSION, Article
from newscrawl.records.export import Selection, all_formats, export_file
from newscrawl.records.export.columns import COLUMNS
from newscrawl.records.export.formats import with_byte_order_mark
from newscrawl.records.output import to_line
from newscrawl.records.reading import RecordReader
from tests.records.export.ninjs_schema import NINJS
from tests.records.export.records import ALL, BARE, LINES, RICH, revision


def exported(folder: Path, name: str, lines: bytes = LINES, **options: Any) -> Path:
    source, path = folder / "in.jsonl", folder / f"out.{name}"
    source.write_bytes(lines)
    target = all_formats()[name]
    if options.pop("bom", False):
        target = with_byte_order_mark(target)
    reader = RecordReader([str(source)], again=True)
    options = {"all_revisions": True, "numbered": target.all_revisions} | options
    with export_file(path, target) as writer:
        for entry in Selection(reader, **options):
            writer.write(entry)
    assert reader.lost == 0
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_field_of_the_record_is_a_column():
    assert set(Article(url="a").to_dict()) <= {column.name for column in COLUMNS}


def test_parquet_is_typed_and_complete(tmp_path):
    table = pq.read_table(exported(tmp_path, "parquet"))
    types = {field.name: field.type for field in table.schema}
    assert types["published_at"] == types["fetched_at"] == pa.timestamp("us", tz="UTC")
    assert types["published_on"] == types["modified_on"] == pa.date32()
    assert types["authors"] == pa.list_(pa.field("element", pa.string()))
    assert types["revision"] == pa.int32()
    rich, bare, day, no_offset = table.to_pylist()
    others = RICH.keys() - {"fetched_at", "sources", "rights", "confidence"}
    assert {key: rich[key] for key in others} == {key: RICH[key] for key in others}
    assert rich["site"] == "example.co.uk"
    assert rich["published_at"] == datetime(2022, 4, 12, 22, 5, 0, 250_000, UTC)
    assert (rich["published_on"], rich["modified_on"]) == (date(2022, 4, 12), date(2022, 4, 13))
    assert rich["modified_at"] is None
    assert rich["fetched_at"] == datetime(2022, 4, 12, 22, 40, 5, tzinfo=UTC)
    assert {name: source for name, source in rich["sources"].items() if source} == RICH["sources"]
    assert json.loads(rich["rights"]) == RICH["rights"]
    assert json.loads(rich["confidence"]) == RICH["confidence"]
    assert bare["url"] == BARE["url"]
    assert (bare["date"], bare["published_on"]) == ("2024-02-30", None)
    assert (bare["headline"], bare["authors"], bare["images"]) == (None, [], [])
    assert (day["published_at"], day["published_on"]) == (None, date(2024, 5, 6))
    assert (no_offset["published_at"], no_offset["published_on"]) == (None, date(2024, 5, 7))
    assert (no_offset["modified_at"], no_offset["modified_on"]) == (None, date(9999, 12, 31))


def test_parquet_comes_in_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.records.export.arrow.BATCH_RECORDS", 2)
    file = pq.ParquetFile(exported(tmp_path, "parquet"))
    assert [file.metadata.row_group(each).num_rows for each in range(2)] == [2, 2]
    assert file.metadata.num_row_groups == 2
    assert file.schema_arrow.metadata == {b"newscrawl.schema_version": SCHEMA_VERSION.encode()}


def test_csv_holds_no_formula_and_every_text(tmp_path):
    text = exported(tmp_path, "csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    rich, bare, *_ = rows
    assert len(rows) == len(ALL)
    for row in rows:
        assert not any(cell.startswith(tuple("=+-@\t\r\n＝＋－＠")) for cell in row.values())
    assert rich["headline"] == "'" + RICH["headline"]
    assert rich["caption"] == "'" + RICH["caption"]
    assert rich["description"] == "'" + RICH["description"]
    assert rich["body"] == RICH["body"]
    assert rich["authors"] == "'=Ana Writer; Jörg Ötztürk"
    assert (rich["images"], rich["lead_image"]) == ("2", "https://example.org/a b.jpg")
    assert rich["published_at"] == "2022-04-12T22:05:00.250000Z"
    assert rich["published_on"] == "2022-04-12"
    assert rich["sources"] == "headline: json-ld; body: html"
    assert (bare["headline"], bare["images"], bare["revision"]) == ("", "0", "1")
    assert list(rich) == [*(column.name for column in COLUMNS), "lead_image"]


@pytest.mark.parametrize("first", "=+-@\t\r\n＝＋－＠")
def test_no_cell_begins_as_a_formula(tmp_path, first):
    hostile = {"url": f"{first}cmd", "authors": [f"{first}1"], "rights": {}, "tags": [f"{first}x"]}
    fields = [name for name in RICH if isinstance(RICH[name], str) and "date" not in name]
    free = ("url", "fetched_at", "content_hash", "cluster", "kind", "access", "schema_version")
    hostile |= {name: f"{first}1+1|cmd" for name in fields if name not in free}
    text = exported(tmp_path, "csv", to_line(hostile)).read_bytes().decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["headline"] == f"'{first}1+1|cmd"
    assert not any(cell.startswith(first) for cell in row.values())


def test_csv_with_a_byte_order_mark(tmp_path):
    assert exported(tmp_path, "csv", bom=True).read_bytes().startswith(b"\xef\xbb\xbfurl,site,")


def test_json_ld_says_what_the_record_says(tmp_path):
    rich, bare, day, _ = lines_of(exported(tmp_path, "json-ld"))
    assert rich["@context"] == "https://schema.org"
    assert rich["@type"] == ["NewsArticle", "LiveBlogPosting"]
    assert rich["@id"] == RICH["canonical_url"]
    assert (rich["datePublished"], rich["dateModified"]) == (RICH["date"], RICH["date_modified"])
    assert rich["author"][1] == {"@type": "Person", "name": "Jörg Ötztürk"}
    assert rich["image"][0]["contentUrl"] == "https://example.org/a b.jpg"
    assert rich["image"][0]["caption"] == "Lead."
    assert rich["isAccessibleForFree"] is False
    assert rich["articleBody"] == RICH["body"]
    assert bare == {
        "@context": "https://schema.org", "@type": "NewsArticle", "@id": BARE["url"],
        "url": BARE["url"], "datePublished": "2024-02-30",
    }  # fmt: skip
    assert day["datePublished"] == "2024-05-06"
    assert "isAccessibleForFree" not in day


def test_json_ld_is_read_as_that_of_any_page(tmp_path):
    """What other programs make of it, as far as newscrawl is one of them."""
    told = RICH | {"headline": "Parliament opens its new hall", "authors": ["Ana Writer"]}
    (line,) = exported(tmp_path, "json-ld", to_line(told)).read_text(encoding="utf-8").splitlines()
    page = f'<html><script type="application/ld+json">{line}</script><body><p>x</p></body></html>'
    article = newscrawl.extract(page, url=told["url"])
    for name in ("headline", "date", "authors", "publisher", "section"):
        assert getattr(article, name) == told[name]
        assert article.sources.get(name, "json-ld") == "json-ld"


def test_ninjs_fits_its_schema(tmp_path):
    validator = jsonschema_rs.validator_for(NINJS, validate_formats=True)
    objects = lines_of(exported(tmp_path, "ninjs"))
    for each in objects:
        assert [error.message for error in validator.iter_errors(each)] == []
    rich, bare, day, no_offset = objects
    assert rich["uri"] == "https://www.example.co.uk/m%C3%BCnchen/1"
    assert rich["headlines"][0]["value"] == RICH["headline"]
    assert rich["contentCreated"] == RICH["date"]
    assert rich["versionCreated"] == RICH["date"]  # the day of the update cannot be said
    assert rich["by"] == "=Ana Writer, Jörg Ötztürk"
    assert rich["usageTerms"] == "robots: noarchive"
    assert rich["associations"][0]["renditions"][0]["href"] == "https://example.org/a%20b.jpg"
    assert rich["standard"]["version"] == "3.3"
    assert "contentCreated" not in bare | day | no_offset


def test_the_ninjs_schema_refuses_what_ninjs_does():
    validator = jsonschema_rs.validator_for(NINJS, validate_formats=True)
    for wrong in (
        {"type": "text"},
        {"uri": "https://example.org/ü ü"},
        {"uri": "https://example.org/", "type": "article"},
        {"uri": "https://example.org/", "contentCreated": "2024-05-06"},
        {"uri": "https://example.org/", "headline": "x"},
        {"uri": "https://example.org/", "bodies": [{"role": "main"}]},
        {"uri": "https://example.org/", "associations": [{"uri": "https://example.org/"}]},
    ):
        assert not validator.is_valid(wrong), wrong


REVISED = [
    revision(1, 1),
    revision(2, 1, body="The grey heron has come back to the pond."),
    revision(1, 3, images=RICH["images"]),
    revision(1, 2, url="http://example.org/news/1?utm_source=feed"),
    revision(5, 1, body="Élèves à l'école"),
]
REVISED_LINES = b"".join(map(to_line, REVISED))


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_a_database_has_articles_images_and_revisions(tmp_path, name):
    path = exported(tmp_path, name, REVISED_LINES)
    database = duckdb.connect(str(path)) if name == "duckdb" else sqlite3.connect(path)

    def rows(query: str) -> list[tuple]:
        return database.execute(query).fetchall()

    latest = [
        f"Article {article}, revision {number}" for article, number in ((2, 1), (1, 3), (5, 1))
    ]
    assert rows("SELECT headline FROM article ORDER BY id") == [(each,) for each in latest]
    assert rows("SELECT position, url FROM image ORDER BY position") == [
        (1, "https://example.org/a b.jpg"),
        (2, "https://example.org/2.jpg"),
    ]
    found = rows(
        "SELECT revision.revision, is_latest, revision.headline FROM revision JOIN article"
        " ON article.id = revision.article WHERE article.url LIKE '%/news/1' ORDER BY 1"
    )
    assert [(number, bool(last)) for number, last, _ in found] == [(1, 0), (2, 0), (3, 1)]
    assert [headline for *_, headline in found] == [f"Article 1, revision {n}" for n in (1, 2, 3)]
    assert rows("SELECT count(*) FROM revision WHERE body IS NULL") == [(0,)]
    database.close()


def test_sqlite_finds_words(tmp_path):
    database = sqlite3.connect(exported(tmp_path, "sqlite", REVISED_LINES))

    def found(query: str) -> list[str]:
        return [
            headline
            for (headline,) in database.execute(
                "SELECT article.headline FROM article_search"
                " JOIN article ON article.id = article_search.rowid"
                " WHERE article_search MATCH ? ORDER BY rank",
                (query,),
            )
        ]

    assert found("heron AND pond") == ["Article 2, revision 1"]
    assert found("eleves ecole") == ["Article 5, revision 1"]
    assert found("lion") == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert json.loads(database.execute("SELECT authors FROM article").fetchone()[0]) == []


def test_duckdb_finds_words_and_has_types(tmp_path):
    database = duckdb.connect(str(exported(tmp_path, "duckdb", REVISED_LINES)), read_only=True)

    def found(words: str) -> list[str]:
        return [
            row[0] for row in database.execute("SELECT headline FROM search(?)", [words]).fetchall()
        ]

    assert found("HERON pond") == ["Article 2, revision 1"]
    assert found("eleves") == ["Article 5, revision 1"]
    assert found("heron lion") == found("") == []
    assert database.sql("SELECT max(published_on), max(published_at) FROM article").types == [
        "DATE", "TIMESTAMP WITH TIME ZONE",
    ]  # fmt: skip
    row = database.execute("SELECT schema_version, authors FROM article LIMIT 1").fetchall()
    assert row == [(SCHEMA_VERSION, [])]


def test_a_database_with_the_latest_revisions_alone(tmp_path):
    path = exported(tmp_path, "sqlite", REVISED_LINES, all_revisions=False)
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM revision").fetchone() == (3,)
    assert database.execute("SELECT count(*) FROM superseded").fetchone() == (0,)
