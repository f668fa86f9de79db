"""JSON-LD scripts to typed nodes; broken ones: tests/hostile/test_bad_input.py."""

from __future__ import annotations

import json

from newscrawl.page.json_ld import MAX_JSON_LD, MAX_LEVELS, MAX_NODES, read_json_ld


def test_nodes_are_found_wherever_the_page_itself_is_described():
    data = {
        "@graph": [
            {"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "A"}},
            [{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem"}]}],
        ]
    }
    types = [node["@type"] for node in read_json_ld([json.dumps(data)])]
    assert types == ["WebPage", "NewsArticle", "BreadcrumbList", "ListItem"]


def test_what_an_article_is_about_is_no_node_of_the_page():
    data = {"@type": "NewsArticle", "about": {"@type": "NewsArticle", "headline": "Other"}}
    assert read_json_ld([json.dumps(data)]) == [data]


def test_a_comma_in_a_text_is_not_a_trailing_one():
    assert read_json_ld(['{"@type":"A","name":"one,]two,}"}']) == [
        {"@type": "A", "name": "one,]two,}"}
    ]


def test_of_an_article_broken_by_a_quote_the_whole_fields_are_saved():
    script = (
        '{"@type": "NewsArticle", "headline": "A hall", "description": "So "new" it is",'
        ' "datePublished": "2024-05-06", "articleSection": "The "old" town"}'
    )
    assert read_json_ld([script]) == [
        {"@type": "NewsArticle", "headline": "A hall", "datePublished": "2024-05-06"}
    ]


def test_nothing_is_saved_of_a_broken_script_that_is_no_article():
    assert read_json_ld(['{"@type": "Person", "headline": "A", "x": "y"z"}']) == []


def test_long_numbers_are_kept_as_they_are_written():
    assert read_json_ld([f'{{"@type":"A","n":{"9" * 5000},"m":12}}']) == [
        {"@type": "A", "n": "9" * 5000, "m": 12}
    ]


def test_what_is_too_deep_is_dropped_and_the_rest_kept():
    deep = '{"@type":"A","name":"kept","x":' + '{"x":' * 500 + "1" + "}" * 501
    (node,) = read_json_ld([deep])
    assert node["name"] == "kept"
    levels = 0
    while node := node.get("x"):
        levels += 1
    assert 0 < levels <= MAX_LEVELS


def test_nodes_and_characters_are_bounded_over_all_scripts():
    assert len(read_json_ld(['[{"@type":"A"}]' for _ in range(MAX_NODES + 9)])) == MAX_NODES
    huge = json.dumps({"@type": "A", "name": "x" * MAX_JSON_LD})
    assert read_json_ld([huge, '{"@type":"B"}']) == [{"@type": "B"}]
