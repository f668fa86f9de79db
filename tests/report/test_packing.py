from __future__ import annotations

import base64
import json
import zlib

from newscrawl.report.articles import collect
from newscrawl.report.packing import SHORT_BODY, cut_text, pack
from tests.report.samples import record, revised


def unpacked(text):
    return json.loads(
        zlib.decompress(
            base64.b85decode(text.translate(str.maketrans(",/.", "<>&"))), -zlib.MAX_WBITS
        )
    )


def newest(records):
    return collect([(f"a:{n}", each) for n, each in enumerate(records)]).newest()


def varied(count, site="harbourpost.example", words=900):
    """Return records whose bodies do not compress away."""
    bodies = [
        " ".join(f"{(n * 7919 + w * 104729) % 99991:x}" for w in range(words)) for n in range(count)
    ]
    return [record(n, url=f"https://{site}/{n}", body=body) for n, body in enumerate(bodies)]


def test_what_fits_is_whole_and_in_order():
    packed = pack(newest([*revised(1), record(2), *varied(300)]))
    index = unpacked(packed.index)
    records = [versions for block in packed.blocks for versions in unpacked(block)]
    assert len(records) == len(index["headline"]) == packed.articles == 302
    assert index["ends"][-1] == 302
    assert len(packed.blocks) == len(index["ends"]) > 3
    assert packed.short == 0
    assert packed.whole_of_each_site is None
    place = index["headline"].index("Ferry sails on Tuesday")
    latest, older = records[place]
    assert older["headline"] == "Ferry sails on Monday"
    assert latest["body"] == revised(1)[1]["body"]
    assert "headline" not in latest, "the index has it"
    assert index["versions"][place] == 2


def test_what_does_not_fit_is_cut_for_every_site_alike():
    records = [*varied(200), *varied(40, "small.example")]
    whole = pack(newest(records))
    packed = pack(newest(records), most=whole.size * 2 // 3)
    assert packed.size <= whole.size * 2 // 3
    assert packed.articles == 240
    shown = [versions[0] for block in packed.blocks for versions in unpacked(block)]
    kept = {"small.example": 0, "harbourpost.example": 0}
    for each in shown:
        if "_whole" in each:
            assert len(each["body"]) <= SHORT_BODY < each["_whole"]
        else:
            kept[each["url"].split("/")[2]] += 1
    assert kept["harbourpost.example"] == packed.whole_of_each_site > 40
    assert kept["small.example"] == 40
    assert packed.short == 240 - sum(kept.values())


def test_when_nothing_else_helps_the_oldest_articles_go():
    articles = newest(varied(300, words=120))
    packed = pack(articles, most=20_000)
    assert 0 < packed.articles < 300
    assert packed.size <= 20_000
    index = unpacked(packed.index)
    assert index["headline"] == [v[0].record["headline"] for v in articles[: packed.articles]]
    assert pack(articles, most=100).articles == 0
    assert pack([]).articles == 0


def test_the_index_says_what_is_missing():
    packed = pack(newest([record(1, caption=None, authors=[], language=None, headline=None)]))
    index = unpacked(packed.index)
    missing = {name for bit, name in enumerate(index["fields"]) if index["missing"][0] >> bit & 1}
    assert {"caption", "authors", "language", "headline"} <= missing
    assert "body" not in missing
    assert (index["headline"], index["languages"], index["tag"]) == ([""], [""], [""])


def test_texts_are_cut_at_a_paragraph_or_a_word():
    assert cut_text("aaaa bbbb\n\ncccc dddd", 12) == "aaaa bbbb"
    assert cut_text("aaaa bbbb\n\ncccc dddd eeee", 18) == "aaaa bbbb\n\ncccc"
    assert cut_text("字" * 50, 10) == "字" * 10
