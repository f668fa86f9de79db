"""The worst pages as one self-contained HTML page: expected and found side by side."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

from newscrawl.evaluation.mistakes import FIELDS, Mistake, mistake_of
from newscrawl.evaluation.runner import PageResult

# Words with the white space before them: joined again they are the text.
_TOKEN = re.compile(r"\s*\S+|\s+\Z")

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
h2 { font-size: 1.1rem; border-top: 1px solid #999; padding-top: 1rem }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th { text-align: left; width: 6rem } thead th { width: auto } thead th:first-child { width: 6rem }
th, td { border: 1px solid #ccc; padding: .3rem .5rem; vertical-align: top }
td { white-space: pre-wrap; overflow-wrap: anywhere }
.missing { background: #ffd7d5 } .extra { background: #d3f0d8 } .nothing { color: #777 }
"""


def errors_page(title: str, results: list[PageResult]) -> str:
    """Return an HTML document with the mistakes on each page, differing words marked.

    ``results`` are the pages to show, as ``worst()`` gives them. Every string of theirs is
    escaped, and an address is a link only if it is of http or https.
    """
    sections = "\n".join(_section(result) for result in results)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>{escape(title)}</h1>\n"
        f'<p><span class="missing">expected, not found</span> '
        f'<span class="extra">found, not expected</span></p>\n'
        f"{sections}\n</body></html>\n"
    )


def _section(result: PageResult) -> str:
    rows = "\n".join(
        _row(mistake) for field in FIELDS if (mistake := mistake_of(result, field)) is not None
    )
    outcome = result.outcomes[0]
    f1 = f" · body F1 {outcome.scores['f1']:.3f}" if "f1" in outcome.scores else ""
    error = f'<p class="missing">{escape(outcome.error)}</p>' if outcome.error else ""
    return (
        f"<section><h2>{escape(result.truth.id)}{f1}</h2><p>{_link(result.truth.url)}</p>{error}"
        f"<table><thead><tr><th>field</th><th>expected</th><th>found</th></tr></thead>\n"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _link(url: str) -> str:
    shown = escape(url)
    return f'<a href="{shown}">{shown}</a>' if url.startswith(("https://", "http://")) else shown


def _row(mistake: Mistake) -> str:
    expected, found = marked(_shown(mistake.expected), _shown(mistake.found))
    return (
        f"<tr><th>{mistake.field}</th><td dir=auto>{expected or _NOTHING}</td>"
        f"<td dir=auto>{found or _NOTHING}</td></tr>"
    )


_NOTHING = '<span class="nothing">nothing</span>'


def _shown(value: str | list[str] | None) -> str:
    return "\n".join(value) if isinstance(value, list) else value or ""


def marked(expected: str, found: str) -> tuple[str, str]:
    """Return both texts as HTML, the words that only one of them has in a marked span.

    >>> marked("a new hall", "a hall")
    ('a<span class="missing"> new</span> hall', 'a hall')
    """
    left, right = _TOKEN.findall(expected), _TOKEN.findall(found)
    matcher = SequenceMatcher(None, [t.strip() for t in left], [t.strip() for t in right])
    left_html, right_html = [], []
    for change, start, end, other_start, other_end in matcher.get_opcodes():
        same = change == "equal"
        left_html.append(_span("".join(left[start:end]), "" if same else "missing"))
        right_html.append(_span("".join(right[other_start:other_end]), "" if same else "extra"))
    return "".join(left_html), "".join(right_html)


def _span(text: str, name: str) -> str:
    return f'<span class="{name}">{escape(text)}</span>' if name and text else escape(text)
