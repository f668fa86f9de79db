"""What the tests of all schedules share: an outlet to crawl, and the examples put in a folder.

The examples name places where newscrawl is installed on a real machine. A test puts its own
folders in their stead, and a ``newscrawl`` that may crawl loopback and does not wait.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.conftest import LocalSite

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "schedules"
HOST_FILES = {"/robots.txt", "/.well-known/tdmrep.json"}

_INSTALLED = f"""#!/bin/sh
exec {sys.executable} -m newscrawl "$@" --allow-host 127.0.0.0/8 \\
    -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0 -s RETRY_TIMES=0
"""


@dataclass
class Place:
    """A folder that stands for a machine with newscrawl and a site list."""

    folder: Path

    def crawls(self, start: str, more: str = "") -> Self:
        """Write a site list of one outlet."""
        (self.folder / "sites.toml").write_text(
            'contact = "https://example.org/crawler"\n\n'
            f'[[site]]\nname = "The Post"\nstart = "{start}"\n{more}\n'
        )
        return self

    @property
    def records(self) -> list[dict[str, Any]]:
        return self.lines("news.jsonl")

    def lines(self, name: str) -> list[dict[str, Any]]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def fit(self, text: str) -> str:
        """Return an example with this place's folders in it."""
        for installed, here in {
            "/opt/newscrawl/bin": str(self.folder / "bin"),
            "/etc/newscrawl": str(self.folder),
            "/srv/news": str(self.folder),
        }.items():
            text = text.replace(installed, here)
        return text


def settle(folder: Path) -> Place:
    """Install newscrawl in a folder."""
    (folder / "bin").mkdir()
    command = folder / "bin" / "newscrawl"
    command.write_text(_INSTALLED)
    command.chmod(0o755)
    return Place(folder)


def publish(site: LocalSite, number: int) -> None:
    """Put so many articles online, and a feed that lists them."""
    paths = [f"/news/story-{n}-of-the-day" for n in range(number)]
    for n, path in enumerate(paths):
        site.article(path, f"What became of story {n}")
    list_in_feed(site, *(site.url(path) for path in paths))


def list_in_feed(site: LocalSite, *urls: str) -> None:
    items = "".join(f"<item><link>{url}</link></item>" for url in urls)
    body = f'<rss version="2.0"><channel>{items}</channel></rss>'
    site.add("/feed", body, "application/rss+xml")


def asked(site: LocalSite) -> list[str]:
    """Return what was asked for but what a crawler asks of every host."""
    return [path for path in site.asked if path not in HOST_FILES]


def may_have_namespaces() -> bool:
    """Tell whether a test may mount things that nobody else sees."""
    return os.geteuid() == 0 and os.system("unshare -m true 2>/dev/null") == 0


def options(unit: str) -> dict[str, str]:
    """Return the options of a unit file; each may stand there once."""
    pairs = re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)
