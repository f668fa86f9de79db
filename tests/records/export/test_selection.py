"""The latest revisions, or all, of the records that pass the filters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from newscrawl.records.export import ExportError, Filters, Selection
from newscrawl.records.output import to_line
from newscrawl.records.reading import RecordReader
from tests.records.export.records import revision
from tests.records.reading.records import line, record, write


def selected(*files: list[bytes], folder: Path, filters: Filters | None = None, **options):
    paths = [write(folder / f"{number}.jsonl", lines) for number, lines in enumerate(files)]
    return Selection(RecordReader(paths, again=True), filters or Filters(), **options)


def headlines(selection: Selection) -> list[str]:
    return [entry.record["headline"] for entry in selection]


def test_the_latest_revision_wins_wherever_it_stands(tmp_path):
    one, other = (
        [to_line(revision(1, 2)), to_line(revision(2, 1)), to_line(revision(1, 1))],
        [to_line(revision(2, 3)), to_line(revision(2, 2)), to_line(revision(3, 1))],
    )
    selection = selected(one, other, folder=tmp_path)
    assert headlines(selection) == [
        "Article 1, revision 2", "Article 2, revision 3", "Article 3, revision 1",
    ]  # fmt: skip
    assert selection.superseded == 3


def test_of_equal_revisions_the_one_fetched_last_wins_then_the_one_read_last(tmp_path):
    early = record(1, headline="early", fetched_at="2024-05-06T06:00:00Z")
    late = record(1, headline="late", fetched_at="2024-05-07T06:00:00Z")
    unknown = record(1, headline="unknown", fetched_at=None)
    again = record(1, headline="again", fetched_at="2024-05-07T06:00:00Z")
    lines = [to_line(each) for each in (early, late, unknown)]
    assert headlines(selected(lines, folder=tmp_path)) == ["late"]
    assert headlines(selected([*lines, to_line(again)], folder=tmp_path)) == ["again"]


def test_addresses_of_one_page_are_one_article(tmp_path):
    urls = ["https://www.example.org/news/1", "http://example.org/news/1/?utm_medium=rss#top"]
    lines = [line(number, url=url) for number, url in enumerate(urls)]
    assert len(headlines(selected(lines, folder=tmp_path))) == 1


def test_all_revisions_know_their_article(tmp_path):
    lines = [to_line(each) for each in (revision(1, 1), revision(2, 1), revision(1, 2))]
    entries = list(selected(lines, folder=tmp_path, all_revisions=True, numbered=True))
    assert [(entry.article, entry.is_latest) for entry in entries] == [
        (3, False), (2, True), (3, True),
    ]  # fmt: skip
    assert len(headlines(selected(lines, folder=tmp_path, all_revisions=True))) == 3


def test_lines_that_cannot_be_read_and_files_that_grow_do_not_disturb_the_numbers(tmp_path):
    lines = [to_line(revision(1, 1)), b"torn\n", to_line(revision(1, 2)), to_line(revision(2, 1))]
    selection = selected(lines, [to_line(revision(1, 3))], folder=tmp_path)

    def grow() -> None:
        if selection.doing == "exporting":
            selection.on_progress = None
            with (tmp_path / "0.jsonl").open("ab") as file:
                file.write(to_line(revision(7, 1)))

    selection.on_progress = grow
    assert headlines(selection) == ["Article 2, revision 1", "Article 1, revision 3"]


def test_a_file_that_has_lost_lines_is_told(tmp_path):
    selection = selected([line(1), line(2)], folder=tmp_path)

    def shrink() -> None:
        # What was read first is in a buffer by now.
        write(tmp_path / "0.jsonl", [line(1)])

    selection.on_progress = shrink
    with pytest.raises(ExportError, match="has changed while it was read"):
        headlines(selection)


RECORDS = [
    record(1, url="https://www.example.org/1", date="2024-05-06", language="en-GB"),
    record(2, url="https://example.com/2", date="2024-05-07T23:30:00-04:00", language="en"),
    record(3, url="https://news.example.org/3", date=None, language=None, kind="live"),
    record(4, url="https://anexample.org/4", date="2024-06-01", language="de", kind="video"),
]


@pytest.mark.parametrize(
    ("filters", "numbers", "reason"),
    [
        (Filters(), [1, 2, 3, 4], None),
        (Filters(sites=frozenset({"example.org"})), [1, 3], "site"),
        (Filters(sites=frozenset({"example.org", "example.com"})), [1, 2, 3], "site"),
        (Filters(since=date(2024, 5, 7)), [2, 4], "date"),
        (Filters(until=date(2024, 5, 7)), [1, 2], "date"),
        (Filters(since=date(2024, 5, 7), until=date(2024, 5, 7)), [2], "date"),
        (Filters(languages=frozenset({"en"})), [1, 2], "language"),
        (Filters(languages=frozenset({"en-gb", "de"})), [1, 4], "language"),
        (Filters(kinds=frozenset({"live", "video"})), [3, 4], "kind"),
    ],
)
def test_filters(tmp_path, filters, numbers, reason):
    selection = selected([to_line(each) for each in RECORDS], folder=tmp_path, filters=filters)
    assert headlines(selection) == [f"Headline {number}" for number in numbers]
    assert dict(selection.filtered) == ({reason: 4 - len(numbers)} if reason else {})


def test_a_filter_is_asked_of_the_latest_revision(tmp_path):
    lines = [to_line(revision(1, 1, kind="live")), to_line(revision(1, 2, kind="article"))]
    live = Filters(kinds=frozenset({"live"}))
    assert headlines(selected(lines, folder=tmp_path, filters=live)) == []
