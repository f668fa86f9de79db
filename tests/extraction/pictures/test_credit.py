"""A caption parted from its credit, in the ways that papers write it."""

from __future__ import annotations

import pytest

from newscrawl.extraction.pictures.credit import clean_credit, is_agency, split_credit, split_legend


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Members vote. | Photo: Twitter/@someone", "Members vote.", "Twitter/@someone"),
        ("Members vote. Credit: Ana Lima/RegionalHub", "Members vote.", "Ana Lima/RegionalHub"),
        ("The hall.Credit...Ana Lima", "The hall.", "Ana Lima"),
        (
            "A crowd (Image: LightRocket via Getty Images)",
            "A crowd",
            "LightRocket via Getty Images",
        ),
        ("It ended. (AP Photo/Ana Lima)", "It ended.", "AP Photo/Ana Lima"),
        ("Feuer am Hafen. © dpa | Rui Costa", "Feuer am Hafen.", "dpa | Rui Costa"),
        ("Der Saal (Quelle: dpa)", "Der Saal", "dpa"),
        ("Der Saal. Bildrechte: Sender/Ana Lima", "Der Saal.", "Sender/Ana Lima"),
        ("Gast im Saal. Bild: picture alliance/dpa", "Gast im Saal.", "picture alliance/dpa"),
        ("Er möchte bleiben. IMAGO/Rui Costa", "Er möchte bleiben.", "IMAGO/Rui Costa"),
        ("Es brennt. Uncredited/AP/dpa", "Es brennt.", "Uncredited/AP/dpa"),
        ("It ended. Ana Lima / AFP", "It ended.", "Ana Lima / AFP"),
        ("Il battello dopo il restauro (ansa)", "Il battello dopo il restauro", "ansa"),
        ("Buraco na avenida — Foto: Reprodução/TV", "Buraco na avenida", "Reprodução/TV"),
        ("Le refuge en mai Photo Le Journal/T. Vas", "Le refuge en mai", "Le Journal/T. Vas"),
        ("Один зал. Фото: Анна Лим", "Один зал.", "Анна Лим"),
        ("سردر آسیاب / عکس: مریم کاوه", "سردر آسیاب", "مریم کاوه"),
        ("展示された日誌＝大槻遥撮影", "展示された日誌", "大槻遥"),
        ("Foto: AFP", None, "AFP"),
        ("Photo by Ana Lima", None, "Ana Lima"),
        ("[사진=연합뉴스]", None, "연합뉴스"),
    ],
)
def test_a_credit_that_says_what_it_is(text: str, caption: str | None, credit: str) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "Workers clean a beach in Ventanilla, Peru, Jan. 21, 2022.",
        "Die Brücke vor dem Umbau (Archivbild)",
        "Vor dem Rathaus – im Bild: der Bürgermeister",
        "Prices rose by 3%: source says",
        "Reuters headquarters in London",
        "She speaks to the Associated Press",
        "The mayor visits St. Louis",
        "旗＝同国で2019年5月",
        "Photo: A man walks over a bridge on a rainy morning in the old town of Prague",
    ],
)
def test_what_is_no_credit_stays_in_the_caption(text: str) -> None:
    assert split_credit(text) == (text, None)
    assert split_legend(text) == (text, None)


def test_a_lone_name_is_a_credit_only_in_what_is_known_to_be_a_legend() -> None:
    text = "The hall was full on Tuesday. Ana Lima"
    assert split_legend(text) == ("The hall was full on Tuesday.", "Ana Lima")
    assert split_credit(text) == (text, None)
    assert split_legend("The mayor | Ana Lima") == ("The mayor", "Ana Lima")


def test_nothing_has_neither_caption_nor_credit() -> None:
    assert split_credit(" \n ") == (None, None)


@pytest.mark.parametrize(
    ("credit", "clean"),
    [
        ("(Photo: Ana Lima)", "Ana Lima"),
        ("Image courtesy of NASA", "NASA"),
        ("Photo Le Courrier/Théo Vasseur", "Le Courrier/Théo Vasseur"),
        ("Foto: Alex Winger (Avisen)", "Alex Winger (Avisen)"),
        ("© Sjoerd Bakema", "Sjoerd Bakema"),
        ("Picture Alliance", "Picture Alliance"),
        ("Reprodução/TV Serra", "Reprodução/TV Serra"),
        ("Foto:", "Foto"),
        (" | ", None),
    ],
)
def test_a_credit_loses_its_label(credit: str, clean: str | None) -> None:
    assert clean_credit(credit) == clean


def test_agencies_are_told_from_names() -> None:
    assert is_agency("Ana Lima/dpa")
    assert is_agency("Getty Images Europe")
    assert not is_agency("Ana Lima")
    assert not is_agency("Bloomberg opens an office in Ghent")


WORLD = [
    ("The hall after the fire © Ana Lima", "The hall after the fire", "Ana Lima"),
    (
        "Die Halle nach dem Brand. © Ana Lima/dpa/picture alliance",
        "Die Halle nach dem Brand.",
        "Ana Lima/dpa/picture alliance",
    ),
    ("La halle après l'incendie. © Ana Lima / AFP", "La halle après l'incendie.", "Ana Lima / AFP"),
    (
        "La halle après l'incendie. Crédit photo : Ana Lima",
        "La halle après l'incendie.",
        "Ana Lima",
    ),
    ("La halle après l'incendie. Photo Ana Lima", "La halle après l'incendie.", "Ana Lima"),
    (
        "La halle après l'incendie, mardi. ANA LIMA/AFP",
        "La halle après l'incendie, mardi.",
        "ANA LIMA/AFP",
    ),
    (
        "La halle après l'incendie, mardi. ANA LIMA / AFP",
        "La halle après l'incendie, mardi.",
        "ANA LIMA / AFP",
    ),
    (
        "O mercado depois do incêndio — Foto: Ana Lima/G1",
        "O mercado depois do incêndio",
        "Ana Lima/G1",
    ),
    (
        "O mercado depois do incêndio. Crédito: Ana Lima",
        "O mercado depois do incêndio.",
        "Ana Lima",
    ),
    (
        "O mercado depois do incêndio (Foto: Divulgação)",
        "O mercado depois do incêndio",
        "Divulgação",
    ),
    ("De hal na de brand © ANP", "De hal na de brand", "ANP"),
    ("Halli palon jälkeen. Kuva: Ana Lima", "Halli palon jälkeen.", "Ana Lima"),
    (
        "Halli palon jälkeen. KUVA: Ana Lima / Lehtikuva",
        "Halli palon jälkeen.",
        "Ana Lima / Lehtikuva",
    ),
    ("Hala po pożarze. Fot. Ana Lima", "Hala po pożarze.", "Ana Lima"),
    ("Hala po pożarze / Fot. Ana Lima / PAP", "Hala po pożarze", "Ana Lima / PAP"),
    ("Hala po pożarze. Źródło: PAP", "Hala po pożarze.", "PAP"),
    ("Tržnice po požáru. Foto: ČTK", "Tržnice po požáru.", "ČTK"),
    ("Tržnice po požáru | foto: Ana Lima", "Tržnice po požáru", "Ana Lima"),
    ("Tržnica po požiari. Zdroj: TASR/Ana Lima", "Tržnica po požiari.", "TASR/Ana Lima"),
    ("A csarnok a tűz után. Fotó: Ana Lima / MTI", "A csarnok a tűz után.", "Ana Lima / MTI"),
    ("A csarnok a tűz után. Forrás: MTI", "A csarnok a tűz után.", "MTI"),
    ("Hala după incendiu. Foto: Agerpres", "Hala după incendiu.", "Agerpres"),
    ("Hala după incendiu. Sursa foto: Ana Lima", "Hala după incendiu.", "Ana Lima"),
    (
        "Tržnica poslije požara. Foto: Ana Lima/PIXSELL",
        "Tržnica poslije požara.",
        "Ana Lima/PIXSELL",
    ),
    ("Yangından sonra hal. Fotoğraf: AA", "Yangından sonra hal.", "AA"),
    ("Yangından sonra hal. (Fotoğraf: Ana Lima)", "Yangından sonra hal.", "Ana Lima"),
    ("Рынок после пожара. Фото: РИА Новости", "Рынок после пожара.", "РИА Новости"),
    (
        "Рынок после пожара © РИА Новости / Анна Лимова",
        "Рынок после пожара",
        "РИА Новости / Анна Лимова",
    ),
    ("Ринок після пожежі. Фото: Укрінформ", "Ринок після пожежі.", "Укрінформ"),
    ("Ринок після пожежі / Фото: Анна Лимова", "Ринок після пожежі", "Анна Лимова"),
    ("Η αγορά μετά τη φωτιά. Φωτογραφία: ΑΠΕ", "Η αγορά μετά τη φωτιά.", "ΑΠΕ"),
    ("Η αγορά μετά τη φωτιά (φωτ. EUROKINISSI)", "Η αγορά μετά τη φωτιά", "EUROKINISSI"),
    ("السوق بعد الحريق (رويترز)", "السوق بعد الحريق", "رويترز"),
    ("السوق بعد الحريق. (أ ف ب)", "السوق بعد الحريق.", "أ ف ب"),
    ("السوق بعد الحريق - الصورة: رويترز", "السوق بعد الحريق", "رويترز"),
    ("השוק אחרי השרפה. צילום: אנה לימה", "השוק אחרי השרפה.", "אנה לימה"),
    ("השוק אחרי השרפה (צילום: אנה לימה)", "השוק אחרי השרפה", "אנה לימה"),
    ("بازار پس از آتش سوزی. عکس: ایسنا", "بازار پس از آتش سوزی.", "ایسنا"),
    ("火災後の市場（8日、東京都）＝共同", "火災後の市場（8日、東京都）", "共同"),
    ("火災後の市場＝大槻遥撮影", "火災後の市場", "大槻遥"),
    ("火災後の市場（市役所提供）", "火災後の市場", "市役所"),
    ("火灾后的市场。新华社记者 陈喆 摄", "火灾后的市场。", "新华社记者 陈喆"),
    ("火灾后的市场。图源:新华社", "火灾后的市场。", "新华社"),
    ("火災後的市場。（中央社）", "火災後的市場。", "中央社"),
    ("圖為火災後的市場。圖／聯合報系資料照", "圖為火災後的市場。", "聯合報系資料照"),
    ("화재 뒤의 시장. 연합뉴스", "화재 뒤의 시장.", "연합뉴스"),
    ("화재 뒤의 시장. 사진=연합뉴스", "화재 뒤의 시장.", "연합뉴스"),
    ("화재 뒤의 시장. /뉴스1", "화재 뒤의 시장.", "뉴스1"),
    ("화재 뒤의 시장. 박준석 기자", "화재 뒤의 시장.", "박준석 기자"),
    ("อาคารตลาดหลังไฟไหม้ ภาพ: รอยเตอร์", "อาคารตลาดหลังไฟไหม้", "รอยเตอร์"),
    ("Chợ sau vụ cháy. Ảnh: TTXVN", "Chợ sau vụ cháy.", "TTXVN"),
    ("आग के बाद बाज़ार। फोटो: पीटीआई", "आग के बाद बाज़ार।", "पीटीआई"),
    ("© Ana Lima", None, "Ana Lima"),
]
"""Legends of many languages: the whole, its caption, its credit."""


@pytest.mark.parametrize(("text", "caption", "credit"), WORLD)
def test_a_credit_in_many_languages(text: str, caption: str | None, credit: str) -> None:
    assert split_legend(text) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Ended. ANA LIMA (EFE)", "Ended.", "ANA LIMA (EFE)"),
        ("Mayor Ana Lima (EFE)", "Mayor Ana Lima", "EFE"),
        ("The fire ended. Ana Lima / Reuters file", "The fire ended.", "Ana Lima / Reuters file"),
        ("The fire ended. Ana Lima for The Paper", "The fire ended.", "Ana Lima for The Paper"),
        ("The fire ended [File: Ana Lima/Reuters]", "The fire ended", "Ana Lima/Reuters"),
        ("Hala / Fot. Ana Lima / PAP", "Hala", "Ana Lima / PAP"),
    ],
)
def test_a_credit_begins_with_the_name_before_its_agency(
    text: str, caption: str, credit: str
) -> None:
    assert split_legend(text) == (caption, credit)
