"""Site lists: what they may say, and how their mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.site_list.site_list import SiteEntry, SiteListError, parse_site_list, read_site_list

SITE = '[[site]]\nname = "A"\nstart = "https://a.example/"\n'
"""A table of three lines, to which a test adds a fourth."""


def mistakes(text: str) -> list[str]:
    with pytest.raises(SiteListError) as refused:
        parse_site_list(text, Path("sites.toml"))
    assert str(refused.value) == "\n".join(refused.value.problems)
    return refused.value.problems


def test_an_outlet_needs_a_name_and_an_address_and_no_more() -> None:
    listed = parse_site_list(SITE, Path("sites.toml"))
    assert listed.entries == (SiteEntry("A", ("https://a.example/",)),)
    assert listed.contact == ""


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + """contact = " desk@example.org "
[defaults]
delay = 2
every = "1h"
headers = { Accept-Language = "fr", X-A = "1" }

[[site]]
name = " Le Courrier "
start = ["courrier.example", "http://www.courrier.example:8080/feed#top"]
language = "fr-CH"
section = "Région"
publisher = "Le Courrier des Monts"
max_pages = 200
max_bytes = 50_000_000
delay = "1.5s"
concurrency = 2
every = "15m"
headers = { X-A = "2" }
allowed_hosts = ["*.Blogs.example", "bücher.example"]
section_depth = 0
render = true
enabled = false
""".replace("\n", "\r\n").encode()
    )
    listed = read_site_list(path)
    assert listed.contact == "desk@example.org"
    assert listed.entries == (
        SiteEntry(
            name="Le Courrier",
            start=("https://courrier.example/", "http://www.courrier.example:8080/feed"),
            language="fr-CH",
            section="Région",
            publisher="Le Courrier des Monts",
            max_pages=200,
            max_bytes=50_000_000,
            delay=1.5,
            concurrency=2,
            every=900.0,
            headers={"Accept-Language": "fr", "X-A": "2"},
            allowed_hosts=("blogs.example", "xn--bcher-kva.example"),
            section_depth=0,
            render=True,
            enabled=False,
        ),
    )


def test_defaults_hold_where_an_outlet_says_nothing() -> None:
    text = f'[defaults]\ndelay = 3\nlanguage = "en"\n{SITE}language = "de"\n'
    (entry,) = parse_site_list(text, Path("sites.toml")).entries
    assert (entry.delay, entry.language, entry.concurrency) == (3.0, "de", None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('langauge = "en"', "unknown key 'langauge'; did you mean 'language'?"),
        ("colour = 1", "unknown key 'colour'"),
        ("section = 5", "section: expected text in quotes, not 5"),
        ('section = " "', 'section: expected text in quotes, not " "'),
        (
            'language = "Deutsch!"',
            'language: expected a language tag such as "en" or "pt-BR", not "Deutsch!"',
        ),
        ("max_pages = 0", "max_pages: expected a whole number from 1 on, not 0"),
        ("max_pages = true", "max_pages: expected a whole number from 1 on, not true"),
        ("max_bytes = 1.5", "max_bytes: expected a whole number from 1 on, not 1.5"),
        ("section_depth = -1", "section_depth: expected a whole number from 0 on, not -1"),
        (
            "delay = -1",
            'delay: expected a time such as "90s", "15m", "6h" or "1d", not -1',
        ),
        (
            "every = 15",
            'every: expected a time such as "90s", "15m", "6h" or "1d", not 15',
        ),
        (
            'every = "15 minutes"',
            'every: expected a time such as "90s", "15m", "6h" or "1d", not "15 minutes"',
        ),
        ('enabled = "no"', 'enabled: expected true or false, not "no"'),
        ("headers = [1]", "headers: expected a table, not a list"),
        ("headers = { A = 1 }", "headers.A: expected text in quotes, not 1"),
        ('headers = { A = "a\\nB: c" }', 'headers.A: expected text in quotes, not "a\\nB: c"'),
        ('headers = { "A B" = "1" }', "headers.A B: this is no name of a header"),
        (
            'headers = { user-agent = "Mozilla" }',
            (
                "headers.user-agent: this header cannot be set; crawls go by their own name:"
                " set contact instead"
            ),
        ),
        (
            'allowed_hosts = "https://b.example/"',
            'allowed_hosts: expected a host such as "news.example.org", not "https://b.example/"',
        ),
        ("allowed_hosts = { a = 1 }", "allowed_hosts: expected a list of texts, not a table"),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, said: str) -> None:
    assert mistakes(f"{SITE}{line}\n") == [f"sites.toml:4: {said}"]


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    assert mistakes("""contakt = "me"
[defaults]
name = "x"
delay = "soon"

[[site]]
start = [
  "https://a.example/world",
  "ftp://a.example/",
  "https://www.a.example/world/?utm_source=x",
]

[[site]]
name = "Two"
start = []

[[site]]
name = "two"
start = "http://a.example/world"
""") == [
        "sites.toml:1: unknown key 'contakt'; did you mean 'contact'?",
        "sites.toml:3: name is each outlet's own and has no default",
        'sites.toml:4: delay: expected a time such as "90s", "15m", "6h" or "1d", not "soon"',
        "sites.toml:6: this [[site]] has no name",
        "sites.toml:9: start: 'ftp://a.example/' is no http or https address",
        "sites.toml:10: start: https://www.a.example/world/ is there already, in line 8",
        "sites.toml:13: this [[site]] has no start",
        "sites.toml:18: name: 'two' is there already, in line 14",
        "sites.toml:19: start: http://a.example/world is there already, in line 8",
    ]


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ('[[site]]\nname = "A\n', "sites.toml:2: ", "in column 10"),
        ('[[site]]\nname = "A"\nname = "B"\n', "sites.toml:3: ", "overwrite"),
        ('[[site]]\nname = """A\n', "sites.toml:2: ", "at the end of the file"),
        ("", "sites.toml:1: ", "there is no [[site]] table in it"),
        ('# a\n[site]\nname = "A"\n', "sites.toml:2: ", "write [[site]], with two brackets"),
        ('site = "A"\n', "sites.toml:1: ", "write [[site]], with two brackets"),
        ("defaults = 1\n" + SITE, "sites.toml:1: ", "write it as a table, [defaults]"),
        ("contact = 1\n" + SITE, "sites.toml:1: ", "expected a web or mail address in quotes"),
        ("a = " + "[" * 5_000, "sites.toml", "cannot be read as TOML"),
        ("a = " + "9" * 5_000, "sites.toml", "cannot be read as TOML"),
        ("a = 1\x00\n", "sites.toml:1: ", "in column 6"),
    ],
)
def test_what_is_no_site_list_is_told_in_one_line(text: str, start: str, words: str) -> None:
    (problem,) = mistakes(text)
    assert problem.startswith(start)
    assert words in problem
    assert "\n" not in problem


def test_a_file_that_is_missing_or_no_text(tmp_path: Path) -> None:
    missing = tmp_path / "sites.toml"
    with pytest.raises(SiteListError, match="cannot be read: No such file or directory"):
        read_site_list(missing)
    missing.write_bytes(b'[[site]]\nname = "caf\xe9"\n')
    with pytest.raises(SiteListError) as refused:
        read_site_list(missing)
    assert refused.value.problems == [f"{missing}:2: this is not UTF-8 text"]


def test_outlets_are_chosen_by_name_or_because_they_are_enabled() -> None:
    more = '[[site]]\nname = "The Harbour Post"\nstart = "https://b.example/"\nenabled = false\n'
    listed = parse_site_list(SITE + more, Path("sites.toml"))
    assert [entry.name for entry in listed.chosen()] == ["A"]
    assert [entry.name for entry in listed.chosen(["the harbour post"])] == ["The Harbour Post"]
    with pytest.raises(SiteListError) as refused:
        listed.chosen(["A", "harbour post", "zzz"])
    assert refused.value.problems == [
        "sites.toml: no site is called 'harbour post'; did you mean 'The Harbour Post'?",
        "sites.toml: no site is called 'zzz'",
    ]


def test_an_entry_knows_its_domains_and_hosts() -> None:
    entry = SiteEntry(
        "A",
        ("https://www.a.co.uk/", "http://127.0.0.1:8000/feed"),
        allowed_hosts=("blogs.b.example",),
    )
    assert entry.domains == {"a.co.uk", "127.0.0.1", "blogs.b.example"}
    assert entry.hosts == {
        "a.co.uk", "www.a.co.uk", "127.0.0.1", "blogs.b.example", "www.blogs.b.example"
    }  # fmt: skip
