"""How Sphinx builds the documentation: ``sphinx-build -W docs docs/_build``."""

from __future__ import annotations

from importlib.metadata import version as installed_version

project = "newscrawl"
author = "The newscrawl founders"
release = version = installed_version("newscrawl")

extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = "newscrawl"
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
