"""The language of the text: as declared, or as its words tell."""

from __future__ import annotations

import pytest

from newscrawl import Article, extract
from newscrawl.extraction.language import normalise_tag

ENGLISH = (
    "The council said on Monday that it would not be able to pay for the new hall of the town. "
)
GERMAN = (
    "Der Rat der Stadt hat am Montag gesagt, dass er die neue Halle nicht bezahlen kann und will. "
)
RUSSIAN = (
    "Совет города сообщил, что не может оплатить новый рынок, но работы всё же начнутся весной. "
)


def page(text: str, *, root: str = "", head: str = "") -> Article:
    return extract(
        f"<html {root}><head>{head}</head><body><h1>1</h1><p>{text * 5}</p></body></html>"
    )


@pytest.mark.parametrize(
    ("root", "head", "tag", "source"),
    [
        ("lang='en-gb'", "", "en-GB", "html"),
        ("xml:lang='en'", "", "en", "html"),
        ("", "<meta property='og:locale' content='en_US'>", "en-US", "opengraph"),
        ("", "<meta http-equiv='Content-Language' content='en, fr'>", "en", "meta"),
    ],
)
def test_what_is_declared(root: str, head: str, tag: str, source: str) -> None:
    article = page(ENGLISH, root=root, head=head)
    assert (article.language, article.sources["language"]) == (tag, source)


@pytest.mark.parametrize(("text", "tag"), [(ENGLISH, "en"), (GERMAN, "de"), (RUSSIAN, "ru")])
def test_nothing_declared(text: str, tag: str) -> None:
    article = page(text)
    assert (article.language, article.sources["language"]) == (tag, "html")


def test_a_text_that_is_clearly_of_another_language() -> None:
    assert page(GERMAN, root="lang='en-US'").language == "de"


def test_of_two_statements_the_one_that_fits_the_text() -> None:
    article = page(GERMAN, root="lang='en'", head="<meta property='og:locale' content='de_AT'>")
    assert article.language == "de-AT"


def test_a_text_too_short_to_tell_leaves_the_declared_one() -> None:
    assert extract("<html lang='pt-BR'><h1>Der Markt</h1><p>Und die Halle.</p>").language == "pt-BR"


@pytest.mark.parametrize("tag", ["no", "nb-NO", "nn"])
def test_norwegian_by_any_name(tag: str) -> None:
    text = (
        "Det er ikke første gang kommunen sier nei til et nytt torg, og det blir neppe den siste. "
    )
    assert page(text, root=f"lang='{tag}'").language == normalise_tag(tag)


@pytest.mark.parametrize(
    ("tag", "normal"),
    [
        ("EN_us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("english", None),
        ("", None),
        ("{lang}", None),
    ],
)
def test_normal_tags(tag: str, normal: str | None) -> None:
    assert normalise_tag(tag) == normal
