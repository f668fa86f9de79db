"""What the world does to a page, by the numbers of the hostile cases: 12, 13, 15, 16, 33."""

from __future__ import annotations

import codecs
import json
from datetime import UTC, datetime

import pytest

from newscrawl import NotAPageError, extract
from tests.hostile.large_pages import BODY, HEADLINE, article, json_ld
from tests.record_checks import assert_valid

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
URL = "https://example.org/hall"


def valid(html, **arguments):
    found = extract(html, **({"url": URL, "fetched_at": NOW} | arguments))
    assert_valid(found)
    return found


def untitled(page):
    """Return a page that shows no headline: what its JSON-LD says is all that there is."""
    return page.replace(f"<title>{HEADLINE}</title>", "").replace(f"<h1>{HEADLINE}</h1>", "")


# --- 12: bytes that are no text ---


def test_12_nul_and_control_bytes_are_gone_from_every_field():
    page = article(
        head='<meta name="author" content="Ana\x00 Li\x07ma">'
        '<meta name="keywords" content="ro\x0bof">',
        inside='<figure><img src="/a\x01.jpg" alt="The\x02 hall"><figcaption>The\x03 hall by day.'
        "</figure>",
    ).replace("council", "coun\x00ci\x08l")
    found = valid(page.encode())
    assert found.headline == HEADLINE
    assert found.body == BODY
    assert found.authors == ["Ana Lima"]


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff", "\n\ufeff "])
def test_12_a_byte_order_mark_is_no_text(mark):
    found = valid((mark + article()).encode())
    assert (found.headline, found.body) == (HEADLINE, BODY)


def test_12_lone_surrogates_of_json_ld_are_gone():
    script = (
        r'{"@type":"NewsArticle","headline":"A \ud800hall\u0000 \udfff\ufeffopens in town",'
        r'"author":{"name":"Ana\udc00 Lima"},"keywords":["\ud83c"],"articleSection":"\ud83d\ude00"}'
    )
    page = f'<script type="application/ld+json">{script}</script>{article()}'
    found = valid(untitled(page))
    assert found.headline == "A hall opens in town"
    assert found.authors == ["Ana Lima"]
    assert found.tags == []


def test_12_lone_surrogates_in_text_that_was_decoded_elsewhere():
    found = valid(article(before="<p>\ud800</p>").replace("covered", "cov\udcffered"))
    assert HEADLINE.startswith(found.headline[:20])


def test_12_character_references_of_what_is_no_character():
    page = article(
        inside="<p>The hall&#0; is&#xD800; open&#x1F;&#x9F; and&#xFFFF; free to all of us."
    )
    found = valid(page)
    assert "The hall" in found.body


# --- 13: encodings ---

GERMAN = "Der Bürgermeister will die Brücke über den Fluß für Fußgänger öffnen. "
FRENCH = "Le maire a décidé, dès hier soir, de rénover la grande salle près du marché. "
POLISH = (
    "Burmistrz ogłosił, że most zostanie otwarty także dla pieszych, gdyż już się nie chwieje. "
)
CZECH = "Starosta města řekl, že se most otevře také pro pěší, protože už je po opravě hotový. "
TURKISH = (
    "Başkan, yeni bir köprü için çok daha iyi bir proje olduğunu ve bu yıl bittiğini söyledi. "
)
RUSSIAN = "Мэр города сказал, что мост откроют для пешеходов, как только закончится ремонт. "
GREEK = "Ο δήμαρχος είπε ότι η γέφυρα θα ανοίξει και για τους πεζούς μετά την επισκευή. "
ARABIC = "قال رئيس البلدية إن الجسر سيفتح أمام المشاة بعد انتهاء أعمال الترميم في المدينة. "
JAPANESE = "市長は、橋の修理が終わり次第、歩行者にも開放すると発表した。工事は来月までかかる。"
KOREAN = (
    "시장은 다리 수리가 끝나는 대로 보행자에게도 개방하겠다고 밝혔다. 공사는 다음 달까지 이어진다. "
)
SIMPLIFIED = "市长表示，桥梁修好之后将向行人开放。工程预计还要进行一个月，费用由市政府承担。"
TRADITIONAL = "市長表示，橋樑修好之後將向行人開放。工程預計還要進行一個月，費用由市政府承擔。"


def page_in(text, charset="", lines=5):
    paragraphs = "".join(f"<p>{number}. {text * 3}</p>" for number in range(lines))
    meta = f"<meta charset={charset}>" if charset else ""
    return (
        f"<html><head>{meta}<title>{text}</title></head><body><article><h1>{text}</h1>{paragraphs}"
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"), (FRENCH, "cp1252"), (POLISH, "cp1250"), (POLISH, "iso8859-2"),
        (CZECH, "cp1250"), (TURKISH, "cp1254"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"),
        (GREEK, "cp1253"), (ARABIC, "cp1256"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"), (SIMPLIFIED, "gbk"), (TRADITIONAL, "big5"), (RUSSIAN, "utf-8"),
        (JAPANESE, "utf-16-le"), (FRENCH, "utf-16-be"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("declared", ["", "utf-8"])
def test_13_a_charset_that_is_missing_or_wrongly_called_utf_8(text, encoding, declared):
    found = valid(page_in(text, declared).encode(encoding))
    assert found.headline == text.strip()
    assert text.strip() in found.body


@pytest.mark.parametrize(
    ("text", "encoding", "header", "meta"),
    [
        (SIMPLIFIED, "gbk", "", "gb2312"),
        (SIMPLIFIED, "gb18030", "gb2312", "utf-8"),
        (RUSSIAN, "cp1251", "iso-8859-1", "windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251", "iso-8859-1"),
        (JAPANESE, "euc_jp", "shift_jis", "euc-jp"),
        (JAPANESE, "shift_jis", "iso-8859-1", "shift_jis"),
        (JAPANESE, "iso2022_jp", "", "iso-2022-jp"),
        (JAPANESE, "utf-8", "shift_jis", "euc-jp"),
        (GERMAN, "cp1252", "utf-8", "utf-8"),
        (GERMAN, "cp1252", "us-ascii", ""),
        (GERMAN, "utf-8", "iso-8859-1", "iso-8859-1"),
        (FRENCH, "cp1252", "no-such-charset", "nor-this"),
        (FRENCH, "cp1252", "rot13", "punycode"),
        (FRENCH, "cp1252", "hex", "unicode_escape"),
    ],
)
def test_13_charsets_that_contradict_each_other_or_the_bytes(text, encoding, header, meta):
    content_type = f"text/html; charset={header}" if header else None
    found = valid(page_in(text, meta).encode(encoding), content_type=content_type)
    assert found.headline == text.strip()
    assert text.strip() in found.body


def test_13_curly_quotes_of_windows_1252_in_utf_8():
    page = page_in(GERMAN, "utf-8").encode().replace(b"Der B", b"\x84Der\x93 B")
    assert "„Der“ Bürgermeister" in valid(page).body


def test_13_text_cut_in_the_middle_of_a_character():
    page = page_in(RUSSIAN, "utf-8").encode()
    found = valid(page[: page.rindex("м".encode()) + 1])
    assert found.headline == RUSSIAN.strip()


def test_13_every_mark_of_a_byte_order_is_believed():
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le"),
    ):  # fmt: skip
        assert valid(mark + page_in(RUSSIAN).encode(encoding)).headline == RUSSIAN.strip()


# --- 15: JSON-LD ---


def with_script(script, **more):
    return article(head=f'<script type="application/ld+json">{script}</script>', **more)


_FIELDS = '"@type":"NewsArticle","headline":"The hall by its JSON-LD","datePublished":"2024-05-06"'


@pytest.mark.parametrize(
    "script",
    [
        f"{{{_FIELDS}}}",
        f"{{{_FIELDS},}}",
        f'[{{{_FIELDS},"keywords":["a",],}},]',
        f"<!-- {{{_FIELDS}}} -->",
        f"<!--\n//--><![CDATA[//><!--\n{{{_FIELDS}}}\n//--><!]]>",
        f"//<![CDATA[\n{{{_FIELDS}}}\n//]]>",
        f"/*<![CDATA[*/{{{_FIELDS}}}/*]]>*/",
        f"<![CDATA[{{{_FIELDS}}}]]>",
        f"{{{_FIELDS}}};",
        f"\ufeff{{{_FIELDS}}}",
        f'{{"@context":"https://schema.org","@graph":[null,{{"@type":"WebSite"}},{{{_FIELDS}}}]}}',
        f"[null, null, {{{_FIELDS}}}]",
        f'{{{_FIELDS},"author":null,"image":null,"publisher":[null],"keywords":null}}',
        f'{{{_FIELDS},"wordCount":{"9" * 5000},"version":1{"0" * 5000}.5e999999}}',
        f'{{{_FIELDS},"articleBody":"One line\nand\tanother\r\none"}}',
        f'{{{_FIELDS},"description":"The mayor\\\'s \\hall \\x41"}}',
        f'{{{_FIELDS},"description":"He said "no" to it"}}',
        f'{{{_FIELDS}}}{{"@type":"Organization"}}',
        f'{{{_FIELDS},"about":{"[" * 900}{"]" * 900}}}',
        f"{{{_FIELDS}}}".replace('"', "&quot;"),
        f'{{"@type":["Thing","NewsArticle"],{_FIELDS.split(",", 1)[1]}}}',
        f"{{{_FIELDS.replace('NewsArticle', 'https://schema.org/NewsArticle')}}}",
        f'{{"@type":"WebPage","mainEntity":{{{_FIELDS}}}}}',
    ],
)
def test_15_the_best_is_read_of_json_ld_as_it_is_written(script):
    found = valid(untitled(with_script(script)))
    assert (found.headline, found.date) == ("The hall by its JSON-LD", "2024-05-06")
    assert found.sources["date"] == "json-ld"


@pytest.mark.parametrize(
    "script",
    [
        "", " ", "null", "[]", "{}", "0", '"text"', "true", "[[[]]]", "{", '{"@type":', "}{", "\\",
        "[" * 100_000 + "]" * 100_000,
        '{"@graph":' * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        '{"@type":{"@type":[{}]}}',
        '{"@type":"NewsArticle"}',
        '{"@type":"NewsArticle","headline":{},"datePublished":[[]],"author":[{}],"image":7}',
        '{"@type":"NewsArticle","headline":false,"author":{"name":{"name":{"name":{}}}}}',
        '{"@type":"NewsArticle","@id":{"@id":"#a"},"author":{"@id":["#b"]},"keywords":[3]}',
        '{"@type":"BreadcrumbList","itemListElement":{"item":null}}',
        "NaN", "-Infinity", "1" * 100_000, "window.data = {}",
    ],
)  # fmt: skip
def test_15_where_json_ld_says_nothing_the_page_itself_does(script):
    found = valid(with_script(script))
    assert (found.headline, found.body) == (HEADLINE, BODY)


def test_15_of_two_articles_in_one_page_it_is_the_one_that_the_address_names():
    other = {"@type": "NewsArticle", "headline": "Another story", "url": "https://example.org/x"}
    own = {"@type": "NewsArticle", "headline": HEADLINE, "url": URL, "datePublished": "2024-05-06"}
    for nodes in ([other, own], [own, other]):
        found = valid(article(head=json_ld(nodes)))
        assert (found.headline, found.date) == (HEADLINE, "2024-05-06")


def test_15_one_broken_script_does_not_spoil_the_next():
    node = json_ld({"@type": "NewsArticle", "datePublished": "2024-05-06"})
    found = valid(with_script('{"@type": "NewsArticle", "datePublished": ', before=node))
    assert found.date == "2024-05-06"


# --- 16: dates ---

_DATES = [
    "0000-01-01", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00",
    "9999-12-31T23:59:59-12:00",
    "2024-02-30", "30 February 2024", "30.02.2024", "2024-13-01",
    "1970-01-01T00:00:00Z", "1970-01-01", "0", "0000000000", "-1",
    "2024-09-01T10:00:00Z", "2099-01-01", "null", "undefined", "{{ date }}", "NaN",
    "9" * 100_000, "?" * 100_000, "1/" * 50_000, "2024-" * 20_000, "May " * 25_000, " 2" * 50_000,
    "Monday, the 45th of Smarch 2024", "99999999999", "1e400", "٣٠/٠٢/٢٠٢٤",
]  # fmt: skip


@pytest.mark.parametrize("raw", _DATES, ids=lambda raw: raw[:30])
@pytest.mark.parametrize("place", ["meta", "json-ld", "time", "microdata"])
def test_16_a_date_that_cannot_be_is_null_and_kept_as_written(raw, place):
    node = {"@type": "NewsArticle", "datePublished": raw}
    pages = {
        "meta": article(head=f'<meta property="article:published_time" content="{raw}">'),
        "json-ld": article(head=json_ld(node)),
        "time": article(inside=f'<time datetime="{raw}">{raw}</time>'),
        "microdata": article(inside=f'<span itemprop=datePublished content="{raw}"></span>'),
    }
    found = valid(pages[place])
    assert found.date is None
    assert found.date_modified is None
    assert "date" not in found.sources
    assert found.date_raw == raw[:200].strip() or place in ("time", "microdata")
    assert len(found.date_raw or "") <= 200


def test_16_a_feeds_date_that_cannot_be_is_kept_too():
    found = valid(article(), hints={"date": "2024-02-30 " * 100, "headline": "x\x00" * 9000})
    assert found.date is None
    assert found.date_raw.startswith("2024-02-30")


def test_16_a_date_that_cannot_be_gives_way_to_one_that_is_shown():
    found = valid(
        article(
            head='<meta property="article:published_time" content="0001-01-01T00:00:00Z">',
            inside="<p class=date>Published 6 May 2024</p>",
        )
    )
    assert found.date == "2024-05-06"


# --- 33: pages that are none, or of another kind ---


@pytest.mark.parametrize("html", [b"", b" ", b"\r\n\t ", codecs.BOM_UTF8, "", "\ufeff \n"])
def test_33_an_empty_page_is_refused_by_name(html):
    with pytest.raises(NotAPageError) as error:
        extract(html, url=URL)
    assert error.value.reason == "empty"


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04....", bytes(range(32)) * 100]
)
def test_33_bytes_of_another_format_are_refused_by_name(body):
    with pytest.raises(NotAPageError) as error:
        extract(body, url=URL)
    assert error.value.reason == "binary"


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>", "<body> \n </body>", "<!doctype html>", "<!-- nothing -->", "<", "<>",
        "</",
        "&", "x", "<frameset cols='20%,80%'><frame src=/menu><frame src=/text></frameset>",
        "<html><head><title>A</title></head><frameset><frame src=a></frameset></html>",
        "<?xml version='1.0'?>", "<script>document.write('<p>x')</script>",
        "<svg><title>x</title></svg>",
        '<meta http-equiv="refresh" content="0;url=/other">',
    ],
)  # fmt: skip
def test_33_a_page_without_an_article_is_no_article(html):
    found = valid(html)
    assert found.kind != "article"
    assert found.body is None or len(found.body) < 100


def test_33_xhtml_with_a_prolog_is_read_as_bytes_and_as_text():
    page = (
        '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 '
        'Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de" lang="de"><head>'
        f"<title>{GERMAN}</title></head><body><h1>{GERMAN}</h1><p>{GERMAN * 4}</p><br />"
        f"<p>{GERMAN * 3}</p></body></html>"
    )
    for html in (page.encode("latin-1"), page):
        found = valid(html)
        assert found.headline == GERMAN.strip()
        assert found.body == f"{(GERMAN * 4).strip()}\n\n{(GERMAN * 3).strip()}"
        assert found.language == "de"


def test_33_an_amp_page_is_an_article_like_any():
    node = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2024-05-06T07:08:09Z"}
    page = (
        f"<!doctype html><html ⚡ lang=en><head><link rel=canonical href={URL}>"
        f"<style amp-boilerplate>body{{visibility:hidden}}</style>{json_ld(node)}</head><body>"
        "<amp-sidebar><ul><li>Menu</ul></amp-sidebar><article><h1>"
        f"{HEADLINE}</h1><amp-img src=/hall.jpg width=800 height=600></amp-img>"
        + "".join(f"<p>{text}</p>" for text in BODY.split("\n\n"))
        + "<amp-ad></amp-ad></article></body></html>"
    )
    found = valid(page.encode(), url="https://example.org/hall/amp")
    assert (found.headline, found.body) == (HEADLINE, BODY)
    assert found.date == "2024-05-06T07:08:09Z"
    assert [image.url for image in found.images] == ["https://example.org/hall.jpg"]
    assert found.canonical_url == URL


def test_a_record_is_the_same_json_however_often_it_is_written():
    record = valid(article()).to_dict()
    assert json.loads(json.dumps(record)) == record
