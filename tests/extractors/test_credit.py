"""A caption parted from its credit, in the ways that papers write it."""

from __future__ import annotations

import pytest

from newscrawl.extractors.credit import clean_credit, is_agency, split_credit, split_legend


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
