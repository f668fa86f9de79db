"""Classify lines of a page: navigation, comments, pointers to other stories, calls to act.

The words are in `newscrawl.text.vocabulary`. These predicates are asked of every block of every
page, so each costs one set lookup, or one compiled expression, and long lines are answered at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from newscrawl.text.cleaning import has_any
from newscrawl.text.vocabulary import (
    ABOUT_PHRASES,
    AUTHOR_JOINERS,
    BYLINE_PARTICLES,
    BYLINE_PREFIXES,
    CHROME_LINES,
    COMMENT_LINES,
    COOKIE_PHRASES,
    CREDIT_AGENCIES,
    CREDIT_LABELS,
    ENDING_LABELS,
    PUBLISHED_LABELS,
    RELATED_CALLS,
    RELATED_LABELS,
    ROLE_WORDS,
    SUBSCRIBE_PHRASES,
    UPDATED_LABELS,
)

__all__ = [
    "ABOUT_PHRASES",
    "AUTHOR_JOINERS",
    "BYLINE_PARTICLES",
    "BYLINE_PREFIXES",
    "CHROME_LINES",
    "COMMENT_LINES",
    "COOKIE_PHRASES",
    "CREDIT_AGENCIES",
    "CREDIT_LABELS",
    "PUBLISHED_LABELS",
    "RELATED_CALLS",
    "RELATED_LABELS",
    "ROLE_WORDS",
    "SUBSCRIBE_PHRASES",
    "UPDATED_LABELS",
    "any_of",
    "is_about_line",
    "is_chrome_line",
    "is_comment_line",
    "is_cookie_line",
    "is_credit_line",
    "is_related_line",
    "is_subscribe_line",
    "line_labels",
    "strip_byline_prefix",
    "trim",
]

# The longest line that can be a label, a button, or a pointer to one other story.
_LABEL_LENGTH = 60
_POINTER_LENGTH = 220
_NOTE_LENGTH = 600

_EDGES = " \t\u00a0.,:;!?…·•*-–—_|/\\+#>»›→▶►▼▾△▲«‹←<○◦▪■●&()[]{}\"'：｜。、，！？／"
_COUNT = re.compile(r"^(?:\(?\d[\d.,kK]*\+?\)?\s+)|\s*[(\[]?\d[\d.,kK]*\+?[)\]]?$")


def any_of(phrases: Iterable[str]) -> str:
    r"""Return an expression for any of the phrases, the longest first, any white space in between.

    >>> any_of(["by", "written by"])
    '(?:written\\s+by|by)'
    """
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) + ")"


# A phrase ends where its word does; scripts without spaces have no such edge.
_NO_SPACES = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_END = rf"(?:(?!\w)|(?=[{_NO_SPACES}]))"

# "share on X", "skip to content", "3 min read", "photo 2 of 7", "1.2k shares".
_PLACE = (
    r"(?:new window|e-?mail|friend|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|pinterest"
    r"|instagram|youtube|threads|bluesky|flipboard|google(?: news)?|vk|pocket)"
)
_COMMENTS = (
    r"(?:(?:reader )?comments?|replies|responses?|discussion|conversation"
    r"|(?:leser)?kommentare?|(?:leser)?beiträge|comentarios?|opiniones|commentaires?|réactions?"
    r"|comentários?|commenti?|reacties?|kommentarer|reaktioner|kommentit|kommenttia?"
    r"|komentarz\w*|komentář\w*|komentar\w*|hozzászólás\w*|comentarii|yorum(?:lar)?"
    r"|комментари\w+|коментар\w*|σχόλια|コメント|评论|評論|留言|跟帖|댓글|의견|تعليق\w*|التعليقات"
    r"|نظرات|دیدگاه\S*|תגובות|टिप्पणि\S*|टिप्पणी|ความคิดเห็น|ความเห็น|bình luận|ý kiến|মন্তব্য)"
)
_NUMBER = r"[(（\[]?\s*\d*\s*(?:件|条|條|則|개)?\s*[)）\]]?"
_CHROME = re.compile(
    r"(?:share|tweet|post|send|save|print|email|open|view|follow|find)"
    rf" (?:us |this |it |article |story )?(?:on|via|by|in|with|to) (?:a )?{_PLACE}$"
    r"|(?:skip|jump|go|back) to (?:the )?(?:main |primary )?\w+(?: content| navigation)?$"
    r"|(?:compartir|comparte|seguir|síguenos|compartilhar|compartilhe|partilhar|partager|condividi"
    r"|delen|deel|dela|del) (?:en|por|no|na|em|via|con|sur|par|su|op|på) [\w-]+$"
    r"|(?:auf|bei|per|via|über) [\w-]+ (?:teilen|versenden|senden|folgen)$"
    r"|\d+\s*(?:min(?:ute)?s?\.?|minuten?|minutos?)\s*(?:read|de lecture|de lectura|de leitura"
    r"|lesezeit|lesedauer|di lettura|leestijd|lästid|lesetid)$"
    r"|(?:reading time|read time|lesezeit|lesedauer|tiempo de lectura|temps de lecture"
    r"|tempo de leitura|tempo di lettura|leestijd)\b[^.]{0,20}$"
    r"|(?:(?:photo|image|slide|foto|bild|imagen|imagem|page|seite|página) )?"
    r"\d+ (?:of|von|de|sur|di|van|/) \d+$"
    r"|\d[\d.,]*k? (?:shares?|likes?|views?|tweets?|reactions?|visualizações|visitas|vues|aufrufe)$"
)
_COMMENT = re.compile(
    rf"\d[\d.,]*k?\s?{_COMMENTS}$|{_COMMENTS}\s?{_NUMBER}$"
    r"|(?:please )?(?:log ?in|sign ?in|register|inicia sesión|anmelden|connectez-vous|faça login)\b"
    r".{0,40}\b(?:comment|comentar|kommentieren|commenter|kommentar)\w*$"
)
_LABEL_ENDS = re.compile(r"[:：|–—»›>→]")
_CALL = re.compile(rf"[\W_]*{any_of(RELATED_CALLS)}{_END}", re.IGNORECASE)
_SUBSCRIBE = re.compile(rf"\W*(?:please\s+)?{any_of(SUBSCRIBE_PHRASES)}{_END}", re.IGNORECASE)
_CREDIT = re.compile(
    rf"\W*(?:{any_of(CREDIT_LABELS)}(?:\s+{any_of(CREDIT_LABELS)})?\s*[:：／/|=]"
    rf"|(?:photo|foto|picture|photograph|image)s?\s+(?:by|de|di|av|von|courtesy)\s"
    rf"|(?:©|\(c\)|ⓒ)\s*\S"
    rf"|{any_of(CREDIT_AGENCIES)}(?:\s*(?:/|,|\||via|-|–)\s*[\w .'’-]+)*\W*$"
    rf"|[\w .'’-]{{3,50}}\s*(?:/|via|\||,)\s*{any_of(CREDIT_AGENCIES)}\W*$)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"\s*(?:[-–—|•·]\s*)?(?:(?P<sure>{any_of(BYLINE_PREFIXES)})(?:\s*[:：／/]\s*|\s+|(?=[{_NO_SPACES}]))"
    rf"|(?P<particle>{any_of(BYLINE_PARTICLES)})\s+)",
    re.IGNORECASE,
)
LABEL_BITS = 6
IS_CHROME, IS_RELATED, IS_COMMENT, IS_SUBSCRIBE, IS_CREDIT, IS_ENDING = (
    1 << bit for bit in range(LABEL_BITS)
)
_OPENING = 3
# What a line may be by its first letters; one that begins otherwise needs no expression.
_OPENINGS: dict[str, int] = {}
for _label, _phrases in (
    (IS_RELATED, RELATED_CALLS),
    (IS_SUBSCRIBE, [*SUBSCRIBE_PHRASES, "please"]),
    (IS_CREDIT, [*CREDIT_LABELS, *CREDIT_AGENCIES]),
    (IS_CREDIT, ["photo", "foto", "picture", "image", "©", "(c)", "ⓒ", "c)"]),
):
    for _phrase in _phrases:
        _opening = _phrase.casefold()[:_OPENING]
        _OPENINGS[_opening] = _OPENINGS.get(_opening, 0) | _label
_AGENCIES = tuple(CREDIT_AGENCIES)
_AGENCY_ENDS = frozenset(agency[-2:] for agency in _AGENCIES)  # asked first: one look-up


def _possible(key: str) -> int:
    """Return the labels that a trimmed line could have by its first letters."""
    opened = _OPENINGS.get
    return opened(key[:_OPENING], 0) | opened(key[:2], 0) | opened(key[:1], 0)


def trim(line: str) -> str:
    """Return the line case folded, without bullets, brackets and punctuation at its ends.

    >>> trim("  • [Share this article] »")
    'share this article'
    """
    return line.casefold().strip(_EDGES)


def is_chrome_line(line: str) -> bool:
    """Whether the whole line is navigation, a button, a share bar, a player, an advertisement.

    >>> is_chrome_line("* Audio Only"), is_chrome_line("Live shells were found")
    (True, False)
    """
    return len(line) <= _LABEL_LENGTH and _is_chrome(trim(line))


def _is_chrome(key: str) -> bool:
    return (
        not key
        or key in CHROME_LINES
        or _CHROME.match(key) is not None
        or (
            (key[0].isdigit() or key[-1].isdigit())
            and _COUNT.sub("", key).strip(_EDGES) in CHROME_LINES
        )
    )


def is_comment_line(line: str) -> bool:
    """Return whether the whole line heads, counts or fills the box of readers' comments.

    >>> is_comment_line("Post with no comments."), is_comment_line("12 Kommentare")
    (True, True)
    """
    return len(line) <= _LABEL_LENGTH and _is_comment(trim(line))


def _is_comment(key: str) -> bool:
    return key in COMMENT_LINES or _COMMENT.match(key) is not None


def is_related_line(line: str) -> bool:
    """Return whether the line heads a list of other stories, or points to one of them.

    >>> is_related_line("Lesen Sie auch: Der Saal"), is_related_line("Related costs rose.")
    (True, False)
    """
    key = trim(line)
    return len(line) <= _POINTER_LENGTH and _is_related(line, key, _possible(key))


def is_label_and_link(line: str, link_chars: int) -> bool:
    """Return whether the line is a label of other stories with a link right behind it, and no more.

    ``link_chars`` is how much of the line is links. Pages set the two apart by style alone.

    >>> is_label_and_link("À lire aussiLe dernier facteur", 18)
    True
    """
    label = line[: len(line) - link_chars].strip()
    return link_chars > 0 and trim(label) in RELATED_LABELS


def _is_related(line: str, key: str, possible: int) -> bool:
    label_end = _LABEL_ENDS.search(line, 1, _LABEL_LENGTH)
    label = trim(line[: label_end.start()]) if label_end else key
    return label in RELATED_LABELS or (possible & IS_RELATED != 0 and _CALL.match(line) is not None)


def is_subscribe_line(line: str) -> bool:
    """Whether the line calls on the reader to subscribe, sign up, follow, download, support."""
    return len(line) <= _NOTE_LENGTH // 2 and _is_subscribe(line, _possible(trim(line)))


def _is_subscribe(line: str, possible: int) -> bool:
    return possible & IS_SUBSCRIBE != 0 and _SUBSCRIBE.match(line) is not None


def is_cookie_line(line: str) -> bool:
    """Return whether the line is of a cookie or consent note."""
    return has_any(line[:_NOTE_LENGTH].casefold(), COOKIE_PHRASES)


def is_about_line(line: str) -> bool:
    """Whether the line speaks of rights, disclaimers, or how the story came to be published."""
    if len(line) > _NOTE_LENGTH:
        return False
    folded = line.casefold()
    return folded.lstrip().startswith("©") or has_any(folded, ABOUT_PHRASES)


def is_credit_line(line: str) -> bool:
    """Return whether the whole line is the credit of a picture.

    >>> is_credit_line("Foto: Ana Lima/Reuters"), is_credit_line("Ana Lima, 42, a nurse")
    (True, False)
    """
    key = trim(line)
    return len(line) <= _POINTER_LENGTH // 2 and _is_credit(line, key, _possible(key))


def _is_credit(line: str, key: str, possible: int) -> bool:
    ends = key[-2:] in _AGENCY_ENDS and key.endswith(_AGENCIES)
    return (ends or possible & IS_CREDIT != 0) and _CREDIT.match(line) is not None


@lru_cache(maxsize=20_000)
def line_labels(line: str) -> int:
    """Return what a short line is, as a number: a bit for each of the predicates above.

    The last, ``IS_ENDING``, says that it heads the notes below an article ("References"). The
    lines of a site's menus and boxes are the same on all of its pages, so the answers are
    remembered.

    >>> line_labels("Audio Only") == IS_CHROME, line_labels("12 comments") & IS_COMMENT
    (True, 4)
    """
    key = trim(line)
    size = len(line)
    possible = _possible(key)
    labels = IS_SUBSCRIBE if _is_subscribe(line, possible) else 0
    if size <= _POINTER_LENGTH and _is_related(line, key, possible):
        labels |= IS_RELATED
    if size <= _POINTER_LENGTH // 2 and _is_credit(line, key, possible):
        labels |= IS_CREDIT
    if size <= _LABEL_LENGTH:
        if _is_chrome(key):
            labels |= IS_CHROME
        if _is_comment(key):
            labels |= IS_COMMENT
        if key in ENDING_LABELS:
            labels |= IS_ENDING
    return labels


def is_byline(text: str) -> bool:
    """Whether a text begins as a byline does, with a phrase that nothing else begins with."""
    match = _BYLINE.match(text)
    return match is not None and match["sure"] is not None


def strip_byline_prefix(text: str) -> str:
    """Return a byline without its "By"; a preposition that begins a surname stays.

    >>> strip_byline_prefix("Von Anna Weiß"), strip_byline_prefix("Di Maio")
    ('Anna Weiß', 'Di Maio')
    """
    match = _BYLINE.match(text)
    if match is None:
        return text.strip()
    rest = text[match.end() :].strip()
    if match["particle"]:
        # "Von Storch" is a surname; "Von Eva Storch" and "von Eva Storch" are bylines.
        is_byline = rest[:1].isupper() and (match["particle"].islower() or " " in rest)
        return rest if is_byline else text.strip()
    return rest
