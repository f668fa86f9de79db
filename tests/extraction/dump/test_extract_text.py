"""Whole dumps to records: five languages, several layouts, and what is no article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extraction.dump import extract_text
from newscrawl.items import Article
from newscrawl.schema import schema_errors

NOW = datetime(2022, 4, 12, 22, 40, 5, tzinfo=UTC)

ENGLISH = """\
• Live
• Audio Only

• facebook
• twitter

News > Harbours

Ferry Returns to the Quay After a Long Winter

• The ferry at the quay, Portlow, April 11, 2022.

The ferry at the quay, Portlow, April 11, 2022. | Photo: Twitter/@quay

Published 12 April 2022 (2 hours 35 minutes ago)

The boat had waited for a spare part since November.

On Tuesday the ferry crossed the bay of Portlow for the first time in five months, with ninety
passengers and a brass band on board.

The captain said that the crew had never lost hope, although the yard had closed for six weeks.

Islanders Build a Second Pier With Their Own Hands

"We have missed it every single day," said a teacher who lives on the island and works in town.

The next boat leaves on Friday, and the timetable of the summer begins in the middle of May.

Post with no comments.
"""

SPANISH = """\
   [1]Iniciar sesión
     * [2]Portada
     * [3]Comarca
     * [4]Deportes

    1. [5]Portada
    2. [6]Comarca

El puente de hierro abre de nuevo tras ocho meses de obras

Los vecinos cruzan a pie mientras llegan los últimos permisos para los coches

   Por Inés Gil
   Publicado el 3 de mayo de 2022 a las 08:15 h
   Actualizado el 4 de mayo de 2022 a las 09:00 h

   Compartir [7]Facebook [8]Twitter [9]WhatsApp [10]Correo

   El puente de hierro de Valmora abrió este martes a las seis de la mañana,
   con una fila de vecinos que esperaban desde antes del alba para cruzarlo.

   La obra ha costado dos millones de euros y ha cambiado más de la mitad de
   las vigas, que tenían ciento doce años y estaban comidas por el óxido.

   Lee también: [11]La presa pierde agua por una grieta

   «No me lo creía», dijo un panadero que tardaba una hora en llegar a su
   horno por el otro camino. «Hoy he tardado cinco minutos.»

Lo que falta

   Quedan por pintar las barandillas y por colocar las farolas, que vendrán
   de Bilbao antes del verano.

Lo más leído

     * [12]La presa pierde agua por una grieta
     * [13]Un concierto en la plaza

Comentarios

   Inicia sesión para comentar.

References

   1. https://valle.example/login
   2. https://valle.example/
   3. https://valle.example/comarca
   4. https://valle.example/deportes
   5. https://valle.example/
   6. https://valle.example/comarca
   7. https://www.facebook.com/sharer.php?u=https://valle.example/puente
   8. https://twitter.com/intent/tweet?text=El%20puente%20de%20hierro%20abre%20de%20nuevo
   9. https://wa.me/?text=x
  10. mailto:?subject=x
  11. https://valle.example/presa
  12. https://valle.example/presa
  13. https://valle.example/concierto
"""

FRENCH = """\
Se connecter
Menu

Accueil » Société

La bibliothèque du quai rouvre avec un étage de plus

Le bâtiment avait fermé après la crue de 2018.

Par Léa Roy et Paul Menard
Publié le 5 juin 2021 à 18h05

La salle de lecture, au bord du fleuve. Photo : Léa Roy

La bibliothèque du quai a rouvert samedi devant plusieurs centaines de personnes, trois ans \
après la crue qui avait noyé les rayonnages du rez-de-chaussée.

À lire aussi : Les archives quittent la cave

Les livres sont désormais tous à l'étage, et les tables du bas se replient en une heure si le \
fleuve monte de nouveau, a expliqué le directeur.

Abonnez-vous à notre lettre du soir

Les lecteurs, eux, ont surtout retrouvé le silence. « C'est comme si on rendait une maison », a \
soufflé une habituée.

0 commentaire
© 2021 Le Quai
"""

GERMAN = """\
Zum Inhalt springen
Startseite
Politik
Lokales

Startseite > Lokales > Hafen

Der alte Kran bleibt stehen: Stadtrat stimmt für den Erhalt

Von Eva Groß, Redakteurin
12.04.2022, 18:05 Uhr
Lesezeit: 3 Minuten

Teilen
Drucken

Der Kran am Nordufer. Foto: Eva Groß/dpa

Der Kran am Nordufer wird nicht abgerissen. Das hat der Stadtrat am Dienstag nach vier Stunden \
Debatte mit einer Stimme Mehrheit beschlossen.

Das Gutachten

Der Stahl sei gesünder als gedacht, schreibt die Gutachterin; nur die Kabine müsse erneuert \
werden, und das koste weniger als der Abriss.

Lesen Sie auch: Der Hafen bekommt einen Radweg

Anzeige

Die Gegner wollen nun Unterschriften sammeln. Sie hätten an der Stelle lieber eine Halle für den \
Sport, die der Stadtteil seit Jahren verlangt.

Mehr zum Thema
Der Hafen bekommt einen Radweg
Der letzte Kranführer erzählt

Impressum
Datenschutz
"""

PORTUGUESE = """\
Ao vivo
Entrar
Cidades
Esportes

Cidades

Trem volta a subir a serra depois de vinte anos parado
Primeira viagem levou moradores que guardaram bilhetes antigos.

Por Júlia Tavares — Pedra Alta
06/05/2021 06h03  Atualizado em 07/05/2021 10h00

Compartilhar
WhatsApp

O trem na estação de Pedra Alta — Foto: Divulgação

O trem da serra voltou a subir na manhã desta quinta-feira, com doze vagões cheios e a mesma \
locomotiva que fez a última viagem em 2001.

LEIA TAMBÉM
Ponte é interditada para troca de cabos

Moradores aplaudiram em todas as estações, e um grupo de alunos tocou na plataforma até a \
composição sumir na curva do túnel.

Mais lidas
1
Feira volta à praça
2
Ônibus muda de trajeto

Comentários
"""

EXPECTED = {
    "en": {
        "headline": "Ferry Returns to the Quay After a Long Winter",
        "date": "2022-04-12",
        "date_modified": None,
        "caption": "The ferry at the quay, Portlow, April 11, 2022.",
        "credit": "Twitter/@quay",
        "description": "The boat had waited for a spare part since November.",
        "authors": [],
        "section": "Harbours",
        "first": "On Tuesday the ferry crossed",
        "last": "in the middle of May.",
        "paragraphs": 4,
        "without": ["Islanders Build", "Post with no comments", "Live"],
    },
    "es": {
        "headline": "El puente de hierro abre de nuevo tras ocho meses de obras",
        "date": "2022-05-03T08:15",
        "date_modified": "2022-05-04T09:00",
        "caption": None,
        "credit": None,
        "description": "Los vecinos cruzan a pie mientras llegan los últimos permisos para los "
        "coches",
        "authors": ["Inés Gil"],
        "section": "Comarca",
        "first": "El puente de hierro de Valmora",
        "last": "antes del verano.",
        "paragraphs": 5,
        "without": ["Lee también", "La presa pierde", "Un concierto", "https://", "[7]"],
    },
    "fr": {
        "headline": "La bibliothèque du quai rouvre avec un étage de plus",
        "date": "2021-06-05T18:05",
        "date_modified": None,
        "caption": "La salle de lecture, au bord du fleuve.",
        "credit": "Léa Roy",
        "description": "Le bâtiment avait fermé après la crue de 2018.",
        "authors": ["Léa Roy", "Paul Menard"],
        "section": "Société",
        "first": "La bibliothèque du quai a rouvert samedi",
        "last": "a soufflé une habituée.",
        "paragraphs": 3,
        "without": ["À lire aussi", "Abonnez-vous", "commentaire", "©"],
    },
    "de": {
        "headline": "Der alte Kran bleibt stehen: Stadtrat stimmt für den Erhalt",
        "date": "2022-04-12T18:05",
        "date_modified": None,
        "caption": "Der Kran am Nordufer.",
        "credit": "Eva Groß/dpa",
        "description": None,
        "authors": ["Eva Groß"],
        "section": "Hafen",
        "first": "Der Kran am Nordufer wird nicht abgerissen.",
        "last": "seit Jahren verlangt.",
        "paragraphs": 4,
        "without": ["Lesen Sie auch", "Anzeige", "Radweg", "Lesezeit"],
    },
    "pt": {
        "headline": "Trem volta a subir a serra depois de vinte anos parado",
        "date": "2021-05-06T06:03",
        "date_modified": "2021-05-07T10:00",
        "caption": "O trem na estação de Pedra Alta",
        "credit": "Divulgação",
        "description": "Primeira viagem levou moradores que guardaram bilhetes antigos.",
        "authors": ["Júlia Tavares"],
        "section": "Cidades",
        "first": "O trem da serra voltou a subir",
        "last": "curva do túnel.",
        "paragraphs": 2,
        "without": ["LEIA", "Ponte", "Feira", "WhatsApp"],
    },
}
DUMPS = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN, "pt": PORTUGUESE}


@pytest.fixture(scope="module", params=list(DUMPS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def article(language: str) -> Article:
    return extract_text(DUMPS[language], fetched_at=NOW if language == "en" else None)


@pytest.mark.parametrize(
    "name",
    [
        "headline", "date", "date_modified", "caption", "credit", "description", "authors",
        "section",
    ],
)  # fmt: skip
def test_field(article: Article, language: str, name: str) -> None:
    assert getattr(article, name) == EXPECTED[language][name]


def test_body(article: Article, language: str) -> None:
    expected = EXPECTED[language]
    assert article.body is not None
    assert article.body.startswith(str(expected["first"]))
    assert article.body.endswith(str(expected["last"]))
    assert len(article.body.split("\n\n")) == expected["paragraphs"]
    for absent in expected["without"]:  # type: ignore[attr-defined]
        assert absent not in article.body


def test_record(article: Article, language: str) -> None:
    assert article.language == language
    assert article.kind == "article"
    assert set(article.sources.values()) == {"text"}
    assert schema_errors(article.to_dict()) == []


def test_subheadings_are_text() -> None:
    assert "\n\nDas Gutachten\n\n" in (extract_text(GERMAN).body or "")
    assert "\n\nLo que falta\n\n" in (extract_text(SPANISH).body or "")


def test_the_raw_date_is_kept_with_its_label() -> None:
    assert extract_text(ENGLISH).date_raw == "Published 12 April 2022"
    assert extract_text(FRENCH).date_raw == "Publié le 5 juin 2021 à 18h05"


def test_relative_dates_count_from_the_fetch() -> None:
    text = ENGLISH.replace("Published 12 April 2022 (2 hours 35 minutes ago)", "2 hours ago")
    assert extract_text(text, fetched_at=NOW).date == "2022-04-12T20:40Z"
    assert extract_text(text).date is None
    assert extract_text(text, fetched_at=NOW).fetched_at == "2022-04-12T22:40:05Z"


def test_the_address_gives_a_date_where_the_text_has_none() -> None:
    text = ENGLISH.replace("Published 12 April 2022 (2 hours 35 minutes ago)\n\n", "")
    found = extract_text(text, url="https://quay.example/2022/04/12/ferry")
    assert (found.date, found.sources["date"]) == ("2022-04-12", "url")
    assert found.url == "https://quay.example/2022/04/12/ferry"


def test_the_address_points_to_the_headline() -> None:
    paragraph = "The crew of the boat had waited for a spare part since the end of November. "
    text = f"A day by the sea\n\nFerry back at the quay\n\nAlso in the town\n\n{paragraph * 3}\n"
    found = extract_text(text, url="https://quay.example/ferry-back-at-the-quay-12.html")
    assert found.headline == "Ferry back at the quay"


def test_windows_line_ends_change_nothing() -> None:
    assert extract_text(GERMAN.replace("\n", "\r\n")).to_dict() == extract_text(GERMAN).to_dict()


def test_wrapped_at_the_margin_or_on_one_line_is_the_same_text() -> None:
    wrapped = extract_text(ENGLISH).body or ""
    joined = extract_text(ENGLISH.replace("ninety\npassengers", "ninety passengers")).body
    assert "with ninety passengers and a brass band" in wrapped
    assert wrapped == joined


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Home\nNews\n\nError 404\n\nPage not found\n\nTry the search.\n", "error"),
        ("Startseite\n\nSeite nicht gefunden\n\nSuche\n", "error"),
        ("We value your privacy\n\nWe and our partners use cookies.\n\nAccept all\n", "wall"),
        ("Checking your browser before you go on. Enable JavaScript to continue.\n", "wall"),
        ("\n".join(f"• Headline number {n} of the day" for n in range(20)), "index"),
        ("Hello\n", "other"),
        ("", "other"),
    ],
)
def test_no_article(text: str, kind: str) -> None:
    found = extract_text(text)
    assert found.kind == kind
    assert found.body is None


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x02", "\n" * 50_000, "a" * 1_000_000, "word " * 200_000, "[1]a" * 50_000,
        "• " * 50_000, "12 April 2022 " * 20_000, "By " * 50_000, "» " * 50_000, "[" * 100_000,
        "\ud800", "References\n\n   1. https://quay.example/\n   2. https://quay.example/\n",
    ],
)  # fmt: skip
def test_hostile_text_gives_a_record_that_fits_the_schema(text: str) -> None:
    assert schema_errors(extract_text(text).to_dict()) == []
