"""The language of a text, told by its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

_LOOKED_AT = 20_000  # characters
_FEWEST_HITS = 4.0
_FEWEST_SHARE = 0.06  # of the words; running text in a known language has 0.2 and more
_MARGIN = 1.15  # how far ahead of the second language the first must be

# Scripts of one language that matters here, and those that several share (settled by words).
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
)
_PERSIAN = re.compile("[پچژگک\u06cc]")
_URDU = re.compile("[ٹڈڑںے]")
_JAPANESE_SHARE = 0.05  # kana among all East Asian letters; a Chinese page may quote a little

_COMMON = {
    "en": "the of and to in a is that for it was on with as at by from be are this his had "
    "have not but they which were their said would who will been has more about he she "
    "you we or an",
    "es": "de la que el en y los del se las por un para con no una su al lo como más pero sus "
    "le ya o fue este ha sí porque esta son entre está cuando muy sin sobre también "
    "hasta hay desde",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se "
    "ce il sont avec ses mais aux ont cette elle être été leur comme nous fait deux "
    "même après selon",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als "
    "auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie "
    "einem über einen so zum",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao "
    "das à seu sua ou quando muito nos já está também só pelo pela até isso ela entre "
    "foi são ser tem",
    "it": "di e il la che in un per è una con non del si da sono le dei al come più della nel "
    "ha anche gli alla ma lo delle dal questo o se ai su nella i hanno stato essere "
    "dalla tra",
    "nl": "de het een en van in is dat op te zijn met voor niet die aan er om ook als maar "
    "bij door nog naar heeft dan over uit was worden wordt hij werd meer tot deze ze "
    "geen kan hebben",
    "sv": "och att det i en på som är av för den till med inte om har de ett var han men sig "
    "från så kan vi nu också efter ska vid man hon eller vara när säger blev där under "
    "även över",
    "no": "og i det på som er en til å av for at med har de ikke den om et var han men seg "
    "fra så kan vi nå også etter skal ved hun eller være når sier ble der under bare ut "
    "mot mellom noe",
    "da": "og i det at på som er en til af for med har de ikke den om et var han men sig fra "
    "så kan vi nu også efter skal ved hun eller være når siger blev der under kun ud "
    "mod mellem noget",
    "fi": "ja on ei että oli se hän joka mutta myös kun ovat sen olla mukaan ollut niin kuin "
    "vuoden jos sekä mitä vielä kertoo nyt sitten voi tai jo hänen vain yli ole",
    "pl": "i w na z się nie do to że jest o jak za od po przez ale są tym co ma tego już być "
    "dla który czy oraz jego także tak przy był może które ich jako pod było jej",
    "cs": "a v se na je že o s z do i to k jako pro za by ale od po který jsou bylo také "
    "podle však jeho jsem jen své která aby při nebo byl než tak už může které",
    "sk": "a v sa na je že o s z do aj to k ako pre za by ale od po ktorý sú bolo tiež podľa "
    "však jeho som len svoje ktorá aby pri alebo bol než tak už môže ktoré",
    "hu": "a az és hogy nem is egy meg ez azt volt csak de már van mint el ki még szerint "
    "lesz után vagy ha nagyon lehet ezt több majd ami kell amely pedig",
    "ro": "de și în la a cu pe care nu din o că un pentru este mai sau fi au ce fost prin se "
    "sunt această lui acest după său dar când între până doar",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi en sonra kadar var ne ise her "
    "dedi ya diye oldu değil ancak iki şekilde üzerinde tarafından olduğunu",
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam akan ke juga ada adalah "
    "oleh karena saat tersebut bisa kata sudah mereka telah atau tahun kami lebih "
    "menjadi",
    "vi": "và của các là có cho trong được với một không những người này đã khi để ở ra đến "
    "từ nhiều về năm theo trên cũng sẽ vào",
    "ca": "de la que i el en els a per del les un amb una és al no es més ha com però seva "
    "són també va ser aquest aquesta dels hi fa entre sense molt quan",
    "hr": "je i u na da se su za od s a koji o ne će bi kako što iz do sve bio nije koja "
    "nakon samo kao koje ali te prema biti više jer",
    "sl": "je in v na da se so za od z ki o ne bo bi kako kot iz do pa tudi ni pri še ali po "
    "lahko bil sta med že pred",
    "zu": "ukuthi futhi uma kodwa ngoba kanye kwi yi ngo uthe abantu lapho kusho manje nje "
    "into ngesikhathi ukuze wakhe kwa le lo",
    "sw": "na ya wa kwa ni za katika la kuwa hiyo cha huo hii alisema wakati ambao baada "
    "hivyo pia kama watu lakini vya",
    "af": "die van en in het is dat nie te vir met op wat aan hy sy ook om deur as maar daar "
    "word hulle uit na ons gesê kan was was",
    "et": "ja on ei et ka see oli kui ta mis aga oma selle nii siis ole veel kes tema või "
    "mida ning üle pole eesti ütles",
    "lt": "ir kad yra į iš su tai ne buvo bet jau kaip apie per savo jo taip dar tik dėl nuo "
    "metų",
    "lv": "un ir ka no ar uz par tas kas bet arī pēc kā tika to gan bija lai nav vai viņš "
    "tiek",
    "ru": "и в не на что с по как это он к но из у за от его а то для было был так же мы она "
    "они бы все о только года также или если уже еще который",
    "uk": "і в не на що з у до та як це за від його але про він для було був так ми вони є а "
    "які також або вже ще який року під час після щоб",
    "bg": "и на в да за се от с не е по че са като със ще до но или това той след си има беше "
    "бъде които през който към",
    "sr": "је и у на да се су за од са а који о не ће би како што из до све био није која "
    "после само као које али",
    "be": "і ў не на што з у да як гэта за ад яго але пра ён для было быў так мы яны ёсць які "
    "таксама",
    "mk": "и на во да за се од со не е по дека ги го ќе до но или ова тој ја има беше биде "
    "кои",
}  # fmt: skip


def _languages_by_word() -> dict[str, tuple[str, ...]]:
    by_word: dict[str, list[str]] = {}
    for language, words in _COMMON.items():
        for word in set(words.split()):
            by_word.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in by_word.items()}


_BY_WORD = _languages_by_word()
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
# Letters beyond Latin; general punctuation and the like are no sign of another script.
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u2c00-\ud7ff\uf900-\uffef]")


def is_common_word(word: str) -> bool:
    """Return whether a lower-case word is among the commonest of some language.

    >>> is_common_word("für"), is_common_word("fûr")
    (True, False)
    """
    return word in _BY_WORD


def detect_language(text: str) -> str | None:
    """Return the language (ISO 639-1) of a text, or None where its words do not settle it.

    >>> detect_language("Das Haus, in dem wir wohnen, ist nicht so alt wie die Kirche.")
    'de'
    >>> detect_language("Lorem 42") is None
    True
    """
    text = text[:_LOOKED_AT]
    if _OTHER_SCRIPT.search(text):
        language = _by_script(text, len(_LETTER.findall(text)))
        if language:
            return language
    words = _WORD.findall(text.lower())
    scores: defaultdict[str, float] = defaultdict(float)
    for word, count in Counter(filter(_BY_WORD.__contains__, words)).items():
        languages = _BY_WORD[word]
        # A word of many languages tells little; each occurrence after some tells less.
        weight = min(count, 20) / len(languages) ** 0.5
        for language in languages:
            scores[language] += weight
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None:
        return None
    score = scores.pop(best)
    if score < max(_FEWEST_HITS, _FEWEST_SHARE * min(len(words), 400)):
        return None
    return best if score >= max(scores.values(), default=0.0) * _MARGIN else None


def _by_script(text: str, letters: int) -> str | None:
    """Return the language of a script that most of the letters are of, if it settles one."""
    counts = {language: len(script.findall(text)) for language, script in _SCRIPTS}
    east_asian = counts["ja"] + counts["zh"]
    if east_asian > letters / 2:
        return "ja" if counts["ja"] > east_asian * _JAPANESE_SHARE else "zh"
    language = max(counts, key=counts.__getitem__)
    if counts[language] <= letters / 2:
        return None
    if language == "ar" and _URDU.search(text):
        return "ur"
    if language == "ar" and len(_PERSIAN.findall(text)) > letters * 0.03:
        return "fa"
    return language
