"""Dates of publication and update: what is declared, what is shown, and what is neither."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newscrawl import Article, extract

URL = "https://paper.example/news/hall"
TEXT = (
    "<p>The council voted late on Monday to rebuild the old covered market by the river, whose "
    "roof had leaked for eleven winters in a row, as every trader there can tell.</p>"
    "<p>Traders will move into tents on the quay while the work goes on. The cost is put at four "
    "million, half of it borne by the region, and nobody spoke against the plan.</p>"
    "<p>The first stalls should be back under the new glass by the spring of next year, said the "
    "mayor, who had himself sold fish there as a boy.</p>"
)


def page(
    *, head: str = "", above: str = "", below: str = "", after: str = "", url: str = URL
) -> Article:
    """Return the record of a page with these parts around its headline and text."""
    html = (
        f"<html lang='en'><head><title>A new market</title>{head}</head><body>{above}"
        f"<h1>A new market</h1>{below}<div class='article-body'>{TEXT}</div>{after}</body></html>"
    )
    return extract(html, url=url, fetched_at=datetime(2026, 11, 20, 12, tzinfo=UTC))


def json_ld(**node: object) -> str:
    declared = json.dumps({"@type": "NewsArticle", **node})
    return f"<script type='application/ld+json'>{declared}</script>"


# --- declared ---


def test_the_published_instant_keeps_its_own_offset() -> None:
    article = page(
        head=json_ld(datePublished="2026-04-12T18:05:00-0400", dateModified="2026-04-13")
    )
    assert article.date == "2026-04-12T18:05:00-04:00"
    assert article.date_modified == "2026-04-13"
    assert article.date_raw == "2026-04-12T18:05:00-0400"
    assert article.sources["date"] == "json-ld"


def test_a_modified_date_is_not_the_date() -> None:
    article = page(head=json_ld(dateModified="2026-04-13T10:00:00Z"))
    assert (article.date, article.date_modified) == (None, "2026-04-13T10:00:00Z")


@pytest.mark.parametrize(
    ("meta", "source"),
    [
        ("<meta property='article:published_time' content='2026-04-12T18:05:00Z'>", "opengraph"),
        ("<meta name='parsely-pub-date' content='2026-04-12T18:05:00Z'>", "meta"),
        ("<meta name='x-news:publicationdate' content='2026-04-12T18:05:00Z'>", "meta"),
    ],
)
def test_dates_in_meta(meta: str, source: str) -> None:
    article = page(head=meta)
    assert (article.date, article.sources["date"]) == ("2026-04-12T18:05:00Z", source)


@pytest.mark.parametrize("name", ["expiry-date", "event_date_start", "modification-date"])
def test_other_dates_in_meta(name: str) -> None:
    assert page(head=f"<meta name='{name}' content='2026-04-12'>").date is None


def test_a_day_gets_the_time_that_is_shown_with_it() -> None:
    article = page(
        head=json_ld(datePublished="2026-04-12"),
        below="<div class='meta'>12 April 2026, 6.05pm</div>",
    )
    assert article.date == "2026-04-12T18:05"


def test_an_instant_in_utc_gets_the_offset_of_the_shown_time_where_the_address_tells_of_it() -> (
    None
):
    article = page(
        head=json_ld(datePublished="2026-11-09T03:28:35Z"),
        below="<div class='byline'>Published Nov. 8, 2026, 10:28 p.m.</div>",
        url="https://paper.example/2026/11/08/hall",
    )
    assert article.date == "2026-11-08T22:28:35-05:00"


@pytest.mark.parametrize(
    "other",
    [
        "<meta name='date' content='2026-11-08T22:28:35-05:00'>",
        "<meta name='sailthru.date' content='2026-11-08 22:28:35'>",
    ],
)
def test_an_instant_in_utc_is_told_in_local_time_where_the_page_states_that_too(other: str) -> None:
    article = page(head=json_ld(datePublished="2026-11-09T03:28:35Z") + other)
    assert article.date == "2026-11-08T22:28:35-05:00"


def test_another_time_is_no_local_time() -> None:
    other = "<meta name='sailthru.date' content='2026-11-08 22:28:11'>"
    article = page(head=json_ld(datePublished="2026-11-09T03:28:35Z") + other)
    assert article.date == "2026-11-09T03:28:35Z"


@pytest.mark.parametrize(
    "below",
    [
        "<p>Posted by Ana. <time datetime='2026-11-10T09:15:00+01:00'>yesterday</time></p>",
        "<p>Updated <time datetime='2026-11-10T09:15:02Z'>at 10:15</time></p>",
    ],
)
def test_another_time_of_the_page_tells_its_offset_where_the_address_is_of_the_next_day(
    below: str,
) -> None:
    article = page(
        head=json_ld(datePublished="2026-11-08T23:01:00Z"),
        below=below,
        url="https://paper.example/2026/11/09/hall",
    )
    assert article.date == "2026-11-09T00:01:00+01:00"


def test_the_day_of_the_address_that_is_shown_too_is_kept_where_no_offset_is_known() -> None:
    article = page(
        head=json_ld(datePublished="2026-11-08T23:11:59+00:00"),
        below="<p class='date'>9 November 2026</p>",
        url="https://paper.example/2026/11/09/hall",
    )
    assert article.date == "2026-11-09"


def test_a_midnight_told_in_utc_is_of_the_day_that_is_shown() -> None:
    article = page(
        head=json_ld(datePublished="2026-11-08T23:00Z"), below="<p class='date'>9 November 2026</p>"
    )
    assert article.date == "2026-11-09T00:00:00+01:00"


def test_a_round_hour_is_no_midnight_of_its_own_day() -> None:
    article = page(
        head=json_ld(datePublished="2026-11-08T08:00Z"), below="<p class='date'>8 November 2026</p>"
    )
    assert article.date == "2026-11-08T08:00Z"


@pytest.mark.parametrize(
    ("head", "below", "date"),
    [
        # What any system fills with any change yields to what is shown.
        ("<meta name='date' content='2026-04-20T10:00:00Z'>", "12 April 2026", "2026-04-12"),
        ("<meta name='dc.date' content='2026-04-10'>", "12 April 2026", "2026-04-12"),
        ("<meta name='date' content='2026-04-12T10:00:00Z'>", "12 April 2026",
         "2026-04-12T10:00:00Z"),
        ("<meta name='date' content='2026-04-12'>", "Updated 20 April 2026", "2026-04-12"),
        # So does a day in words, as templates write that of their last change.
        (json_ld(datePublished="Apr 20, 2026"), "April 12, 2026", "2026-04-12"),
        (json_ld(datePublished="Apr 12, 2026"), "April 20, 2026", "2026-04-12"),
        (json_ld(datePublished="2026-04-12"), "April 20, 2026", "2026-04-12"),
    ],
)  # fmt: skip
def test_a_vague_statement_yields_to_the_dateline(head: str, below: str, date: str) -> None:
    assert page(head=head, below=f"<p class='date'>{below}</p>").date == date


@pytest.mark.parametrize(
    ("path", "stated", "date"),
    [
        ("2024/7/12/hall", "2026-06-17T18:28:00+02:00", "2024-07-12"),
        ("2024/7/12/hall", "2024-07-14", "2024-07-14"),
        ("hall-20240712", "2026-06-17", "2026-06-17"),  # a number, for all we know
    ],
)
def test_the_address_of_an_article_that_was_published_anew_tells_its_first_day(
    path: str, stated: str, date: str
) -> None:
    article = page(head=json_ld(datePublished=stated), url=f"https://paper.example/{path}")
    assert article.date == date


def test_a_comment_s_microdata_is_not_the_article_s() -> None:
    comment = (
        "<div itemscope itemtype='https://schema.org/Comment'>"
        "<time itemprop='datePublished' datetime='2026-05-01T10:00:00Z'>1 May</time></div>"
    )
    article = page(below="<p class='date'>12 April 2026</p>", after=comment)
    assert article.date == "2026-04-12"


def test_a_video_page_is_dated_by_its_upload() -> None:
    video = {"@type": "VideoObject", "uploadDate": "2026-05-11T17:22:05-03:00"}
    article = page(
        head="<meta property='og:type' content='video.other'>"
        f"<script type='application/ld+json'>{json.dumps(video)}</script>",
        below="<p class='date'>11/05/2026 17h22</p>",
    )
    assert article.date == "2026-05-11T17:22:05-03:00"


# --- shown ---


@pytest.mark.parametrize(
    ("below", "date", "raw"),
    [
        ("<p class='meta'>Published 12 May 2026</p>", "2026-05-12", "Published 12 May 2026"),
        ("<p>By Ana Lima | April 12, 2026 | 3 min read</p>", "2026-04-12", "April 12, 2026"),
        ("<time datetime='2026-04-12T18:05:00+02:00'>12 Apr</time>",
         "2026-04-12T18:05:00+02:00", "12 Apr"),
        ("<time datetime='2026-04-13T04:13:09Z'>April 12, 2026</time>", "2026-04-12",
         "April 12, 2026"),
        ("<time datetime='2026-04-13T04:13:09Z'>April 12, 2026, 9:13 PM</time>",
         "2026-04-12T21:13:09-07:00", "April 12, 2026, 9:13 PM"),
        ("<span>News</span><span>April 12, 2026</span><span>Updated May 2, 2026</span>",
         "2026-04-12", "April 12, 2026"),
    ],
)  # fmt: skip
def test_a_dateline_below_the_headline(below: str, date: str, raw: str) -> None:
    article = page(below=below)
    assert (article.date, article.date_raw, article.sources["date"]) == (date, raw, "html")


@pytest.mark.parametrize(
    ("below", "date"),
    [
        ("<ul class='info'><li><b>Date:</b>12 April 2026</li></ul>", "2026-04-12"),
        ("<p class='post-meta'>This was filed on 12 April 2026 under "
         + "markets, councils and money, " * 12 + "</p>", "2026-04-12"),
        ("<p class='meta'><b>By Ana</b><b>April 12th 2026</b><b>11 mins</b></p>", "2026-04-12"),
        ("<footer><p>12.04.2026</p></footer>", "2026-04-12"),
        ("<div class='date-comments'><p>12 April 2026</p><p>3 comments</p></div>", "2026-04-12"),
        ("<div class='info-and-share'><p>12 April 2026</p>" + "<p>ShareWith <b>Mail</b></p>" * 30
         + "</div>", "2026-04-12"),
        ("<time datetime='2026-04-20T18:00:00Z'>Updated at 20:00</time><p>12 April 2026</p>",
         "2026-04-12"),
    ],
)  # fmt: skip
def test_a_dateline_of_another_shape(below: str, date: str) -> None:
    assert page(below=below).date == date


def test_a_linked_dateline_outweighs_the_day_in_the_header() -> None:
    article = page(
        above="<div class='header-date'>20 November 2026</div>",
        below="<div class='entry-meta'><a href='/2026/04/'>12 April 2026</a></div>",
    )
    assert article.date == "2026-04-12"


@pytest.mark.parametrize(
    ("host", "shown", "date"),
    [
        ("paper.example", "4/5/2026", "2026-04-05"),
        ("paper.ie", "4/5/2026", "2026-05-04"),
        ("paper.example", "4/5/2026, 2:30 pm", "2026-04-05T14:30"),
        ("paper.example", "4/5/2026, 14:30", "2026-05-04T14:30"),
        ("paper.example", "4/13/2026, 14:30", "2026-04-13T14:30"),
    ],
)
def test_the_order_of_day_and_month_in_english(host: str, shown: str, date: str) -> None:
    article = page(below=f"<p class='date'>{shown}</p>", url=f"https://{host}/news/hall")
    assert article.date == date


@pytest.mark.parametrize(
    ("others", "shown", "date"),
    [
        ("<p>28/11/2025</p><p>30/11/2025</p>", "01/12/2025", "2025-12-01"),
        ("<p>11.24.2025</p>", "01.12.2025", "2025-01-12"),
        (
            "<p>A market: <time datetime='2025-12-01'>December 1</time></p>",
            "01-12-2025",
            "2025-12-01",
        ),
        ("<p>28/11/2025</p><p>11/28/2025</p>", "01/12/2025", "2025-01-12"),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_page_s_other_dates(
    others: str, shown: str, date: str
) -> None:
    article = page(below=f"<p class='date'>{shown}</p>", after=f"<h2>More of us</h2>{others}")
    assert article.date == date


def test_a_label_above_a_date_tells_what_it_is() -> None:
    labelled = "<div>Updated on</div><div>20 April 2026</div><div>12 April 2026</div>"
    article = page(below=labelled)
    assert (article.date, article.date_modified) == ("2026-04-12", "2026-04-20")


def test_a_clock_is_no_dateline() -> None:
    clock = "<p class='current-time'>Date: 20 November 2026, 12:00</p>"
    assert page(above=clock, below="<p>Ana, 12 April 2026</p>").date == "2026-04-12"


def test_slides_above_the_article_are_a_list_though_they_are_numbered() -> None:
    slides = "".join(f"<div class='caption slide-71{i}'>{i + 1} March 2026</div>" for i in range(5))
    html = f"<html lang='en'>{slides}<aside>12 April 2026, Ana Lima of the town desk</aside>"
    assert extract(f"{html}<article>{TEXT}</article>", url=URL).date == "2026-04-12"


def test_dates_are_looked_for_near_the_article_first_where_there_are_thousands() -> None:
    rows = "".join(f"<li>No. {i}, 3 May 2019</li>" for i in range(2000))
    assert (
        page(
            above=f"<ul class='sidebar'>{rows}</ul>", below="<p class='date'>12 April 2026</p>"
        ).date
        == "2026-04-12"
    )


def test_a_dateline_below_the_text() -> None:
    assert page(after="<p class='posted'>Posted on 12 April 2026 by Ana</p>").date == "2026-04-12"


def test_the_published_date_is_not_the_update_beside_it() -> None:
    article = page(below="<p>Updated 13 April 2026 | Published 12 April 2026</p>")
    assert (article.date, article.date_modified) == ("2026-04-12", "2026-04-13")


def test_the_only_date_that_is_shown_serves_though_it_is_an_update() -> None:
    article = page(below="<p>Updated 13 April 2026</p>")
    assert (article.date, article.date_modified) == ("2026-04-13", "2026-04-13")


@pytest.mark.parametrize(
    "after",
    [
        "<div class='related-stories'><a href='/b'>A clock</a><span>3 May 2025</span></div>",
        "<div class='comments'><p>Rui, 4 May 2026</p></div>",
        "<footer><p>© 2026 The Paper. Last update of our terms: 2 May 2024</p></footer>",
        "<p>The market was founded on 3 May 1998, when the town was half as large as now.</p>",
    ],
)
def test_dates_of_other_things(after: str) -> None:
    assert page(after=after).date is None


def test_a_date_in_the_header_is_weaker_than_the_dateline() -> None:
    article = page(
        above="<header><span class='today'>Friday 20 November 2026</span></header>",
        below="<p class='dateline'>12 April 2026</p>",
    )
    assert article.date == "2026-04-12"


def test_links_beside_a_dateline_do_not_speak_against_it() -> None:
    article = page(
        below="<p>12 April 2026 <a href='/carola'>Carola Winter-Holm</a> <a href='/t'>Town</a></p>",
        after="<p>10 April 2026</p>",
    )
    assert article.date == "2026-04-12"


def test_dates_alike_below_the_text_are_those_of_other_stories() -> None:
    cards = "".join(
        f"<div class='card'><h3>Story {day}</h3><p class='meta'>{day} April 2026</p></div>"
        for day in range(10, 15)
    )
    article = page(below="<p>By Ana Lima in the town of Hall, 3 May 2026</p>", after=cards)
    assert article.date == "2026-05-03"


@pytest.mark.parametrize(
    ("above", "date"),
    [
        ("<div class='stamp'>30 March 2026, 16:26</div>", "2026-03-30T16:26"),
        ("<div class='stamp'>5 April 2026, 16:26</div>", "2026-04-02T13:59"),
        ("<div class='joined'>30 March 2016</div>", "2026-04-02T13:59"),
    ],
)
def test_a_thread_is_of_the_day_of_its_first_post(above: str, date: str) -> None:
    below = "<div class='stamp'>2 April 2026, 13:59</div>"
    assert page(above=above, below=below).date == date


def test_a_relative_date_counts_from_the_fetch() -> None:
    assert page(below="<span class='timestamp'>3 hours ago</span>").date == "2026-11-20T09:00Z"


def test_what_was_taken_over_from_an_older_system_keeps_the_day_that_it_shows() -> None:
    article = page(
        head=json_ld(datePublished="2026-10-01T10:15:00Z", dateModified="2026-10-01T10:15:00Z"),
        below="<p class='byline'><time>Dec 30, 2013</time></p>",
    )
    assert (article.date, article.sources["date"]) == ("2013-12-30", "html")


@pytest.mark.parametrize(
    ("stated", "below"),
    [
        # both days are shown
        ("2026-04-12", "<p class='date'>10 April 2026</p><p class='date'>12 April 2026</p>"),
        # the evening before in the west
        ("2026-04-12T04:15:00Z", "<p class='date'><time>April 11, 2026</time></p>"),
        # day and month in the other order
        ("2026-04-12T04:15:00Z", "<p class='date'><time>12/04/2026</time></p>"),
        # far from being a dateline
        ("2026-04-12", "<p>The fair of 30 March 2026 is over</p>"),
        # the order of day and month is not known: the later day may be meant
        ("2026-05-28", "<p class='date'><time>01/06/2026</time></p>"),
        # an update is never the first publication
        ("2026-04-12", "<p class='date'>Updated <time>3 March 2026</time></p>"),
    ],
)
def test_an_earlier_day_that_does_not_speak_against_the_stated_one(stated: str, below: str) -> None:
    article = page(head=json_ld(datePublished=stated), below=below)
    assert (article.date, article.sources["date"]) == (stated, "json-ld")


@pytest.mark.parametrize(
    ("modified", "date"),
    [("2026-10-01T10:15:30Z", "2026-05-14"), ("2026-10-02T10:15:30Z", "2026-10-01T10:15:30Z")],
)
def test_a_moment_that_is_stated_of_the_last_update_too_yields_to_an_earlier_dateline(
    modified: str, date: str
) -> None:
    article = page(
        head=json_ld(datePublished="2026-10-01T10:15:30Z", dateModified=modified),
        below="<p>Ana Lima, editor for culture and the town, May 14, 2026</p>",
    )
    assert article.date == date


@pytest.mark.parametrize(
    ("shown", "first"),
    [
        ("<p>This article was originally published on 26 September 2019</p>", "2019-09-26"),
        ("<p>Erstmals publiziert am 26.09.2019</p>", "2019-09-26"),
    ],
)
def test_what_is_called_the_first_publication_is_it(shown: str, first: str) -> None:
    later = "<p class='date'><time>30 September 2022</time></p>"
    assert page(below=later, after=shown).date == first
    stated = json_ld(datePublished="2022-09-30T10:00:00Z")
    assert page(head=stated, below=f"{shown}{later.replace('2022', '2021')}").date == first


@pytest.mark.parametrize(
    ("after", "date"),
    [
        ("<p>Published on: 12 April 2026, © by the author and The Paper</p>", "2026-04-12"),
        ("<p>© The Paper 12 April 2026</p>", None),
        ("<p>© Agency | Picture: Port | 12.04.2026 08:03</p>", "2026-04-12T08:03"),
    ],
)
def test_the_date_of_a_copyright_is_not_the_article_s(after: str, date: str | None) -> None:
    assert page(after=after).date == date


def test_a_line_that_begins_with_its_date_and_ends_in_brackets_is_no_sentence() -> None:
    article = page(
        head="<meta name='date' content='2026-04-19'>",
        above="<div>12.04.2026 - Editor: Ana Lima (press officer of the market)</div>",
    )
    assert article.date == "2026-04-12"


# --- elsewhere ---


def test_the_address_serves_where_the_page_says_nothing() -> None:
    article = page(url="https://paper.example/2026/04/12/hall")
    assert (article.date, article.sources["date"]) == ("2026-04-12", "url")


def test_the_address_decides_between_shown_dates() -> None:
    article = page(
        below="<p>For the fair of 3 May 2026</p>",
        after="<p>12 April 2026, 18:05</p>",
        url="https://paper.example/2026/04/12/hall",
    )
    assert article.date == "2026-04-12T18:05"


@pytest.mark.parametrize(
    ("data", "date"),
    [
        ('{"publishedAt":"2026-04-12T18:05:00Z"}', "2026-04-12T18:05:00Z"),
        ('{"deployDt":"2026.04.12 18:05","reDeployDt":"2026.04.13 10:00"}', "2026-04-12T18:05"),
    ],
)
def test_the_data_of_a_script_serve_last(data: str, date: str) -> None:
    assert page(head=f"<script>window.state={data}</script>").date == date


def test_an_agency_s_dateline_at_the_start_of_the_text() -> None:
    first = "<p>PORT ELLERY, 12 April 2026 – The council voted late on Monday.</p>"
    html = f"<html lang='en'><h1>A new market</h1><article>{first}{TEXT}</article>"
    assert extract(html, url=URL).date == "2026-04-12"


def test_an_agency_s_dateline_below_the_text_s_first_heading() -> None:
    first = (
        "<h3>Back to the quay by spring</h3><p>12 April 2026 – The council voted late on Monday to "
        "rebuild the old covered market by the river, whose roof had leaked for years.</p>"
    )
    summary = "<p>Stalls, tents and a new roof: what was decided for the market.</p>"
    text = f"{first}{TEXT}<h3>What it costs</h3>{TEXT}"
    html = f"<html lang='en'><h1>A new market</h1>{summary}<article>{text}</article>"
    assert extract(html, url=URL).date == "2026-04-12"


@pytest.mark.parametrize(
    "raw", ["0000-00-00", "2026-02-30", "9999-12-31T00:00:00+09:00", "?" * 100_000]
)
def test_an_incredible_date_is_kept_as_it_is_written_and_no_longer(raw: str) -> None:
    article = page(head=json_ld(datePublished=raw))
    assert article.date is None
    assert article.date_raw == raw[:200]


@pytest.mark.parametrize(
    ("headers", "date"),
    [
        ({"date": "Fri, 20 Nov 2026 12:00:00 GMT"}, None),
        ({"date": "yesterday"}, "2027-04-12"),
        ({}, "2027-04-12"),
    ],
)
def test_the_future_is_that_after_the_response_where_no_other_clock_is_given(
    headers: dict[str, str], date: str | None
) -> None:
    html = f"<html lang='en'>{json_ld(datePublished='2027-04-12')}<h1>A new market</h1>{TEXT}"
    article = extract(html, url=URL, headers=headers)
    assert (article.date, article.date_raw) == (date, "2027-04-12")


def test_a_relative_date_counts_from_the_response() -> None:
    html = f"<html lang='en'><h1>A new market</h1><span class='timestamp'>3 hours ago</span>{TEXT}"
    article = extract(html, url=URL, headers={"date": "Fri, 20 Nov 2026 12:00:00 GMT"})
    assert (article.date, article.fetched_at) == ("2026-11-20T09:00Z", None)
