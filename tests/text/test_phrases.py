"""The predicates over single lines, in several languages, each with a line that must not match."""

from __future__ import annotations

import pytest

from newscrawl.text import phrases, vocabulary


@pytest.mark.parametrize(
    "line",
    [
        "• Live", "* Audio Only", "google plus", "[Share this article] »", "Share (12)", "+++",
        "Share on Facebook", "Skip to main content", "3 min read", "Photo 2 of 7", "1.2k shares",
        "Compartir en Facebook", "Publicidad", "Partager sur X", "Publicité", "Anzeige",
        "Auf WhatsApp teilen", "Lesedauer: 4 Minuten", "Publicidade", "Ao vivo", "Condividi su X",
        "Delen via e-mail", "Реклама", "مشاركة", "分享", "シェア", "공유하기",
    ],
)  # fmt: skip
def test_chrome_line(line: str) -> None:
    assert phrases.is_chrome_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Live shells were found in the old harbour",
        "The share of votes grew",
        "Anzeige gegen den Bürgermeister erstattet",
        "Publicidad engañosa: multan a tres bancos",
        "Share " * 40,
    ],
)
def test_not_a_chrome_line(line: str) -> None:
    assert not phrases.is_chrome_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Post with no comments.", "12 comments", "Comments (3)", "Nota sin comentarios",
        "Laisser un commentaire", "Kommentare", "Log in to comment", "Deixe um comentário",
        "コメント", "댓글 12",
    ],
)  # fmt: skip
def test_comment_line(line: str) -> None:
    assert phrases.is_comment_line(line)


def test_a_sentence_with_comments_is_no_comment_line() -> None:
    assert not phrases.is_comment_line("Comments by the minister were met with laughter.")


@pytest.mark.parametrize(
    "line",
    [
        "Related:", "READ ALSO: A new hall for the old choir", "See also A new hall",
        "Lesen Sie auch – Der neue Saal", "À lire aussi : la nouvelle salle", "Lee también",
        "Leia também: a nova sala", "Читайте также: новый зал", "相关阅读：新礼堂", "関連記事",
    ],
)  # fmt: skip
def test_related_line(line: str) -> None:
    assert phrases.is_related_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Related costs rose by half: nobody knows why.",
        "Más información llegó por la tarde desde el puerto.",
        "See also: " + "a long paragraph that goes on " * 10,
    ],
)
def test_not_a_related_line(line: str) -> None:
    assert not phrases.is_related_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Twitter/@harbour", "Foto: Ana Lima/Reuters", "© dpa", "Getty Images",
        "Crédit photo : Léa Roy", "Bild: Eva Groß", "Ana Lima/AFP", "Photo by Bo Berg",
        "写真：田中", "사진=연합",
    ],
)  # fmt: skip
def test_credit_line(line: str) -> None:
    assert phrases.is_credit_line(line)


@pytest.mark.parametrize("line", ["Ana Lima, 42, is a nurse.", "Photographers waited outside."])
def test_not_a_credit_line(line: str) -> None:
    assert not phrases.is_credit_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our evening letter", "Suscríbete a nuestro boletín", "Abonnez-vous",
        "Abonnieren Sie unseren Kanal", "Receba as notícias no celular", "Подпишитесь на канал",
    ],
)  # fmt: skip
def test_subscribe_line(line: str) -> None:
    assert phrases.is_subscribe_line(line)


def test_notes_on_rights_and_cookies() -> None:
    assert phrases.is_about_line("© 2022 The Harbour. All rights reserved.")
    assert phrases.is_about_line("Todos los derechos reservados")
    assert not phrases.is_about_line("The rights of all tenants were reserved for later.")
    assert phrases.is_cookie_line("We use cookies to make this page better.")
    assert not phrases.is_cookie_line("She baked cookies for the whole street.")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ana Lima", "Ana Lima"),
        ("by: Ana Lima", "Ana Lima"),
        ("Von Anna Weiß", "Anna Weiß"),
        ("von Anna", "Anna"),
        ("Von Storch", "Von Storch"),
        ("Di Maio", "Di Maio"),
        ("Di Piero Rossi", "Piero Rossi"),
        ("Ein Kommentar von Eva Groß", "Eva Groß"),
        ("Par Jean Dupont", "Jean Dupont"),
        ("Por Inés Gil", "Inés Gil"),
        ("Door Jan Smit", "Jan Smit"),
        ("文／王小明", "王小明"),
        ("Byron Lima", "Byron Lima"),
        ("Parker Lee", "Parker Lee"),
    ],
)
def test_strip_byline_prefix(byline: str, names: str) -> None:
    assert phrases.strip_byline_prefix(byline) == names


def test_the_vocabulary_is_case_folded_and_trimmed() -> None:
    for name in vars(vocabulary):
        if name.isupper():
            for phrase in getattr(vocabulary, name):
                assert phrase == phrase.casefold().strip(), (name, phrase)


def test_a_very_long_line_is_answered() -> None:
    line = "x" * 1_000_000
    assert not any(
        predicate(line)
        for predicate in (
            phrases.is_chrome_line, phrases.is_comment_line, phrases.is_related_line,
            phrases.is_credit_line, phrases.is_subscribe_line, phrases.is_about_line,
            phrases.is_cookie_line,
        )
    )  # fmt: skip
