"""Articles in the data of scripts, in the shapes that editors' systems give them."""

from __future__ import annotations

import html
import json

import pytest

from newscrawl import extract

ENGLISH = [
    "A pair of barn owls has bred in the clock tower of the town hall for the first time in years.",
    "Volunteers had fixed a box behind the north face. For fourteen months nothing moved in.",
    "The caretaker heard hissing in May and thought at first that a steam pipe had burst.",
    "The bells will stay silent until August, when the young are expected to have moved on.",
    "After that the quarter chimes return, though at half of their former volume, he said.",
]
GERMAN = [
    (
        "Das Hallenbad von Hohenwarth schließt im Dezember, weil "
        "die Sanierung des Daches zu teuer ist."
    ),
    "Im Sommer war Wasser in die Balken gedrungen. Seither stützen eiserne Säulen die Decke.",
    "Der Gemeinderat stimmte nach vier Stunden mit elf zu sieben Stimmen für die Schließung.",
    (
        "„Die Kinder werden im Weiher schwimmen lernen“, sagte "
        "eine Mutter, die Unterschriften sammelt."
    ),
    "Ob an gleicher Stelle neu gebaut wird, entscheiden die Bürger im kommenden Frühjahr.",
]
JAPANESE = [
    "白浜町は、町営の屋内プールを十二月から閉鎖すると発表した。屋根の修理費が当初の見積もりの二倍に膨らむことが、専門家の調査で分かったためだ。",
    "町によると、今年の夏の点検で木製の梁に水がしみ込んでいるのが見つかった。それ以来、子ども用プールの天井は鉄の柱で支えられている。",
    "町議会は火曜日の夜、四時間近い議論の末、賛成十一、反対七で閉鎖を決めた。傍聴席からは何人もの保護者が発言を求めた。",
    "プールは周辺の六つの町村の児童生徒およそ千四百人が毎週利用してきた。県は近くの市の施設に時間を割り振れないか調べている。",
    "同じ場所に建て直すかどうかは、来年春の住民投票で決める。新築の費用は十四億円と見込まれている。工事は早くても再来年の夏になる。",
]
ARABIC = [
    (
        "أعلنت البلدية إغلاق المسبح المغطى ابتداء من كانون الأول بعد أن "
        "تبين أن إصلاح السقف سيكلف ضعف المبلغ المقدر."
    ),
    (
        "وقالت البلدية إن المياه تسربت إلى العوارض الخشبية في الصيف "
        "الماضي، ومنذ ذلك الحين تسند أعمدة حديدية السقف."
    ),
    (
        "وصوت المجلس ليل الثلاثاء بأحد عشر صوتا مقابل سبعة بعد "
        "نقاش استمر قرابة أربع ساعات في قاعة مزدحمة."
    ),
    "وكان نحو ألف وأربعمئة تلميذ من ست قرى يستخدمون المسبح كل أسبوع، وتبحث المحافظة عن بديل لهم.",
    "ويقرر السكان في استفتاء في الربيع المقبل ما إذا كان سيبنى مسبح جديد في المكان نفسه أم لا.",
]
TEXTS = {"en": ENGLISH, "de": GERMAN, "ja": JAPANESE, "ar": ARABIC}


def arc(texts):
    elements = [{"_id": f"X{i}", "type": "text", "content": text} for i, text in enumerate(texts)]
    picture = {"type": "image", "caption": "An owl.", "url": "/a.jpg"}
    link = {"type": "interstitial_link", "content": "More owls", "url": "/b"}
    return {"content_elements": [elements[0], picture, *elements[1:3], link, *elements[3:]]}


def contentful(texts):
    leaf = {"nodeType": "text", "marks": [], "data": {}}
    paragraphs = [
        {"nodeType": "paragraph", "data": {}, "content": [
            {**leaf, "value": text[:20]},
            {"nodeType": "hyperlink", "data": {"uri": "/x"}, "content": [
                {**leaf, "value": text[20:30]}]},
            {**leaf, "value": text[30:]},
        ]}
        for text in texts
    ]  # fmt: skip
    asset = {"nodeType": "embedded-asset-block", "data": {"target": {"sys": {"id": "1"}}}}
    return {"body": {"json": {"nodeType": "document", "content": [paragraphs[0], asset,
                                                                  *paragraphs[1:]]}}}  # fmt: skip


def portable(texts):
    return {"content": [
        {"_type": "block", "_key": str(i), "style": "normal", "markDefs": [],
         "children": [{"_type": "span", "marks": [], "text": text[:9]},
                      {"_type": "span", "marks": ["strong"], "text": text[9:]}]}
        for i, text in enumerate(texts)
    ]}  # fmt: skip


def editor_js(texts):
    blocks = [{"id": "a", "type": "paragraph", "data": {"text": text}} for text in texts]
    blocks.insert(2, {"type": "image", "data": {"file": {"url": "/a.jpg"}, "caption": "An owl."}})
    return {"time": 1, "version": "2.28", "blocks": blocks}


def prose_mirror(texts):
    return {"doc": {"type": "doc", "content": [
        {"type": "paragraph", "content": [
            {"type": "text", "text": text[:12]},
            {"type": "text", "text": text[12:], "marks": [{"type": "bold"}]}]}
        for text in texts
    ]}}  # fmt: skip


def lexical(texts):
    return {"editorState": json.dumps({"root": {"type": "root", "children": [
        {"type": "paragraph", "children": [{"type": "text", "text": text, "format": 0}]}
        for text in texts
    ]}})}  # fmt: skip


def draft_js(texts):
    blocks = [{"key": "k", "type": "unstyled", "text": t, "inlineStyleRanges": []} for t in texts]
    return {"raw": {"blocks": [*blocks, {"type": "atomic", "text": " "}], "entityMap": {}}}


def slate(texts):
    return {"value": [{"children": [{"text": text}]} for text in texts]}


def gutenberg(texts):
    return {"blocks": [
        {"name": "core/paragraph", "blockName": "core/paragraph", "attributes": {"content": text}}
        for text in texts
    ]}  # fmt: skip


def components(texts):
    return {"components": [
        {"type": "text", "model": {"blocks": [
            {"type": "paragraph", "model": {"text": text, "blocks": [
                {"type": "fragment", "model": {"text": text}}]}}
            for text in texts]}}
    ]}  # fmt: skip


def strings(texts):
    return {"paragraphs": texts}


def typed_names(texts):
    return {"sprinkledBody": {"content": [
        {"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": text}]}
        for text in texts
    ]}}  # fmt: skip


def markup(texts):
    return {"html": "".join(f"<p>{text}</p>" for text in texts)}


SHAPES = [
    arc, contentful, portable, editor_js, prose_mirror, lexical, draft_js, slate, gutenberg,
    components, strings, typed_names, markup,
]  # fmt: skip
MENU = [{"name": f"Section {i}", "url": f"/s/{i}", "text": "All of the news."} for i in range(30)]
TEASERS = [
    {"type": "article", "title": f"Story {i}", "url": f"/n/{i}", "text": f"{ENGLISH[i % 5]} More."}
    for i in range(40)
]
COMMENTS = [
    {"id": i, "user": "Al", "text": f"I think so, too. {ENGLISH[i % 5]}"} for i in range(40)
]


def state_of(shape, texts):
    article = {"headline": "A quiet tower", "id": 7, **shape(texts)}
    return {"menu": MENU, "story": article, "latest": TEASERS, "comments": COMMENTS}


def flight_of(value):
    row = f'1:{json.dumps(["$", "$L2", None, value])}\n2:I["x"]\n'
    pieces = [row[i : i + 300] for i in range(0, len(row), 300)]
    return "".join(
        f"<script>self.__next_f.push({json.dumps([1, piece])})</script>" for piece in pieces
    )


def nuxt_of(value):
    flat: list[object] = []

    def place(inner):
        flat.append(None)
        at = len(flat) - 1
        if isinstance(inner, dict):
            flat[at] = {key: place(v) for key, v in inner.items()}
        elif isinstance(inner, list):
            flat[at] = [place(v) for v in inner]
        else:
            flat[at] = inner
        return at

    place(value)
    return f"<script type=application/json id=__NUXT_DATA__>{json.dumps(flat)}</script>"


CARRIERS = {
    "json": lambda v: f"<script type=application/json>{json.dumps(v)}</script>",
    "assigned": lambda v: f"<script>var a=1;window.__S__ = {json.dumps(v)};b(a)</script>",
    "parsed": lambda v: f"<script>s=JSON.parse({json.dumps(json.dumps(v))})</script>",
    "called": lambda v: f"<script>(self.q=self.q||[]).push(['s', {json.dumps(v)}])</script>",
    "attribute": lambda v: f'<div data-page="{html.escape(json.dumps(v))}"></div>',
    "flight": flight_of,
    "flat": nuxt_of,
}


def page(data):
    return f"<title>A quiet tower</title><div id=app><h1>A quiet tower</h1></div>{data}"


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_article_is_read_and_neither_teasers_nor_comments(shape, language):
    texts = TEXTS[language]
    found = extract(page(CARRIERS["json"](state_of(shape, texts))))
    assert found.body == "\n\n".join(texts)


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("shape", [arc, contentful, portable], ids=lambda shape: shape.__name__)
def test_the_data_may_stand_anywhere(shape, carrier):
    found = extract(page(CARRIERS[carrier](state_of(shape, ENGLISH))))
    assert found.body == "\n\n".join(ENGLISH)


def test_elements_of_react_are_a_text_as_well():
    children = [["$", "p", str(i), {"children": [t[:9], ["$", "em", None, {"children": t[9:]}]]}]
                for i, t in enumerate(ENGLISH)]  # fmt: skip
    children.insert(1, ["$", "figure", None, {"children": ["$", "img", None, {"src": "/a.jpg"}]}])
    rows = f'3:{json.dumps(["$", "div", None, {"children": children}])}\n0:["$L3"]\n'
    pushed = f"<script>self.__next_f.push({json.dumps([1, rows])})</script>"
    assert extract(page(pushed)).body == "\n\n".join(ENGLISH)


def test_a_text_row_of_react_is_as_long_as_its_bytes():
    text = "".join(f"<p>{text}</p>" for text in JAPANESE)
    rows = f'4:T{len(text.encode()):x},{text}5:["$","div",null,{{"html":"$4"}}]\n'
    pushed = f"<script>self.__next_f.push({json.dumps([1, rows])})</script>"
    assert extract(page(pushed)).body == "\n\n".join(JAPANESE)


def test_headings_lists_and_quotations_keep_their_place():
    state = {"blocks": [
        {"type": "paragraph", "data": {"text": ENGLISH[0]}},
        {"type": "header", "data": {"text": "Silent bells", "level": 2}},
        {"type": "list", "data": {"style": "unordered", "items": ["One owl", "Two <b>owls</b>"]}},
        {"type": "quote", "data": {"text": ENGLISH[1], "caption": "The caretaker"}},
        *({"type": "paragraph", "data": {"text": text}} for text in ENGLISH[2:]),
    ]}  # fmt: skip
    found = extract(page(CARRIERS["json"](state)))
    assert found.body == "\n\n".join(
        [ENGLISH[0], "Silent bells", "One owl", "Two owls", *ENGLISH[1:]]
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"authors": [{"name": "Mona Hale"}], "publishedAt": "2026-06-05T08:00:00.000Z",
         "updatedAt": "2026-06-06T09:00:00Z"},
        {"credits": {"by": [{"type": "author", "name": "Mona Hale"}]},
         "first_publish_date": "2026-06-05T08:00:00Z", "last_updated_date": "2026-06-06T09:00:00Z"},
        {"byline": "By Mona Hale", "date": "2026-06-05T08:00:00Z", "modified": "2026-06-06T09:00Z"},
        {"author": {"firstName": "Mona", "lastName": "Hale"},
         "published": {"iso": "2026-06-05T08:00:00+00:00"}, "dateModified": "2026-06-06"},
    ],
)  # fmt: skip
def test_author_and_dates_come_from_the_same_data(facts):
    state = {"story": {"headline": "A quiet tower", **facts, **arc(ENGLISH)},
             "next": {"author": "Ivy Carrow", "publishedAt": "2020-01-01"}}  # fmt: skip
    found = extract(page(CARRIERS["json"](state)))
    assert found.authors == ["Mona Hale"]
    assert (found.date or "").startswith("2026-06-05T08:00:00")
    assert (found.date_modified or "").startswith("2026-06-06")


def test_the_text_whose_data_has_the_headline_comes_before_a_longer_one():
    other = {"headline": "Another story", "body": [*GERMAN, *GERMAN]}
    state = {"a": other, "b": {"headline": "A quiet tower", **portable(ENGLISH)}}
    assert extract(page(CARRIERS["json"](state))).body == "\n\n".join(ENGLISH)


def test_the_rest_of_a_text_whose_beginning_is_shown_is_read():
    shown = "".join(f"<p>{text}</p>" for text in ENGLISH[:3])
    longer = ENGLISH + [f"{text} And {number} more." for number, text in enumerate(ENGLISH)]
    html = f"<title>A quiet tower</title><article><h1>A quiet tower</h1>{shown}</article>"
    data = CARRIERS["json"](state_of(arc, longer))
    assert extract(html + data).body == "\n\n".join(longer)
    other = CARRIERS["json"](state_of(arc, [*GERMAN, *GERMAN]))
    assert extract(html + other).body == "\n\n".join(ENGLISH[:3])


@pytest.mark.parametrize(
    "frame", ['<iframe srcdoc="{}"></iframe>', "<noscript>{}</noscript>"], ids=["frame", "noscript"]
)
def test_frames_and_what_browsers_without_scripts_get_are_read(frame):
    paragraphs = "".join(f"<p>{text}</p>" for text in GERMAN)
    found = extract(page(frame.format(paragraphs)))
    assert found.body == "\n\n".join(GERMAN)


def test_the_body_in_json_ld_is_the_last_resort_and_is_said_to_be():
    node = {"@type": "NewsArticle", "headline": "A quiet tower", "articleBody": "\n".join(ENGLISH)}
    found = extract(page(f"<script type=application/ld+json>{json.dumps(node)}</script>"))
    assert found.body == "\n\n".join(ENGLISH)
    assert found.sources["body"] == "json-ld"
    node["articleBody"] = "".join(f"<p>{text}</p>" for text in ENGLISH)
    found = extract(page(f"<script type=application/ld+json>{json.dumps(node)}</script>"))
    assert found.body == "\n\n".join(ENGLISH)
    data = CARRIERS["json"](state_of(arc, ENGLISH))
    assert extract(page(data)).sources["body"] == "html"


@pytest.mark.parametrize(
    "state",
    [
        {"latest": TEASERS}, {"comments": COMMENTS}, {"menu": MENU}, {"labels": ["Read on"] * 500},
        {"meta": [{"name": "x", "content": f"{text} {i}"} for i, text in enumerate("abc" * 500)]},
        {"ids": list(range(100_000))},
    ],
    ids=["teasers", "comments", "menu", "labels", "meta", "numbers"],
)  # fmt: skip
def test_other_data_is_no_text(state):
    assert not extract(page(CARRIERS["json"](state))).body


NESTED = '{"content":[' * 50_000


@pytest.mark.parametrize(
    "script",
    [
        json.dumps({"a": [{"type": "paragraph", "text": "Words. " * 9}] * 250_000}),
        NESTED,
        "x=" + "[" * 1_000_000,
        "x=[{" * 1_000_000,
        json.dumps([{"a": 0}, *([[1, 2, 0]] * 100_000), "text"]),
        "self.__next_f.push([1," + json.dumps("".join(f'{i:x}:["${i:x}"]\n' for i in range(9_000))),
        "self.__next_f.push([1," + json.dumps("1:" + "[" * 200_000) + "])",
        "self.__next_f.push([1," + json.dumps("1:Tffffffff,text") + "])",
    ],
    ids=["20 MB", "nested", "brackets", "braces", "flat", "rows", "deep rows", "long row"],
)
def test_data_without_end_is_read_in_bounded_time(script):
    extract(page(f"<script>{script}</script>"))
