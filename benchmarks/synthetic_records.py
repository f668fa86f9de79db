"""Records of invented articles, as many as wanted, like a crawl's of some months.

Lengths and the share of fields that are set are like those of real news (median body 3,800
characters; a tenth revised); the words are invented, with the frequencies of real ones, so that
they compress about as real text does.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawl.items import Article, Image
from newscrawl.text.cleaning import content_hash

SITES = (
    ("harbourpost.example", "The Harbour Post", "en-GB", 24),
    ("courrierdesmonts.example", "Courrier des Monts", "fr", 16),
    ("valleyledger.example", "The Valley Ledger", "en-US", 14),
    ("diariodelrio.example", "Diario del Río", "es", 12),
    ("nordblatt.example", "Nordblatt", "de", 10),
    ("alnahr.example", "النهر", "ar", 8),
    ("ellery-herald.example", "Ellery Herald", "en", 7),
    ("jornaldomar.example", "Jornal do Mar", "pt", 5),
    ("hakon.example", "Håkonsposten", "no", 3),
    ("smalltown.example", "Small Town Gazette", "en", 1),
)
"""(domain, name, language, weight)."""

SECTIONS = ("World", "Politics", "Business", "Culture", "Sport", "Science", "Local")
_SYLLABLES = {
    "latin": "ba be bi bo ca ce co da de di do fa fe ga ge ha he in ka la le li lo ma me mi mo na "
    "ne ni no pa pe po ra re ri ro sa se si so ta te ti to tra ver va ve vi wa en er an un al is "
    "or st nd th ou ment ing".split(),
    "arabic": "ال من في ما با نا لا را سا ها يا كا مو سي رو تا عا دا فا قا ون ين ات".split(),
}


class _Words:
    """A vocabulary whose words are as frequent as Zipf's law has it."""

    def __init__(self, script: str, chance: random.Random, size: int = 20_000) -> None:
        syllables = _SYLLABLES[script]
        found: dict[str, None] = {}
        while len(found) < size:
            # The first words are the commonest: they are short.
            most = 1 + (len(found) > 60) + (len(found) > 1_500)
            found["".join(chance.choices(syllables, k=chance.randint(1, most + 1)))] = None
        self.words = list(found)
        total, self.weights = 0.0, []
        for rank in range(1, size + 1):
            total += 1 / (rank + 2.7)
            self.weights.append(total)
        self.chance = chance

    def take(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, least: int = 8, most: int = 28) -> str:
        words = self.take(self.chance.randint(least, most))
        return f"{words[0].capitalize()} {' '.join(words[1:])}."

    def text(self, characters: int) -> str:
        paragraphs: list[str] = []
        size = 0
        while size < characters:
            paragraph = " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))
            paragraphs.append(paragraph)
            size += len(paragraph)
        return "\n\n".join(paragraphs)


def records(count: int, *, median: int = 3_640, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield the records of so many articles; the revisions of some follow them.

    ``median`` is that of the bodies, in characters.
    """
    chance = random.Random(seed)
    vocabularies = {script: _Words(script, chance) for script in _SYLLABLES}
    begin = datetime(2026, 6, 1, tzinfo=UTC)
    for number in range(count):
        site = chance.choices(SITES, weights=[each[3] for each in SITES])[0]
        words = vocabularies["arabic" if site[2] == "ar" else "latin"]
        published = begin + timedelta(
            minutes=number * 240_000 / count, seconds=chance.randint(0, 59)
        )
        length = int(median * chance.lognormvariate(0, 0.6))
        article = _article(site, number, published, words, length, chance)
        yield article.to_dict()
        if chance.random() < 0.1:
            _revise(article, words, chance)
            yield article.to_dict()


def _article(
    site: tuple[str, str, str, int],
    number: int,
    published: datetime,
    words: _Words,
    length: int,
    chance: random.Random,
) -> Article:
    domain, publisher, language, weight = site
    headline = " ".join(words.take(chance.randint(5, 11))).capitalize()
    section = chance.choice(SECTIONS)
    slug = "-".join(words.take(5)) if language != "ar" else str(number)
    day_only = chance.random() < 0.2
    article = Article(
        url=f"https://www.{domain}/{published:%Y/%m}/{section.lower()}/{slug}-{number}",
        headline=headline,
        date=published.strftime("%Y-%m-%d") if day_only else published.isoformat(),
        body=words.text(length),
        description=words.sentence() if chance.random() < 0.85 else None,
        section=section,
        language=language,
        publisher=publisher,
        fetched_at=(published + timedelta(minutes=chance.randint(5, 90))).isoformat(),
    )
    article.canonical_url = article.url if weight > 5 else None
    if chance.random() < 0.3 + weight / 40:
        names = [" ".join(word.capitalize() for word in words.take(2)) for _ in range(2)]
        article.authors = names[: chance.randint(1, 2)]
    if chance.random() < 0.5:
        article.tags = words.take(chance.randint(1, 5))
    if chance.random() < 0.6:
        article.date_modified = (published + timedelta(minutes=chance.randint(1, 600))).isoformat()
    for picture in range(chance.choices((0, 1, 2, 4), weights=(2, 6, 2, 1))[0]):
        article.images.append(_picture(domain, words, chance, picture))
    if article.images:
        article.caption, article.credit = article.images[0].caption, article.images[0].credit
    sources = {"headline": "json-ld", "date": "json-ld", "body": "html", "description": "meta"}
    article.sources = {**sources, "authors": "json-ld", "images": "html", "section": "url"}
    article.content_hash = content_hash(article.headline, article.body, article.caption)
    return article


def _picture(domain: str, words: _Words, chance: random.Random, place: int) -> Image:
    address = f"https://media.{domain}/{chance.getrandbits(64):016x}/w1200.jpg"
    credited = chance.random() < 0.7
    return Image(
        address,
        words.sentence(5, 14) if place == 0 or chance.random() < 0.6 else None,
        " ".join(word.capitalize() for word in words.take(2)) if credited else None,
        words.sentence(3, 8) if chance.random() < 0.4 else None,
    )


def _revise(article: Article, words: _Words, chance: random.Random) -> None:
    """Change some words of an article, and add a paragraph."""
    paragraphs = (article.body or "").split("\n\n")
    place = chance.randrange(len(paragraphs))
    changed = paragraphs[place].split(" ")
    changed[chance.randrange(len(changed))] = words.take(1)[0]
    paragraphs[place] = " ".join(changed)
    paragraphs.append(words.sentence())
    article.body = "\n\n".join(paragraphs)
    if chance.random() < 0.3:
        article.headline = f"{article.headline} {words.take(1)[0]}"
    article.revision = 2
    fetched = datetime.fromisoformat(article.fetched_at or "")
    article.fetched_at = (fetched + timedelta(hours=chance.randint(1, 30))).isoformat()
    article.content_hash = content_hash(article.headline, article.body, article.caption)
