"""The language of a text, and of a headline."""

from __future__ import annotations

import socket

import pytest

from newscrawl.text import language as module
from newscrawl.text.language import detect_language, most_probable_language

SENTENCES = {
    "en": "The old hall was closed for the winter, and the choir has been singing in the street.",
    "es": "El salón viejo cerró por el invierno, y el coro canta en la calle desde hace un mes.",
    "fr": "La vieille salle est fermée pour l'hiver, et la chorale chante dans la rue avec elle.",
    "de": "Der alte Saal ist für den Winter geschlossen, und der Chor singt auf der Straße.",
    "pt": "O velho salão foi fechado para o inverno, e não há mais coro na rua com os vizinhos.",
    "it": "La vecchia sala è chiusa per l'inverno e il coro canta nella strada con gli amici.",
    "nl": "De oude zaal is voor de winter gesloten en het koor zingt nu op straat met de buren.",
    "sv": "Den gamla salen är stängd för vintern och kören sjunger på gatan när det inte regnar.",
    "pl": "Stara sala jest zamknięta na zimę, a chór śpiewa na ulicy, ale to się nie podoba.",
    "tr": "Eski salon kış için kapandı ve koro bir aydır sokakta şarkı söylüyor, ama çok daha az.",
    "ru": "Старый зал закрыли на зиму, и хор поёт на улице, но это не так плохо, как было.",
    "uk": "Стару залу зачинили на зиму, і хор співає на вулиці, але це не так погано, як було.",
    "el": "Η παλιά αίθουσα έκλεισε για τον χειμώνα και η χορωδία τραγουδά στον δρόμο.",
    "ar": "أغلقت القاعة القديمة لفصل الشتاء والجوقة تغني في الشارع منذ شهر.",
    "fa": "تالار قدیمی برای زمستان بسته شد و گروه کر در خیابان می‌خواند.",
    "he": "האולם הישן נסגר לחורף והמקהלה שרה ברחוב כבר חודש.",
    "zh": "旧礼堂冬天关闭了，合唱团在街上唱了一个月的歌。",
    "ja": "古いホールは冬の間閉まっていて、合唱団は通りで歌っている。",
    "ko": "오래된 홀은 겨울 동안 문을 닫았고 합창단은 거리에서 노래한다.",
    "hi": "पुराना हॉल सर्दियों के लिए बंद है और गायक मंडली सड़क पर गा रही है।",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence(language: str, sentence: str) -> None:
    assert detect_language(sentence) == language


HEADLINES = {
    "en": "Council reopens the old bridge after repairs",
    "es": "El ayuntamiento reabre el puente viejo",
    "fr": "La mairie rouvre le vieux pont après les travaux",
    "de": "Stadtrat gibt die alte Brücke wieder frei",
    "it": "Il sindaco riapre il vecchio ponte",
    "lt": "Meras atidarė senąjį tiltą po remonto",
    "ja": "市長、古い橋の開放を発表",
}


@pytest.mark.parametrize(("language", "headline"), HEADLINES.items())
def test_a_headline(language: str, headline: str) -> None:
    assert detect_language(headline) == language


@pytest.mark.parametrize("shown", [str.upper, lambda text: text.replace(" ", "\n")])
def test_capitals_and_line_ends_change_no_answer(shown) -> None:
    assert detect_language(shown(SENTENCES["fr"])) == "fr"


def test_half_a_character_and_nul_are_no_error() -> None:
    assert detect_language(f"{SENTENCES['de']} \ud83d \0") == "de"


def test_names_are_those_of_bcp_47() -> None:
    alemannic = "Dr Bürgermeischter het gsait, dass d Brugg au für d Fuessgänger ufgmacht wird. "
    assert most_probable_language(alemannic * 3)[0] in {"gsw", "de"}


def test_nothing_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network is used")

    monkeypatch.setattr(socket, "socket", refuse)
    module._detector.cache_clear()
    assert detect_language(SENTENCES["pl"]) == "pl"


@pytest.mark.parametrize(
    "text", ["", "42", "Lorem ipsum", "Zxcv qwer asdf " * 50, "Rio de la Plata"]
)
def test_nothing_settles_it(text: str) -> None:
    assert detect_language(text) is None


def test_chinese_with_a_japanese_quotation_stays_chinese() -> None:
    assert (
        detect_language("旧礼堂冬天关闭了，合唱团在街上唱了一个月的歌。" * 10 + "「ホール」")
        == "zh"
    )


def test_a_long_text_is_cut() -> None:
    assert detect_language("the old hall of the town was closed " * 100_000) == "en"
