"""On which line a key of a TOML document stands."""

from __future__ import annotations

import tomllib

import pytest

from newscrawl.site_list.toml_lines import TomlLines

DOCUMENT = r'''# a comment with [[site]] and "quotes
top = "a # no comment"
"quoted key" = 1
multi = """
[[site]]
name = "not this one" \""""

[table]
dotted.key = 1
other = [ # after a bracket ]
  "one, two",
  ["nested", "list"], { inline = 1, second = 2 },

  'last ]',
]

[[site]]
name = 'first'
  [site.headers]
  Accept = "x"
[[site]]
name = "second"
headers = { A = "1" }
[[site.part]]
a = 1
[[site.part]]
a = 2

[site.headers2] # comment
b = 1'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("multi",), 4),
        (("table",), 8),
        (("table", "dotted", "key"), 9),
        (("table", "other"), 10),
        (("table", "other", 0), 11),
        (("table", "other", 1), 12),
        (("table", "other", 2), 12),
        (("table", "other", 3), 14),
        (("site",), 17),
        (("site", 0), 17),
        (("site", 0, "name"), 18),
        (("site", 0, "headers", "Accept"), 20),
        (("site", 1), 21),
        (("site", 1, "name"), 22),
        (("site", 1, "headers", "A"), 23),
        (("site", 1, "part", 0, "a"), 25),
        (("site", 1, "part", 1, "a"), 27),
        (("site", 1, "headers2", "b"), 30),
        (("no", "such"), 1),
    ],
)
def test_every_key_and_element_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(DOCUMENT)
    assert TomlLines(DOCUMENT)[path] == line
