"""The steps from a page to a record, and their order."""

from __future__ import annotations

import pytest

from newscrawl.extraction.normalise import normalise
from newscrawl.extraction.record import (
    FetchedPage,
    RecordOptions,
    add_rights,
    extract,
    finish_record,
    make_record,
    read_page,
)
from newscrawl.items import Article, Image, Reject
from newscrawl.schema import schema_errors

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "
PAGE = (
    "<html><title>A hall</title><body><article><h1>A new hall</h1>"
    f"<time datetime='2024-05-06'>6 May 2024</time>{f'<p>{SENTENCE * 2}</p>' * 4}</article>"
)
URL = "https://www.example.org/2024/05/a-new-hall"


def article(url: str = "https://example.org/hall", **fields: object) -> Article:
    return Article(url, **({"headline": "A new hall", "body": "It is open."} | fields))


def normalised(record: Article) -> Article:
    normalise(record)
    return record


def test_every_text_has_one_form() -> None:
    item = normalised(
        article(
            headline=" A\u00a0new\x00 hall\n",
            body="One\nline.\n\n\n\n Two\u200b. \ud800",
            caption="  ",
            authors=[" Ana  Writer", "", "Ana Writer"],
            tags=["a\tb"],
            images=[Image("https://example.org/a.jpg ", caption="\n", alt=" A  hall")],
        )
    )
    assert item.headline == "A new hall"
    assert item.body == "One line.\n\nTwo."
    assert item.caption is None
    assert item.authors == ["Ana Writer"]
    assert item.tags == ["a b"]
    assert item.images == [Image("https://example.org/a.jpg", alt="A hall")]
    assert len(item.content_hash or "") == 32
    assert schema_errors(item.to_dict()) == []


@pytest.mark.parametrize(
    ("written", "date", "raw"),
    [
        ("2022-04-12", "2022-04-12", None),
        ("2022-04-12T18:05:00-04:00", "2022-04-12T18:05:00-04:00", None),
        ("12 April 2022", "2022-04-12", "12 April 2022"),
        ("sometime", None, "sometime"),
    ],
)
def test_dates_become_iso(written: str, date: str | None, raw: str | None) -> None:
    item = normalised(article(date=written))
    assert (item.date, item.date_raw) == (date, raw)


def test_the_address_of_a_picture_still_names_it() -> None:
    address = "https://example.org/at 9.57\u202fAM\u200b\x00.jpg\n"
    item = normalised(article(images=[Image(address)]))
    assert item.images == [Image("https://example.org/at 9.57%E2%80%AFAM%E2%80%8B.jpg")]


def test_what_says_the_same_has_the_same_hash() -> None:
    first = normalised(article(body="It  is open."))
    second = normalised(article("https://example.org/2", body="It is open."))
    assert first.content_hash == second.content_hash


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"headline": None}, "no_headline"),
        ({"body": ""}, "no_body"),
        ({"body": "\u200b"}, "no_body"),  # nothing once it is normalised
        ({"kind": "index"}, "kind_index"),
        ({"revision": 0}, "invalid"),
    ],
)
def test_what_is_no_record_is_a_reject(fields: dict[str, object], reason: str) -> None:
    item = finish_record([article(**fields)])
    assert isinstance(item, Reject)
    assert (item.url, item.reason) == ("https://example.org/hall", reason)


def test_the_site_fills_in_what_a_page_lacks() -> None:
    defaults = {"language": "cy", "section": "News", "publisher": None}
    item = finish_record([article(language="en")], RecordOptions(defaults))
    assert isinstance(item, Article)
    assert (item.language, item.section, item.publisher) == ("en", "News", None)
    assert item.sources == {"section": "site"}


def test_a_default_is_normalised_like_what_the_page_says() -> None:
    item = finish_record([article()], RecordOptions({"section": " Our\u00a0 News\n"}))
    assert isinstance(item, Article)
    assert item.section == "Our News"


def test_the_pages_of_an_article_are_one_record() -> None:
    item = finish_record([article(), article("https://example.org/hall?p=2", body="It closed.")])
    assert isinstance(item, Article)
    assert (item.url, item.body) == ("https://example.org/hall", "It is open.\n\nIt closed.")


RESERVED = {
    "noindex": {"robots": {"value": "noindex", "source": "meta"}},
    "noarchive": {"robots_header": {"value": "noarchive", "source": "header"}},
    "tdm-reservation": {"tdm_reservation": {"value": "1", "source": "tdmrep.json"}},
}


@pytest.mark.parametrize("name", RESERVED)
def test_a_reserved_body_is_left_out_where_that_is_asked_for(name: str) -> None:
    item = article(sources={"body": "html"}, content_hash="a" * 32)
    assert add_rights(item, RecordOptions(host_rights=RESERVED[name], withhold=[name])) == name
    assert (item.body, item.sources) == (None, {})
    assert item.rights["body_withheld"] == {"value": name, "source": "setting"}
    assert item.content_hash == "a" * 32


@pytest.mark.parametrize("name", RESERVED)
def test_a_reservation_that_nobody_asks_about_is_noted_alone(name: str) -> None:
    item = article()
    others = [other for other in RESERVED if other != name]
    assert add_rights(item, RecordOptions(host_rights=RESERVED[name], withhold=others)) is None
    assert item.body == "It is open."
    assert item.rights == RESERVED[name]


def test_what_the_page_says_counts_before_its_host() -> None:
    item = article(rights={"tdm_reservation": {"value": "0", "source": "meta"}})
    policy = {"tdm_policy": {"value": "https://example.org/p", "source": "tdmrep.json"}}
    add_rights(item, RecordOptions(host_rights=RESERVED["tdm-reservation"] | policy))
    assert item.rights == {"tdm_reservation": {"value": "0", "source": "meta"}}


def test_a_page_at_hand_takes_all_steps() -> None:
    record = make_record(
        FetchedPage(PAGE, URL),
        RecordOptions({"section": "News"}, RESERVED["noarchive"], withhold=["noarchive"]),
    )
    assert isinstance(record, Article)
    assert (record.headline, record.date, record.section) == ("A new hall", "2024-05-06", "News")
    assert record.body is None
    assert record.content_hash == extract(PAGE, url=URL).content_hash


def test_extract_and_the_record_of_a_page_say_the_same() -> None:
    record = make_record(FetchedPage(PAGE.encode(), URL, {"content-type": "text/html"}))
    assert isinstance(record, Article)
    assert record.to_dict() == extract(PAGE.encode(), url=URL, content_type="text/html").to_dict()


def test_a_page_that_is_no_article_leads_nowhere() -> None:
    links = "".join(f"<li><a href='/s/{n}'>A story that has number {n}</a>" for n in range(30))
    read = read_page(FetchedPage(f"<title>News</title><ul>{links}</ul><a rel=next href='?p=2'>2"))
    assert read.article.kind == "index"
    assert read.next_url is None
