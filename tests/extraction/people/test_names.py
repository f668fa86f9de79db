"""Bylines taken apart into names."""

from __future__ import annotations

import pytest

from newscrawl.extraction.people.names import (
    byline_names,
    declared_names,
    is_nobody,
    is_person,
    signature,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana Lima", ["Ana Lima"]),
        ("By Ana Lima and Rui Costa", ["Ana Lima", "Rui Costa"]),
        ("Ana Lima, Rui Costa y Eva Gil", ["Ana Lima", "Rui Costa", "Eva Gil"]),
        ("Ana Lima, professor of law at the old university, Paper.example", ["Ana Lima"]),
        ("Ana Lima (Reuters)", ["Ana Lima"]),
        ("Ana Lima ana@paper.example", ["Ana Lima"]),
        ("Ana Lima, Senior Reporter", ["Ana Lima"]),
        ("박준석 기자", ["박준석"]),
        ("André Oliver KLEIN", ["André Oliver KLEIN"]),
        ("Antoni Puig i Cadafalch", ["Antoni Puig i Cadafalch"]),
        ("Jessica A Smith", ["Jessica A Smith"]),
        ("MM-Redaktion", ["MM-Redaktion"]),
        ("dpa", ["dpa"]),
        ("Ministry of Trade, Health and Culture", ["Ministry of Trade, Health and Culture"]),
        ("x" * 400, []),
        ("by Ana Lima, Chief Political Correspondent", ["Ana Lima"]),
        ("Ana Lima for The Paper", ["Ana Lima"]),
        ("Ana Lima Correspondent in Harbour", ["Ana Lima"]),
        ("Doctors for Peace", ["Doctors for Peace"]),
        ("ana.lima@paper.example (Ana Lima)", ["Ana Lima"]),
        ("Par Ana Lima avec AFP", ["Ana Lima"]),
        ("Ana Lima mit Agenturmaterial", ["Ana Lima"]),
        ("Rui Costa, Jr.", ["Rui Costa Jr."]),
        ("Ana L.", ["Ana L."]),
        ("By Ana Lima.", ["Ana Lima"]),
        ("Testo di Ana Lima", ["Ana Lima"]),
        ("Επιμέλεια: Άννα Λίμα", ["Άννα Λίμα"]),
        ("מאת: אנה לימה", ["אנה לימה"]),
        ("بقلم محمد علي", ["محمد علي"]),
        ("Szerző: Ana Lima", ["Ana Lima"]),
        ("Kirjoittaja: Ana Lima", ["Ana Lima"]),
        ("Tác giả: Ana Lima", ["Ana Lima"]),
        ("記者 陳喆／台北報導", ["陳喆"]),
        ("박준석·김태연 기자", ["박준석", "김태연"]),
    ],
)
def test_declared_names(text: str, names: list[str]) -> None:
    assert declared_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ana Lima in Lisbon | 3 May 2024", ["Ana Lima"]),
        ("Von Ana Lima 10.09.2025, 09:53 Uhr", ["Ana Lima"]),
        ("von Ana Lima, PAPER NORD", ["Ana Lima"]),
        ("Kommentar von Ana Lima", ["Ana Lima"]),
        ("Von Ana Lima, dpa", ["Ana Lima"]),
        ("Por Ana Lima en Madrid", ["Ana Lima"]),
        ("Door Jan Jansen en Piet Puk", ["Jan Jansen", "Piet Puk"]),
        ("By Maria da Silva", ["Maria da Silva"]),
        ("By Ana Lima - Posted: Monday, August 14, 2006", ["Ana Lima"]),
        ("Ana Lima/Rui Costa", ["Ana Lima", "Rui Costa"]),
        ("ANA LIMA", ["ANA LIMA"]),
        ("By The Paper Staff", []),
        ("by Paper TownNovember 21, 2025", []),
        ("By Ana Lima The Paper", ["Ana Lima"]),
        ("Ana Lima Published 3 May 2024", ["Ana Lima"]),
        ("Par Ana Lima Publié le 3 mai 2024", ["Ana Lima"]),
        ("By Ana Lima 5 min read", ["Ana Lima"]),
        ("Ana Lima 3 hours ago", ["Ana Lima"]),
        ("By Ana Lima with agencies", ["Ana Lima"]),
        ("By Ana Lima and Reuters", ["Ana Lima"]),
        ("מאת אנה לימה | 3 במאי 2024", ["אנה לימה"]),
        ("記者陳喆／綜合報導", ["陳喆"]),
        ("By the end of May the hall was full", []),
        ("Local News", []),
        ("Breaking News", []),
        ("12 April 2022", []),
        ("Follow", []),
    ],
)
def test_names_of_a_shown_byline(text: str, names: list[str]) -> None:
    assert byline_names(text, frozenset({"paper", "the paper"})) == names


def test_a_byline_of_one_word_is_a_signature() -> None:
    assert signature("TPN, in News, Business · 31 Jan 2025") == "TPN"
    assert signature("Staff") is None
    assert signature("Monday the hall was full") is None


def test_accounts_and_roles_are_nobody() -> None:
    assert is_nobody("La rédaction")
    assert is_nobody("admin")
    assert not is_nobody("Associated Press")
    assert not is_nobody("BR24 Redaktion")


@pytest.mark.parametrize(
    "name", ["Ana de Lima", "Lê Phương", "大槻遥", "O’Neil Ana", "Зоя Рыбакова"]
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["Read more", "Ana", "ana lima", "Ana, Rui", "World News", "3 May", "", "A" * 90]
)
def test_no_persons(name: str) -> None:
    assert not is_person(name)
