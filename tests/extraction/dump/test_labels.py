"""Short lines that say when, by whom and where."""

from __future__ import annotations

import pytest

from newscrawl.extraction.dump.labels import (
    breadcrumb,
    is_byline,
    is_date_line,
    is_names_line,
    names_in,
)


@pytest.mark.parametrize(
    "line",
    [
        "Published 12 April 2022", "12.04.2022, 08:15 Uhr", "Publicado el 12/04/2022",
        "Par Léa Roy - Publié le 21 mai 2024 à 06h00", "2022年4月12日", "Updated 2 hours ago",
        "Ana Lima|Published 15 hours ago",
    ],
)  # fmt: skip
def test_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["The date was never published.", "24 people came", "Room 4/5", "In 2022 it closed."]
)
def test_no_date_line(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Lima and Bo van Berg, staff writer", ["Ana Lima", "Bo van Berg"]),
        ("Júlia Tavares, TV Serra — Pedra Alta", ["Júlia Tavares"]),
        ("Eva Groß | 12.04.2022", ["Eva Groß"]),
        ("Inés Gil y José de la Rosa", ["Inés Gil", "José de la Rosa"]),
        ("Léa Roy (à Bruxelles)", ["Léa Roy"]),
        ("the harbour master", []),
        ("Redaktion", []),
        ("Share Comments", []),
        ("AFP Berlin", []),
    ],
)
def test_names(line: str, names: list[str]) -> None:
    assert names_in(line) == names


def test_bylines() -> None:
    assert is_byline("By Ana Lima and Bo Berg")
    assert is_byline("Kolumne von Eva Groß")
    assert not is_byline("By the time they came it was dark")
    assert is_names_line("Ana Lima 12 April 2022 - 18:45")
    assert not is_names_line("Harbour Master Ana Lima shows the spare part to visitors.")


def test_breadcrumbs() -> None:
    assert breadcrumb("News > Russia") == ["News", "Russia"]
    assert breadcrumb("Inicio / Mundo / Puerto") == ["Inicio", "Mundo", "Puerto"]
    assert breadcrumb("Home » World") == ["Home", "World"]
    assert breadcrumb("12/04/2022") is None
    assert breadcrumb("The ferry runs again") is None
    assert breadcrumb("Did it sink, or was it sunk? | A question.") is None
