import json
from pathlib import Path

import pytest

from newscrawl.evaluation.fixtures import (
    Fixture,
    FixtureError,
    find_fixtures,
    fixtures_dir,
    load_fixture,
)
from newscrawl.items import Article, Image
from newscrawl.schema import schema_errors

FIXTURES = find_fixtures()
EVERY_FIXTURE = pytest.mark.parametrize("fixture", FIXTURES, ids=[one.name for one in FIXTURES])


@EVERY_FIXTURE
def test_the_record_is_what_a_careful_reader_makes_of_the_page(fixture: Fixture) -> None:
    differences = {one.field: one for one in fixture.differences(fixture.extract())}
    unexpected = [one for name, one in differences.items() if name not in fixture.expected_failures]
    assert not unexpected, "\n" + "\n".join(str(one) for one in unexpected)
    repaired = sorted(fixture.expected_failures.keys() - differences.keys())
    assert not repaired, f"now right, remove from xfail.json of {fixture.name}: {repaired}"


@EVERY_FIXTURE
def test_the_expected_record_is_a_valid_one(fixture: Fixture) -> None:
    assert schema_errors(dict(fixture.expected)) == []
    assert fixture.expected_failures.keys() <= set(fixture.compared)


def test_the_fixtures_are_of_many_languages_and_of_every_kind() -> None:
    languages = {fixture.expected["language"].split("-")[0] for fixture in FIXTURES}
    kinds = {fixture.expected["kind"] for fixture in FIXTURES}
    assert {"en", "es", "fr", "de", "pt", "it", "nl", "ru", "ar", "fa", "zh", "ja"} <= languages
    assert {"article", "live", "video", "gallery", "index", "wall", "error"} <= kinds
    assert any(fixture.page.suffix == ".txt" for fixture in FIXTURES)


# --- reading a folder ---


def save(folder: Path, record: object, page: str = "page.html", **files: object) -> Path:
    folder.mkdir(parents=True)
    (folder / page).write_text("<title>A page</title>", encoding="utf-8")
    for name, content in {"article": record, **files}.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return folder


def test_fixtures_come_sorted_and_by_site(tmp_path: Path) -> None:
    for name in ("b/two", "a/one", "b/one"):
        save(tmp_path / name, {"url": f"https://example.org/{name}"})
    (tmp_path / "a" / "no-record").mkdir()
    assert [one.name for one in find_fixtures(tmp_path)] == ["a/one", "b/one", "b/two"]
    assert [one.name for one in find_fixtures(tmp_path, sites={"a"})] == ["a/one"]


def test_the_repository_has_its_own_fixtures() -> None:
    assert (fixtures_dir() / "telesur-en").is_dir()


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"headline": "No address"}, "no url"),
        ({"url": "https://example.org/", "title": "x"}, "no field 'title'"),
        (["https://example.org/"], "not a JSON object"),
        ("{", "article.json: Expecting"),
    ],
)
def test_a_wrong_record_is_named(tmp_path: Path, record: object, message: str) -> None:
    folder = save(tmp_path / "site" / "slug", record)
    with pytest.raises(FixtureError, match=r"article\.json") as error:
        load_fixture(folder)
    assert message in str(error.value)


def test_a_mark_on_an_unknown_field_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path / "s" / "x", {"url": "https://example.org/"}, xfail={"titel": "why"})
    with pytest.raises(FixtureError, match=r"xfail\.json: .*'titel'"):
        load_fixture(folder)


def test_a_record_without_its_page_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path / "site" / "slug", {"url": "https://example.org/"})
    (folder / "page.html").unlink()
    with pytest.raises(FixtureError, match=r"page\.html and page\.txt"):
        load_fixture(folder)


# --- comparing ---


def fixture_of(**expected: object) -> Fixture:
    return Fixture("site", "slug", Path("page.html"), {"url": "https://example.org/a", **expected})


def test_only_the_keys_of_the_expected_record_are_compared() -> None:
    fixture = fixture_of(headline="A hall", fetched_at="2022-04-12T10:00:00Z")
    article = Article(url="https://example.org/a", headline="A hall", body="Much text.")
    assert fixture.compared == ("url", "headline")
    assert fixture.differences(article) == []


def test_differences_come_in_the_order_of_the_record() -> None:
    fixture = fixture_of(tags=["a"], date="2022-04-12", headline="A hall")
    differences = fixture.differences(Article(url="https://example.org/a", headline="A hall"))
    assert [(one.field, one.expected, one.actual) for one in differences] == [
        ("date", "2022-04-12", None),
        ("tags", ["a"], []),
    ]


def test_a_key_that_an_expected_image_leaves_out_is_null() -> None:
    fixture = fixture_of(images=[{"url": "https://example.org/a.jpg", "caption": "Hall"}])
    image = Image("https://example.org/a.jpg", caption="Hall")
    assert fixture.differences(Article(url="https://example.org/a", images=[image])) == []
    image.alt = "A hall"
    assert fixture.differences(Article(url="https://example.org/a", images=[image])) != []


def test_a_difference_of_texts_says_what_is_missing_and_what_is_too_much() -> None:
    fixture = fixture_of(body="One.\n\nThe old hall had stood.\n\nEnd.")
    article = Article(url="https://example.org/a", body="One.\n\nThe hall had stood.\n\nEnd. Share")
    [difference] = fixture.differences(article)
    text = str(difference)
    assert "after 'One.\\n\\nThe': missing \" old\"" in text
    assert 'too much " Share"' in text


def test_a_difference_in_a_script_without_spaces_is_told_by_character() -> None:
    fixture = fixture_of(headline="灯台守の日誌が岬へ戻る")
    [difference] = fixture.differences(
        Article(url="https://example.org/a", headline="灯台守の日誌が戻る")
    )
    assert 'missing "岬へ"' in str(difference)


def test_a_long_difference_is_cut() -> None:
    fixture = fixture_of(body="word " * 1000)
    [difference] = fixture.differences(Article(url="https://example.org/a", body="none"))
    assert len(str(difference)) < 600
    assert "characters)" in str(difference)
