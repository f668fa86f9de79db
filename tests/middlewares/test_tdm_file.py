"""tdmrep.json as it should be, and as it comes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.middlewares.tdm_file import TdmFile

SITE = "https://paper.example"


def rights(rules: Any, path: str) -> dict[str, str]:
    body = rules if isinstance(rules, bytes) else json.dumps(rules).encode()
    found = TdmFile.parse(body).rights(SITE + path)
    assert all(right["source"] == "tdmrep.json" for right in found.values())
    return {name: right["value"] for name, right in found.items()}


def test_the_first_rule_that_matches_counts() -> None:
    rules = [
        {"location": "/news/free/", "tdm-reservation": 0},
        {"location": "/news/", "tdm-reservation": 1, "tdm-policy": f"{SITE}/policy.json"},
        {"location": "/*.pdf$", "tdm-reservation": "1"},
    ]
    assert rights(rules, "/news/free/a") == {"tdm_reservation": "0"}
    policy = {"tdm_reservation": "1", "tdm_policy": f"{SITE}/policy.json"}
    assert rights(rules, "/news/a.pdf") == policy
    assert rights(rules, "/a.pdf") == {"tdm_reservation": "1"}
    assert rights(rules, "/a.pdf?x") == {}
    assert rights(rules, "/") == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>not found</html>",
        b"\xff\xfe",
        b"null",
        b"1",
        b"[" * 100_000,
        b"[[]]",
        b'[{"location": "/"}]',
        b'[{"tdm-reservation": 1}]',
        b'[{"location": "/", "tdm-reservation": 2}]',
        b'[{"location": "/", "tdm-reservation": [1]}]',
        b'[{"location": 7, "tdm-reservation": 1}]',
        b'[{"location": "", "tdm-reservation": 1}]',
        b'[{"location": "news", "tdm-reservation": 1}]',
    ],
)
def test_what_is_no_rule_reserves_nothing(body: bytes) -> None:
    assert rights(body, "/news") == {}


def test_a_single_rule_without_its_brackets_and_a_pattern_of_two_lines() -> None:
    assert rights({"location": "/", "tdm-reservation": 1}, "/a") == {"tdm_reservation": "1"}
    smuggled = [{"location": "/a\nDisallow: /b", "tdm-reservation": 1, "tdm-policy": 7}]
    assert rights(smuggled, "/a") == {"tdm_reservation": "1"}
    assert rights(smuggled, "/b") == {}
