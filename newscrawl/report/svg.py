"""Vega-Lite specifications drawn as SVG for the page: inert, named, in the page's colours."""

from __future__ import annotations

import re
from typing import Any

import vl_convert
from lxml import etree
from markupsafe import Markup

Spec = dict[str, Any]

_CONFIG: Spec = {
    "background": None,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domainColor": "var(--line-strong)", "tickColor": "var(--line-strong)",
        "gridColor": "var(--line)", "labelColor": "var(--muted)", "titleColor": "var(--muted)",
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelPadding": 6,
        "tickSize": 4, "titlePadding": 10,
    },
}  # fmt: skip
"""Colours are variables of the style sheet, so that one drawing serves a light and a dark page."""

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset({"svg", "g", "path", "line", "text", "rect", "circle"})
_ATTRIBUTES = frozenset(
    """
    viewBox width height transform d x y x1 y1 x2 y2 dx dy r fill fill-opacity stroke stroke-width
    stroke-opacity stroke-dasharray stroke-linecap stroke-miterlimit opacity text-anchor font-size
    font-weight display
    """.split()
)
_REFERENCE = re.compile(r"url\s*\(|:", re.IGNORECASE)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def draw(spec: Spec, label: str) -> Markup:
    """Return the SVG of a specification, named ``label`` for those who do not see it.

    Of what Vega draws only shapes and text are kept: no styles, identifiers, links or scripts.
    What it would have a screen reader say of a mark becomes the mark's ``title``, which browsers
    show under the pointer.
    """
    drawn = vl_convert.vegalite_to_svg(
        {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", **spec},
        config=_CONFIG,
        allowed_base_urls=[],
    )
    root = etree.fromstring(drawn.encode(), _PARSER)
    _clean(root)
    viewbox = root.get("viewBox", "")
    for name in list(root.attrib):
        del root.attrib[name]
    root.set("viewBox", viewbox)
    root.set("role", "img")
    root.set("aria-label", label)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - all of it was looked at


def _clean(element: etree._Element) -> None:
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(_NAMESPACE) not in _ELEMENTS:
            element.remove(child)
            continue
        if child.get("display") == "none" or _draws_nothing(child):
            element.remove(child)
            continue
        _clean(child)
    spoken = element.get("aria-label")
    is_mark = element.get("aria-roledescription") not in (None, "axis", "legend")
    for name in list(element.attrib):
        if name not in _ATTRIBUTES or _REFERENCE.search(element.get(name, "")):
            del element.attrib[name]
    if spoken and is_mark and not len(element):
        title = etree.SubElement(element, f"{_NAMESPACE}title")
        title.text = spoken


def _draws_nothing(element: etree._Element) -> bool:
    return element.tag == f"{_NAMESPACE}path" and (
        not element.get("d") or "background" in (element.get("class") or "").split()
    )
