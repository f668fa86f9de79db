"""Near duplicates: copies of one text meet, other texts do not."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys

import pytest

from newscrawl.extraction.near_duplicates import (
    BANDS,
    LEAST_WORDS,
    SAME,
    Signature,
    bands,
    signature,
    similarity,
)

FERRY = """\
The first ferry of the day will once again leave Port Lorne before the sun is up. The county \
council voted on Tuesday evening to pay for a sailing at twenty to six, fourteen months after \
the old one was struck from the timetable to save fuel.

Islanders had lived since then with a first boat at nine, too late for the fish market on the \
mainland and for the two dozen pupils who board there. "We were a commuter town, and then for \
a year we were not," said Moira Tulloch, who runs the harbour shop.

The money comes from a fund meant for the repair of piers. Critics on the benches called that \
a hole dug to fill another, but nobody voted against the plan in the end, and three members \
abstained. The operator now has four weeks to find a crew for the morning watch.

Fares stay as they are until the spring, when the council will look at the number of passengers \
and decide again. Should fewer than forty people a day use the early boat, it may be cut once more.
"""
MARKET = """\
The covered market by the river is to be rebuilt from its foundations, after eleven winters in \
which its roof of 1903 let the rain in. The town's architects showed a model on Friday with walls \
of brick and a hall of glass between them.

Traders are to move into tents on the quay while the work goes on. Many fear that customers will \
not find them there. The chair of their guild asked for signs at the station and a lower rent, \
and the mayor promised both in front of the cameras.

Work should begin in the autumn and last for about two years. The cost is put at four million, \
half of which the region will bear, and the rest is to come from the sale of an old depot.
"""
JAPANESE = (
    "港町の市議会は火曜日の夜、島への早朝便を再開する予算案を賛成多数で可決した。早朝便は燃料費を"
    "節約するため一年二か月前に廃止され、住民は午前九時まで本土へ渡ることができなかった。漁業者は魚市場"
    "の競りに間に合わず、本土の学校に通う生徒も寮に入るしかなかったという。財源には桟橋の修繕基金が充て"
    "られる。運航会社は四週間以内に乗組員を確保しなければならない。運賃は春まで据え置かれ、その後に利用"
    "者数を見て改めて判断する方針だ。"
)
JAPANESE_OTHER = (
    "川沿いの屋内市場が基礎から建て直されることになった。一九〇三年に造られた屋根は十一年にわたって雨漏"
    "りが続いていた。市の建築課は金曜日、煉瓦の壁とガラスの広間を組み合わせた模型を公開した。工事の間、"
    "商店は岸壁に張ったテントで営業する。客が来なくなると心配する声も多く、組合長は駅への案内板の設置と"
    "賃料の引き下げを求めた。工事は秋に始まり、およそ二年かかる見込みで、費用は地域が半分を負担する。"
)


def reworded(body: str, share: float) -> str:
    chance = random.Random(3)
    return " ".join(
        f"word{chance.random()}" if chance.random() < share else word for word in body.split(" ")
    )


PARAGRAPHS = FERRY.split("\n\n")
COPIES = {
    "first half": FERRY[: len(FERRY) // 2],
    "a paragraph of its own": "\n\n".join([*PARAGRAPHS[:2], MARKET.split("\n\n")[1]]),
    "dateline": f"PORT LORNE, March 12 (Agency) — {FERRY}",
    "typography": FERRY.replace('"', "”").replace(" ", "\u00a0").upper(),
    "headline inside": f"Islanders win back the dawn ferry\n\n{FERRY}",
    "a tenth of the words": reworded(FERRY, 0.1),
    "a fifth of the words": reworded(FERRY, 0.2),
    "paragraphs in another order": "\n\n".join(reversed(PARAGRAPHS)),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_agency_copy_edited_by_an_outlet_is_the_same_text_and_is_looked_up(copy):
    original, edited = signature(FERRY), signature(copy)
    assert similarity(original, edited) >= SAME
    assert set(bands(original)) & set(bands(edited))


def test_the_same_text_is_wholly_alike_and_another_text_is_not():
    ferry, market = signature(FERRY), signature(MARKET)
    assert similarity(ferry, ferry) == 1
    assert similarity(ferry, market) < SAME / 2
    assert not set(bands(ferry)) & set(bands(market))


def test_a_shared_note_does_not_make_one_text_of_two():
    note = (
        "\n\nThis report was made with support of the fund for local journalism. The fund has no "
        "say in what is reported. Readers can reach our desk by letter, or come to the office."
    )
    assert similarity(signature(FERRY + note), signature(MARKET + note)) < SAME


def test_a_brief_within_a_long_roundup_is_not_the_same_text():
    brief = " ".join(f"brief{place}" for place in range(60))
    roundup = brief + " " + " ".join(f"other{place}" for place in range(1000))
    assert similarity(signature(brief), signature(roundup)) < SAME


def test_scripts_without_spaces_are_compared_by_characters():
    original = signature(JAPANESE)
    edited = JAPANESE.replace("火曜日の夜", "二十四日").replace("運航会社", "フェリー会社")
    assert similarity(original, signature(edited)) >= SAME
    assert similarity(original, signature(JAPANESE[: len(JAPANESE) * 2 // 3])) >= SAME
    assert similarity(original, signature(JAPANESE_OTHER)) < SAME / 2


@pytest.mark.parametrize(
    "body",
    ["", " \n", "!" * 5000, "word " * (LEAST_WORDS - 1), JAPANESE[: 2 * LEAST_WORDS - 10]],
)
def test_a_short_body_belongs_to_no_cluster(body):
    short = signature(body)
    assert short == b""
    assert bands(short) == ()
    assert similarity(short, short) == 0
    assert similarity(short, signature(FERRY)) == 0


@pytest.mark.parametrize("body", ["same " * 500, "\ud800 a" * 100, "ab\x00c " * 100, "a" * 10**6])
def test_strange_bodies_are_taken_as_they_come(body):
    found = signature(body)
    assert len(bands(found)) in (0, BANDS)


def test_a_signature_is_the_same_in_every_process():
    # Python's own hash of a text is not.
    program = (
        "import sys\nfrom newscrawl.extraction.near_duplicates import signature\n"
        "print(signature(sys.stdin.read()).hex())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        input=FERRY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert Signature(bytes.fromhex(other.stdout.strip())) == signature(FERRY)


def test_sqlite_keeps_signatures_and_finds_copies_by_their_bands():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, signature BLOB)")
    database.execute("CREATE TABLE bands (band INTEGER, article INTEGER)")
    for number, body in enumerate((FERRY, MARKET, JAPANESE)):
        kept = signature(body)
        database.execute("INSERT INTO articles VALUES (?, ?)", (number, kept))
        database.executemany("INSERT INTO bands VALUES (?, ?)", [(b, number) for b in bands(kept)])
    new = signature(COPIES["first half"])
    places = ",".join("?" * BANDS)
    found = database.execute(
        "SELECT DISTINCT id, signature FROM bands JOIN articles ON article = id "
        f"WHERE band IN ({places})",
        bands(new),
    ).fetchall()
    assert [number for number, kept in found if similarity(new, Signature(kept)) >= SAME] == [0]
