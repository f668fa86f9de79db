"""How Sphinx builds the documentation: ``sphinx-build -W docs docs/_build``."""

from __future__ import annotations

from importlib.metadata import version as installed_version

project = "newscrawl"
author = "The newscrawl founders"
release = version = installed_version("newscrawl")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "code"
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = True
# Docstrings name classes of other packages, whose documentation is not read here.
nitpick_ignore_regex = [("py:.*", ".*")]

html_theme = "furo"
html_title = "newscrawl"
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
