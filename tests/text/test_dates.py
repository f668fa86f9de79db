"""Dates: formats of machines, of people in many languages, and what is no date."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.text.dates import (
    date_in_url,
    find_date,
    find_dates,
    has_month_first,
    normalise_date,
    same_day,
)

NOW = datetime(2022, 4, 12, 22, 40, 5, tzinfo=UTC)
RECORD_PATTERN = re.compile(
    r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?"
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2022-04-12", "2022-04-12"),
        (" 2022-04-12 ", "2022-04-12"),
        ("2022-04-12T18:05", "2022-04-12T18:05"),
        ("2022-04-12 18:05:09", "2022-04-12T18:05:09"),
        ("2022-04-12T18:05:09Z", "2022-04-12T18:05:09Z"),
        ("2022-04-12t18:05:09z", "2022-04-12T18:05:09Z"),
        ("2022-04-12T18:05:09+01:00", "2022-04-12T18:05:09+01:00"),
        ("2022-04-12T18:05:09-0400", "2022-04-12T18:05:09-04:00"),
        ("2022-04-12T18:05:09+01", "2022-04-12T18:05:09+01:00"),
        ("2022-04-12T18:05:09+05:45", "2022-04-12T18:05:09+05:45"),
        ("2022-04-12T00:00:00", "2022-04-12T00:00:00"),
        ("2022-04-12T18:05:09.000Z", "2022-04-12T18:05:09Z"),
        ("2022-04-12T18:05:09.389000+00:00", "2022-04-12T18:05:09.389+00:00"),
        ("2022-04-12T18:05:09.1234567Z", "2022-04-12T18:05:09.123456Z"),
        ("2022-04-12T18:05:09.5Z", "2022-04-12T18:05:09.5Z"),
        ("2022-04-12T18:05:09.000000Z", "2022-04-12T18:05:09Z"),
        ("2022-04-12T18:05:09+01:00[Europe/London]", "2022-04-12T18:05:09+01:00"),
        ("2022-04-12 18:05:09 UTC", "2022-04-12T18:05:09Z"),
        ("20220412", "2022-04-12"),
        ("20220412T180509Z", "2022-04-12T18:05:09Z"),
        ("20220412T1805+0200", "2022-04-12T18:05+02:00"),
        ("1649772309", "2022-04-12T14:05:09Z"),
        ("1649772309123", "2022-04-12T14:05:09.123Z"),
        ("Tue, 12 Apr 2022 18:05:09 -0400", "2022-04-12T18:05:09-04:00"),
        ("Tue, 12 Apr 2022 18:05:09 GMT", "2022-04-12T18:05:09Z"),
        ("12 Apr 2022 18:05 EDT", "2022-04-12T18:05-04:00"),
        ("Tue Apr 12 2022 18:05:09 GMT-0400 (EDT)", "2022-04-12T18:05:09-04:00"),
        ("Tue Apr 12 18:05:09 CEST 2022", "2022-04-12T18:05:09+02:00"),
    ],
)
def test_formats_of_machines(raw: str, expected: str) -> None:
    assert normalise_date(raw) == expected


@pytest.mark.parametrize(
    ("language", "raw", "expected"),
    [
        ("en", "Published 12 April 2022", "2022-04-12"),
        ("en", "Published 12 April 2022 (2 hours 35 minutes ago)", "2022-04-12"),
        ("en", "Tuesday, April 12th, 2022 at 6:05 p.m. EDT", "2022-04-12T18:05-04:00"),
        ("en", "6:05 PM ET on April 12, 2022", "2022-04-12T18:05-04:00"),
        ("en", "6:05 PM ET on January 12, 2022", "2022-01-12T18:05-05:00"),
        ("en", "Apr 12, 2022, 12:05 am", "2022-04-12T00:05"),
        ("en", "Apr 12, 2022 18:05 GMT+2", "2022-04-12T18:05+02:00"),
        ("en", "18:05 BST, 12 April 2022", "2022-04-12T18:05+01:00"),
        ("en", "12 April 2022 Updated 18:05", "2022-04-12"),
        ("en-US", "4/3/2022", "2022-04-03"),
        ("en-GB", "4/3/2022", "2022-03-04"),
        ("en", "25/12/2021", "2021-12-25"),
        ("es", "Publicado 12 abril 2022", "2022-04-12"),
        ("es", "Martes, 12 de abril del 2022 a las 18:05 h", "2022-04-12T18:05"),
        ("es", "4/3/2022", "2022-03-04"),
        ("fr", "Publié le mardi 12 avril 2022 à 18h05", "2022-04-12T18:05"),
        ("fr", "1er août 2021", "2021-08-01"),
        ("fr", "4/3/2022 18:05", "2022-03-04T18:05"),
        ("de", "Stand: 12.04.2022, 18.05 Uhr", "2022-04-12T18:05"),
        ("de", "12. März 2022", "2022-03-12"),
        ("de", "12.04.22, 18:05", "2022-04-12T18:05"),
        ("pt-BR", "12/04/2022 às 18h05", "2022-04-12T18:05"),
        ("pt", "12 de abr. de 2022", "2022-04-12"),
        ("it", "12 aprile 2022 alle 18:05", "2022-04-12T18:05"),
        ("nl", "12 mrt 2022 om 18:05 uur", "2022-03-12T18:05"),
        ("sv", "12 april 2022 kl. 18.05", "2022-04-12T18:05"),
        ("no", "Tirsdag 12. april 2022 kl. 18:05", "2022-04-12T18:05"),
        ("fi", "12. huhtikuuta 2022 klo 18.05", "2022-04-12T18:05"),
        ("pl", "12 kwietnia 2022, 18:05", "2022-04-12T18:05"),
        ("hu", "2022. április 12. 18:05", "2022-04-12T18:05"),
        ("tr", "12 Nisan 2022 18:05", "2022-04-12T18:05"),
        ("ru", "12 апреля 2022, 18:05", "2022-04-12T18:05"),
        ("uk", "12 квітня 2022", "2022-04-12"),
        ("el", "12 Απριλίου 2022", "2022-04-12"),
        ("he", "12 באפריל 2022", "2022-04-12"),
        ("ar", "١٢ أبريل ٢٠٢٢", "2022-04-12"),
        ("ar", "12 نيسان/أبريل 2022", "2022-04-12"),
        ("hi", "12 अप्रैल 2022", "2022-04-12"),
        ("ar", "12 أبريل 2022 - 6:05 م", "2022-04-12T18:05"),
        ("ar", "12 أبريل 2022، 12:05 ص", "2022-04-12T00:05"),
        ("ar", "12 أبريل 2022 06:05 مساءً", "2022-04-12T18:05"),
        ("ar", "12 أبريل 2022 06:05 صباحًا", "2022-04-12T06:05"),
        ("el", "12 Απριλίου 2022 - 6:05 μ.μ.", "2022-04-12T18:05"),
        ("el", "12 Απριλίου 2022, 12:05 π.μ.", "2022-04-12T00:05"),
        ("ms", "12 Mei 2021, 6:05 PTG", "2021-05-12T18:05"),
        ("ko", "2022.04.12 PM 6:05", "2022-04-12T18:05"),
        ("zh", "2022年4月12日晚上6:05", "2022-04-12T18:05"),
        ("de", "12.04.2022 am 18.05 Uhr", "2022-04-12T18:05"),
        ("th", "12 เม.ย. 2565", "2022-04-12"),
        ("zh", "2022年4月12日 18:05", "2022-04-12T18:05"),
        ("zh", "2022年4月12日下午6:05", "2022-04-12T18:05"),
        ("zh", "二〇二二年四月十二日", "2022-04-12"),
        ("ja", "2022年4月12日 18時05分", "2022-04-12T18:05"),
        ("ja", "2022/04/12 18:05 (JST)", "2022-04-12T18:05+09:00"),
        ("ko", "2022년 4월 12일 오후 6:05", "2022-04-12T18:05"),
        ("vi", "12 tháng 4, 2022", "2022-04-12"),
        ("en", "April 12,2022", "2022-04-12"),
        ("en", "Apr. 12. 2022", "2022-04-12"),
        ("en", "Apr/12/2022", "2022-04-12"),
        ("en", "12-Apr-22", "2022-04-12"),
        ("en", "Apr 12, '22", "2022-04-12"),
        ("es", "12–04–2022", "2022-04-12"),
        ("ca", "12 d’abril del 2022", "2022-04-12"),
        ("sr", "12. avgust 2021.", "2021-08-12"),
        ("ru", "12 апреля 2022 г. в 18:05", "2022-04-12T18:05"),
        ("lv", "2022. gada 12. aprīlis", "2022-04-12"),
        ("lt", "2022 m. balandžio 12 d.", "2022-04-12"),
        ("kk", "2021 ж. 12 тамыз", "2021-08-12"),
        ("hy", "2021 թ. մայիսի 12", "2021-05-12"),
        ("hi", "12 मई 2021", "2021-05-12"),
        ("ar", "12\u200f/4\u200f/2022", "2022-04-12"),
        ("ar", "12 أغسطس/آب 2021", "2021-08-12"),
        ("th", "12 เมษายน พ.ศ. 2565", "2022-04-12"),
        ("vi", "Ngày 12 tháng 4 năm 2022", "2022-04-12"),
        ("ko", "22. 4. 12.", "2022-04-12"),
        ("de", "12.04.22", "2022-04-12"),
        (None, "12 de abril de 2022", "2022-04-12"),
        ("en", "12 de abril de 2022", "2022-04-12"),
        ("xx-unknown", "12 April 2022", "2022-04-12"),
        # Other calendars
        ("th", "12/04/2565", "2022-04-12"),
        ("ja", "令和4年4月12日 15:05", "2022-04-12T15:05"),
        ("ja", "平成31年4月30日", "2019-04-30"),
        ("ja", "令和元年5月1日", "2019-05-01"),
        ("ja", "2022年（令和4年）4月12日", "2022-04-12"),
        ("zh-TW", "民國111年4月12日", "2022-04-12"),
        ("fa", "۱۴۰۱/۰۱/۲۳ ۱۴:۳۰", "2022-04-12T14:30"),
        ("fa", "سه‌شنبه ۲۳ فروردین ۱۴۰۱ ساعت ۱۸:۲۰", "2022-04-12T18:20"),
        ("fa", "12 آوریل 2022", "2022-04-12"),
        (None, "۳۰ اسفند ۱۳۹۹", "2021-03-20"),
        ("fa-AF", "۲۳ حمل ۱۴۰۱", "2022-04-12"),
        # Other names of months
        ("ar", "الثلاثاء ١٢ نيسان ٢٠٢٢", "2022-04-12"),
        ("ar", "3 تشرين الثاني/نوفمبر 2021", "2021-11-03"),
        ("ar-DZ", "12 أفريل 2022", "2022-04-12"),
        ("ar-MA", "12 غشت 2021", "2021-08-12"),
        # Halves of the day, zones by the page's country
        ("vi", "12/4/2022 06:20 CH", "2022-04-12T18:20"),
        ("vi", "12/4/2022 06:20 SA", "2022-04-12T06:20"),
        ("bn", "১২ এপ্রিল ২০২২, রাত ৯:১০", "2022-04-12T21:10"),
        ("bn", "১২ এপ্রিল ২০২২, রাত ১:১০", "2022-04-12T01:10"),
        ("hi", "12 अप्रैल 2022 09:45 PM (IST)", "2022-04-12T21:45+05:30"),
        ("zh", "2022年4月12日 18:05 CST", "2022-04-12T18:05+08:00"),
    ],
)
def test_dates_as_people_write_them(language: str | None, raw: str, expected: str) -> None:
    assert normalise_date(raw, language=language, now=NOW) == expected


@pytest.mark.parametrize(
    ("language", "raw", "expected"),
    [
        ("en", "2 hours ago", "2022-04-12T20:40Z"),
        ("en", "35 minutes ago", "2022-04-12T22:05Z"),
        ("en", "Updated: 2 hours ago", "2022-04-12T20:40Z"),
        ("en", "2 days ago", "2022-04-10"),
        ("en", "yesterday", "2022-04-11"),
        ("de", "gestern, 18:05 Uhr", "2022-04-11T18:05"),
        ("de", "vor 3 Stunden", "2022-04-12T19:40Z"),
        ("es", "hace 2 horas", "2022-04-12T20:40Z"),
        ("fr", "il y a 2 heures", "2022-04-12T20:40Z"),
        ("pt", "há 2 horas", "2022-04-12T20:40Z"),
        ("ru", "2 часа назад", "2022-04-12T20:40Z"),
        ("zh", "2小时前", "2022-04-12T20:40Z"),
        ("en", "2 weeks ago", None),
        ("en", "3 months ago", None),
        ("en", "in 2 hours", None),
    ],
)
def test_relative_dates(language: str, raw: str, expected: str | None) -> None:
    assert normalise_date(raw, language=language, now=NOW) == expected


def test_day_and_month_change_places_where_the_usual_order_is_yet_to_come() -> None:
    assert normalise_date("6/1/2022", language="en") == "2022-06-01"
    assert normalise_date("6/1/2022", language="en", now=NOW) == "2022-01-06"
    assert normalise_date("6.1.2022 18:05", language="de", now=NOW) == "2022-01-06T18:05"
    assert normalise_date("1.6.2022", language="de", now=NOW) is None
    assert normalise_date("31/12/2022", language="en", now=NOW) is None


def test_relative_dates_need_a_now_and_keep_its_offset() -> None:
    assert normalise_date("2 hours ago", language="en") is None
    now = NOW.astimezone(timezone(timedelta(hours=-4)))
    assert normalise_date("2 hours ago", language="en", now=now) == "2022-04-12T16:40-04:00"
    naive = datetime(2022, 4, 12, 22, 40)
    assert normalise_date("2 hours ago", language="en", now=naive) == "2022-04-12T20:40Z"


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("4/5/2022, 14:30", "en", "2022-05-04T14:30"),
        ("4/5/2022, 14:30", "en-US", "2022-04-05T14:30"),
        ("4/5/2022, 2:30 pm", "en", "2022-04-05T14:30"),
        ("4/5/2022 14:30:00", "en", "2022-04-05T14:30:00"),
        ("4/13/2022, 14:30", "en", "2022-04-13T14:30"),
        ("2022/04/05, 14:30", "en", "2022-04-05T14:30"),
    ],
)
def test_a_clock_of_24_hours_goes_with_the_day_first(
    raw: str, language: str, expected: str
) -> None:
    assert normalise_date(raw, language=language) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "soon", "April 2022", "12 April", "30 February 2022", "31/04/2022", "0000-00-00",
        "2022-13-01", "2022-04-12T25:61:00", "2022-04-12T10:00:00+99:00", "12 April 1889",
        "9999-12-31T23:59:59+00:00", "12 people in 2022", "7 of 2022 seats", "0", "12:30",
        "12 Apr 22", "COVID-19", "3 May-21:30",
        "?" * 100_000, "1" * 100_000, "1/" * 50_000, "12 April " * 10_000,
        "0000000000", "9999999999", "$1,234.56", "v10.12.2", "192.168.10.22",
    ],
)  # fmt: skip
@pytest.mark.parametrize("now", [None, NOW])
def test_no_credible_date(raw: str, now: datetime | None) -> None:
    assert normalise_date(raw, language="en", now=now) is None


def test_the_future_is_credible_for_two_days_only_where_now_is_known() -> None:
    assert normalise_date("2022-04-14T22:00:00Z", now=NOW) == "2022-04-14T22:00:00Z"
    assert normalise_date("2022-04-15T22:00:00Z", now=NOW) is None
    assert normalise_date("2022-04-15T22:00:00Z") == "2022-04-15T22:00:00Z"
    assert normalise_date("2101-01-01") is None


@example("0D0Z")
@given(st.text(max_size=300) | st.text(alphabet="0123456789-/.: TZ+aprilde,月日年", max_size=60))
def test_any_string_gives_a_date_of_the_records_form_or_none(raw: str) -> None:
    date = normalise_date(raw, language="en", now=NOW)
    assert date is None or RECORD_PATTERN.fullmatch(date)


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 12, 30)))
def test_what_python_writes_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for written in (moment.isoformat(), moment.strftime("%a, %d %b %Y %H:%M:%S")):
        assert normalise_date(written) == moment.isoformat()


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "By Ana Lima | April 12,2022 | Town", "2022-04-12"),
        ("en", "By Ana Lima, Apr. 12. 2022, Town", "2022-04-12"),
        ("en", "Ana Lima 12-Apr-22 in Town", "2022-04-12"),
        ("es", "Ana Lima — 12–04–2022 — Ciudad", "2022-04-12"),
        ("ca", "Ana Lima, 12 d’abril del 2022, Girona", "2022-04-12"),
        ("kk", "Алматы, 2021 ж. 12 тамыз, қала", "2021-08-12"),
        ("hi", "अना लीमा, 12 मई 2021, दिल्ली", "2021-05-12"),
        ("ar", "آنا ليما 12\u200f/4\u200f/2022 المدينة", "2022-04-12"),
        ("vi", "Ana Lima, ngày 12 tháng 4 năm 2022, Huế", "2022-04-12"),
    ],
)
def test_find_dates_among_other_words(language: str, line: str, expected: str) -> None:
    assert [found.value for found in find_dates(line, language=language)] == [expected]


def test_find_dates_tells_publication_from_update() -> None:
    line = "Veröffentlicht am 12.04.2022, 08:00 Uhr | Aktualisiert: 13.04.2022, 18:05 Uhr"
    first, second = find_dates(line, language="de")
    assert (first.label, first.value, first.raw) == (
        "published", "2022-04-12T08:00", "12.04.2022, 08:00 Uhr",
    )  # fmt: skip
    assert (second.label, second.value) == ("updated", "2022-04-13T18:05")
    assert line[second.start : second.end] == "Aktualisiert: 13.04.2022, 18:05 Uhr"


def test_find_date_in_a_line_with_a_byline() -> None:
    found = find_date("Published 12 April 2022 (2 hours 35 minutes ago) | By Ana", language="en")
    assert found is not None
    assert (found.value, found.raw, found.label) == ("2022-04-12", "12 April 2022", "published")


def test_an_update_alone_is_no_date_of_publication() -> None:
    assert find_date("Stand: 13.04.2022, 18:05 Uhr", language="de") is None


def test_no_date_is_looked_for_in_a_paragraph() -> None:
    assert find_dates("On 12 April 2022 the hall was opened. " * 10, language="en") == []


@pytest.mark.parametrize(
    ("lines", "stated", "month_first"),
    [
        (["4/5/2022", "13/4/2022"], [], False),
        (["4.5.2022", "4.13.2022"], [], True),
        (["4/5/2022"], [], None),
        (["13/4/2022", "4/13/2022"], [], None),
        (["02-12-2021"], ["2021-12-02"], False),
        (["02-12-2021"], ["2021-02-12"], True),
        (["02-12-2021"], ["2021-12-02", "2021-02-12"], None),
        (["5/5/2021"], ["2021-05-05"], None),
        (["Version 4.13.22"], [], None),
    ],
)
def test_the_order_of_day_and_month_is_told_by_other_dates(
    lines: list[str], stated: list[str], month_first: bool | None
) -> None:
    assert has_month_first(lines, stated) is month_first


@pytest.mark.parametrize(
    ("month_first", "raw", "expected"),
    [
        (True, "4/3/2022", "2022-04-03"),
        (False, "4/3/2022", "2022-03-04"),
        (True, "4.3.2022", "2022-04-03"),
        (None, "4.3.2022", "2022-03-04"),
        (True, "4/3/2022 18:05", "2022-04-03T18:05"),
    ],
)
def test_the_known_order_is_stronger_than_the_language_s(
    month_first: bool | None, raw: str, expected: str
) -> None:
    (found,) = find_dates(raw, language="en", month_first=month_first)
    assert found.value == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2022/04/12/new-hall", "2022-04-12"),
        ("https://example.org/2022/apr/12/new-hall", "2022-04-12"),
        ("https://example.org/2022/april/12/new-hall", "2022-04-12"),
        ("https://example.org/2022/annual/12/new-hall", None),
        ("https://example.org/world/2022-04-12-new-hall.html", "2022-04-12"),
        ("https://example.org/new-hall-2022-04-12", "2022-04-12"),
        ("https://example.org/20220412/new-hall", "2022-04-12"),
        ("https://example.org/new-hall_20220412.html", "2022-04-12"),
        ("https://example.org/2022/4/2/new-hall", "2022-04-02"),
        ("https://example.org/2022/13/45/new-hall", None),
        ("https://example.org/2022/02/30/new-hall", None),
        ("https://example.org/new-hall-120220412", None),
        ("https://example.org/2022/new-hall", None),
        ("https://example.org/new-hall?on=2022-04-12", None),
        ("https://[example.org/2022/04/12", None),
        ("", None),
    ],
)
def test_date_in_url(url: str, expected: str | None) -> None:
    assert date_in_url(url) == expected


def test_a_day_to_come_in_an_address_is_none() -> None:
    assert date_in_url("https://example.org/2022/04/14/new-hall", now=NOW) == "2022-04-14"
    assert date_in_url("https://example.org/2022/05/14/new-hall", now=NOW) is None
    assert date_in_url("https://example.org/14-05-2022/new-hall", now=NOW) is None


def test_same_day_compares_days_as_written() -> None:
    assert same_day("2022-04-12", "2022-04-12T23:30:00-04:00")
    assert not same_day("2022-04-13T03:30:00Z", "2022-04-12T23:30:00-04:00")
    assert not same_day(None, "2022-04-12")
