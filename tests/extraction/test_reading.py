"""Whole pages whose text is not what stands between their tags."""

from __future__ import annotations

import pytest

from newscrawl import extract

CHROME = (
    "<header><a href=/>The Vale Echo</a></header><nav><ul><li><a href=/n>News</a><li><a href=/s>"
    "Sport</a><li><a href=/w>Weather</a></ul></nav>"
)
FOOTER = "<footer><a href=/about>About us</a><p>© 2026 The Vale Echo</p></footer>"
CLIPPED = "border:0;clip:rect(0,0,0,0);height:1px;position:absolute;width:1px"
ENGLISH = [
    (
        "The swing bridge at Calder Mouth will close to all "
        "traffic from Monday after engineers found "
        "cracks in two of the steel pins that hold its eastern span, the harbour board said."
    ),
    (
        "Inspectors noticed the damage during a routine dive "
        "last week. The pins were cast in 1934 and "
        "were meant to be replaced in 2011, according to minutes of the board."
    ),
    (
        "About 6,200 vehicles cross the bridge each day. Drivers will be sent over the viaduct, a "
        "detour of nineteen miles, while walkers can use a small passenger boat."
    ),
    (
        "Shopkeepers on the western bank are less patient. "
        "Takings in the arcade fell by a third when "
        "the bridge was shut for painting, and several say they would not survive it again."
    ),
    (
        "New pins have been ordered from a foundry in the north, which expects to deliver them in "
        "fourteen weeks. The board will decide in January whether the bridge can open."
    ),
]
KOREAN = [
    (
        "백현군은 군립 실내 수영장을 12월부터 닫기로 했다. 지붕 수리비"
        "가 애초 예상의 두 배 가까이 들 것이라는 "
        "전문가 조사 결과가 나왔기 때문이다."
    ),
    (
        "군에 따르면 지난여름 점검에서 나무 들보에 물이 스며든 것이"
        " 발견됐다. 그 뒤로 어린이 풀의 천장은 "
        "쇠기둥이 받치고 있으며 다이빙대는 쓸 수 없다."
    ),
    (
        "군의회는 화요일 밤 네 시간 가까운 토론 끝에 찬성 11표, 반대"
        " 7표로 폐쇄를 결정했다. 방청석에서는 여러 "
        "학부모가 발언을 요청했다."
    ),
    (
        "수영장은 여섯 마을의 학생 1천400여 명이 매주 이용해 왔다. "
        "도는 이웃 도시의 시설에서 시간을 얻을 수 "
        "있는지 알아보고 있지만 이미 예약이 꽉 찼다."
    ),
]
JAPANESE = [
    (
        "白浜町は、町営の屋内プールを12月から閉鎖すると発表した。屋根の修"
        "理費が当初の見積もりの約2倍に膨らむことが、"
        "専門家の調査で分かったためだ。"
    ),
    (
        "町によると、今年の夏の点検で木製の梁に水がしみ込んでいるのが見"
        "つかった。それ以来、子ども用プールの天井は"
        "鉄の柱で支えられている。"
    ),
    (
        "町議会は火曜日の夜、4時間近い議論の末、賛成11、反対7で閉鎖を決め"
        "た。傍聴席からは何人もの保護者が発言を求めた。"
    ),
    (
        "プールは周辺の六つの町村の児童生徒およそ1400人が毎週利用してき"
        "た。県は近くの市の施設に時間を割り振れないか"
        "調べている。"
    ),
]


def page(language, title, story, head=""):
    return (
        f"<!doctype html><html lang={language}><title>{title} | The Vale Echo</title>{head}"
        f"<body>{CHROME}<main><h1>{title}</h1>{story}</main>{FOOTER}"
    )


@pytest.mark.parametrize(
    ("language", "texts"),
    [("en", ENGLISH), ("ko", KOREAN), ("ja", JAPANESE)],
    ids="en ko ja".split(),
)
@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("<pre>", "\n\n", "</pre>"),
        ("<div style='white-space: pre-line'>", "\n\n", "</div>"),
        ("<div class='prose whitespace-pre-wrap'>", "\r\n\r\n", "</div>"),
        ("<article class=c1><div>", "<br><br>", "</div></article>"),
        ("<article class=c1><div>\u3000", "<br>\n\u3000", "</div></article>"),
        ("<div><span class=paragraph>", "</span>\n<span class=paragraph>", "</span></div>"),
        ("<p><span><font>", "</font></span></p><p><span><font>", "</font></span></p>"),
    ],
    ids=["agency", "pre-line", "utility", "breaks", "indented", "named spans", "fonts"],
)  # fmt: skip
def test_each_paragraph_is_one_however_it_is_set(language, texts, before, between, after):
    found = extract(page(language, texts[0][:20], before + between.join(texts) + after))
    assert found.body == "\n\n".join(texts)


def test_spans_with_nothing_between_are_paragraphs():
    story = f"<div class=rt><span>{'</span><span>'.join(ENGLISH)}</span></div>"
    assert extract(page("en", "Bridge to close", story)).body == "\n\n".join(ENGLISH)


@pytest.mark.parametrize(
    ("head", "note"),
    [
        ("", f"<span style='{CLIPPED}'>{{}}</span>"),
        ("", "<span class=visually-hidden>{}</span>"),
        ("", "<small hidden>{}</small>"),
        ("<style>.e9{position:absolute;clip:rect(0 0 0 0)}</style>", "<span class=e9>{}</span>"),
        ("", "<span class=e19k>{}</span>"),
    ],
    ids=["inline", "utility", "attribute", "hashed and styled", "hashed"],
)  # fmt: skip
@pytest.mark.parametrize(
    "words", [", opens new tab", " (opens in a new window)", " (external link)"]
)
def test_sentences_hold_no_words_for_screen_readers(head, note, words):
    linked = ENGLISH[1].replace(
        "minutes of the board", f"<a href=/m>minutes of the board{note.format(words)}</a>"
    )
    story = "".join(f"<p>{text}</p>" for text in [ENGLISH[0], linked, *ENGLISH[2:]])
    found = extract(page("en", "Bridge to close", story, head))
    assert found.body == "\n\n".join(ENGLISH)


def test_furigana_are_read_in_no_field():
    story = (
        "<figure><img src=/a.jpg>"
        "<figcaption><ruby>閉鎖<rp>(</rp><rt>へいさ</rt><rp>)</rp></ruby>されるプール</figcaption>"
        "</figure>"
        + "".join(f"<p>{text}</p>" for text in JAPANESE).replace(
            "閉鎖", "<ruby><rb>閉</rb><rt>へい</rt><rb>鎖</rb><rt>さ</rt></ruby>"
        )
    )
    title = "白浜町のプール<ruby>閉鎖<rt>へいさ</rt></ruby>へ"
    found = extract(
        page("ja", title, story).replace(f"<title>{title}", "<title>白浜町のプール閉鎖へ")
    )
    assert found.headline == "白浜町のプール閉鎖へ"
    assert found.caption == "閉鎖されるプール"
    assert found.body == "\n\n".join(JAPANESE)


def test_numbers_formulas_and_letters_set_large_are_read_as_they_are_meant():
    story = "".join(
        f"<p>{text}</p>"
        for text in [
            f"<span class=dropcap>{ENGLISH[0][0]}</span>{ENGLISH[0][1:]}",
            (
                "The river carries 10<sup>6</sup> tonnes of silt "
                "over a bed of 400 m<sup>2</sup>, and "
                "its mud gives off CO<sub>2</sub> when it is dredged.<sup><a href='#n1'>1</a></sup>"
            ),
            (
                "The rule is <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>"
                "</math>, and the river&shy;bed of the 19<sup>th</sup> "
                "century was half as wide as it is now."
            ),
            *ENGLISH[2:],
        ]
    )
    assert extract(page("en", "Bridge to close", story)).body == "\n\n".join(
        [
            ENGLISH[0],
            (
                "The river carries 10⁶ tonnes of silt over a bed of "
                "400 m², and its mud gives off CO2 "
                "when it is dredged."
            ),
            (
                "The rule is E = mc², and the riverbed of the 19th "
                "century was half as wide as it is "
                "now."
            ),
            *ENGLISH[2:],
        ]
    )
