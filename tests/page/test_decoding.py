"""Which encoding a page is read in: marks, bytes, declarations, detection, in this order.

Pages in a dozen legacy encodings, declared wrongly or not at all: tests/hostile/test_bad_input.py.
"""

from __future__ import annotations

import codecs
import time

import pytest

from newscrawl.page.decoding import decode


def page(text: str, charset: str = "") -> str:
    return f"<meta charset={charset}><p>{text}</p>" if charset else f"<p>{text}</p>"


def test_utf_8_is_believed_whatever_is_declared():
    body = page("Brücke", "iso-8859-1").encode()
    assert decode(body, "text/html; charset=shift_jis") == ("utf-8", page("Brücke", "iso-8859-1"))


def test_a_mark_goes_before_all_else_and_is_no_text():
    body = codecs.BOM_UTF16_BE + page("Brücke").encode("utf-16-be")
    assert decode(body, "text/html; charset=utf-8") == ("utf-16-be", page("Brücke"))
    assert decode(codecs.BOM_UTF8 + b"<p>x") == ("utf-8", "<p>x")


def test_utf_16_without_a_mark_is_known_by_its_first_tag():
    assert decode("<p>été".encode("utf-16-le")) == ("utf-16-le", "<p>été")
    assert decode("<p>été".encode("utf-16-be")) == ("utf-16-be", "<p>été")


@pytest.mark.parametrize(
    ("label", "codec"),
    [("latin1", "cp1252"), ("gb2312", "gb18030"), ("ks_c_5601-1987", "cp949"), ("x-sjis", "cp932")],
)
def test_labels_mean_what_browsers_take_them_for(label, codec):
    text = page("“漢字”" if codec not in ("cp1252",) else "“quoted”", label)
    assert decode(text.encode(codec)) == (codec, text)


def test_the_header_goes_before_the_page_where_both_fit():
    body = page("café", "windows-1250").encode("cp1254")
    assert decode(body, "text/html; charset=windows-1254")[0] == "cp1254"


def test_the_declaration_that_the_bytes_contradict_least_wins():
    text = page("市長は橋を開放すると発表した。", "euc-jp")
    assert decode(text.encode("euc_jp"), "text/html; charset=shift_jis") == ("euc_jp", text)


def test_iso_8859_1_in_the_header_is_the_servers_default_not_a_statement():
    text = page("Мост открыт", "windows-1251")
    assert decode(text.encode("cp1251"), "text/html; charset=iso-8859-1") == ("cp1251", text)


def test_stray_windows_bytes_in_utf_8_are_what_their_author_saw():
    body = page("Brücke über Fluß – „ja“").encode().replace("–".encode(), b"\x96")
    assert decode(body) == ("utf-8", page("Brücke über Fluß – „ja“"))


@pytest.mark.parametrize(
    "label", ["rot13", "hex", "punycode", "idna", "unicode_escape", "utf-7", "x"]
)
def test_codecs_that_no_browser_has_are_not_used(label):
    body = page("café", label).encode("cp1252")
    assert decode(body, f"text/html; charset={label}") == ("cp1252", page("café", label))


def test_a_page_of_one_odd_byte_is_windows_1252():
    assert decode(b"<p>It\x92s here") == ("cp1252", "<p>It’s here")


def test_markup_does_not_count_in_detection():
    script = "<script>" + "var x = 'a';" * 500 + "</script>"
    text = script + page("Мэр города сказал, что мост откроют для пешеходов уже весной. " * 3)
    assert decode(text.encode("koi8-r")) == ("koi8_r", text)


def test_a_declaration_that_leaves_most_bytes_unread_is_not_believed():
    text = page("Der Bürgermeister will die Brücke für Fußgänger öffnen. " * 5, "euc-kr")
    assert decode(text.encode("cp1252")) == ("cp1252", text)


@pytest.mark.parametrize("opened", [b"<script>", b"<style ", b"<SCRIPT x='"])
def test_scripts_that_never_end_take_no_longer_than_their_page(opened: bytes) -> None:
    page = b"<p>Ein Text f\xfcr die Stra\xdfe</p>" + opened * (400_000 // len(opened))
    begun = time.process_time()
    assert "für die Straße" in decode(page)[1]
    assert time.process_time() - begun < 2


def test_what_stands_in_scripts_and_tags_tells_no_encoding() -> None:
    cyrillic = "Совет города открыл новый зал".encode("cp1251")
    western = "<script>" + "é" * 500 + "</script><p title='" + "é" * 500 + "'>"
    assert decode(western.encode("cp1252") + cyrillic)[0] == "cp1251"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Starosta řekl, že most bude otevřen také pro pěší", "cp1250"),
        ("A polgármester szerint a hidat a gyalogosok előtt is megnyitják", "cp1250"),
        ("Gradonačelnik je rekao da će most biti otvoren i za pješake čim završi obnova", "cp1250"),
        ("Burmistrz powiedział, że most zostanie otwarty dla pieszych", "iso8859_2"),
        ("Belediye başkanı, onarım biter bitmez köprünün açılacağını söyledi", "cp1254"),
        ("Meras sakė, kad tiltas bus atidarytas ir pėstiesiems", "cp1257"),
        ("Mērs teica, ka tilts tiks atvērts arī gājējiem", "cp1257"),
        ("»Haltet unsere Gewässer sauber!«", "cp1252"),
        ("La mairie rouvre le pont après les travaux d'été", "cp1252"),
        ("Кметът каза, че мостът ще бъде отворен и за пешеходци", "iso8859_5"),
        ("Мер міста сказав, що міст відкриють для пішоходів", "cp1251"),
    ],
)
def test_a_sentence_without_a_declaration_is_told_by_its_language(text, encoding):
    assert decode(text.encode(encoding))[1] == text
