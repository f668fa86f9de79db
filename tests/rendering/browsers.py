"""Crawls with a real browser, and what must be true of each."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.crawl import Crawl, crawl

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium in PATH: apt install chromium"
)
MARK = "NEWSCRAWL_TEST_RUN"
SENTENCES = (
    "The ferry of the islands sails again before the sun is up, after fourteen months. ",
    "The council found the money in a fund that had been meant for a new car park. ",
    "On the first morning forty people stood on the pier with lanterns and flasks. ",
    "The captain, who had been driving a bus in the meantime, blew the horn twice. ",
    "The timetable holds for the winter; in spring it is to be looked at once more. ",
)


@dataclass
class Rendering:
    """A run and the figures of its browser."""

    crawl: Crawl
    stats: dict[str, Any]
    log: str

    @property
    def texts(self) -> dict[str, str]:
        """Bodies of the records by headline."""
        return {each["headline"]: each["body"] for each in self.crawl.records}


def site_entry(name: str, *start: str, **options: Any) -> str:
    """Return a table of a site list."""
    options = {"render": True} | options
    lines = [f"name = {json.dumps(name)}", f"start = {json.dumps(start)}"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in options.items()]
    return "[[site]]\n" + "\n".join(lines) + "\n"


def render(
    folder: Path,
    *entries: str,
    arguments: tuple[str, ...] = ("--no-state",),
    environment: Mapping[str, str] | None = None,
    **settings: Any,
) -> Rendering:
    """Crawl a site list of some entries; fails if a process of the browser outlives the run."""
    sites, log = folder / "sites.toml", folder / "log"
    sites.write_text("".join(entries), encoding="utf-8")
    log.unlink(missing_ok=True)
    mark = {MARK: uuid.uuid4().hex, **(environment or {})}
    asked = {"LOG_FILE": log, "NEWSCRAWL_ALLOWED_HOSTS": "127.0.0.1"} | settings
    done = crawl(
        folder,
        ["--sites", str(sites), *arguments],
        environment=mark,
        **asked,
    )
    assert not left_after(mark[MARK]), "processes are left"
    text = log.read_text(encoding="utf-8")
    found = re.search(r"Dumping Scrapy stats:\n(\{.*?\})\n(?:\d{4}-|\Z)", text, re.DOTALL)
    assert found is not None, text
    plain = re.sub(r"datetime\.datetime\(.*?utc\)", "None", found[1])
    return Rendering(done, ast.literal_eval(plain), text)


def left_after(mark: str, seconds: float = 20) -> list[int]:
    """Return the processes of a run that are there still, when none should be."""
    end = time.monotonic() + seconds
    while (left := list(processes_of(mark))) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def processes_of(mark: str) -> Iterator[int]:
    """Yield the living processes that a run with this mark has started, itself among them."""
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            if state != "Z" and wanted in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name)
        except OSError:  # it has ended
            continue


def is_browser(pid: int) -> bool:
    """Tell whether a process is the browser itself, not one of its many children."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    name = os.path.basename(arguments[0])
    return (
        b"chrom" in name
        and b"crashpad" not in name
        and not any(each.startswith(b"--type=") for each in arguments)
    )


def scripted(headline: str, more: str = "", *, head: str = "") -> str:
    """Return a page whose article is brought by a script, after ``more`` has run.

    ``more`` is the inside of an asynchronous function; what it returns ends the article.
    """
    text = json.dumps([sentence * 2 for sentence in SENTENCES])
    return f"""<!doctype html><html lang="en"><head><title>{headline}</title>{head}</head>
<body><div id="root"></div><script>
async function before() {{ {more} }}
before().catch(error => String(error)).then(said => {{
  const made = document.createElement("article");
  made.innerHTML = "<h1>{headline}</h1>" + {text}.map(each => "<p>" + each + "</p>").join("")
    + "<p>" + (said || "That is all there is to say about the ferry for today.") + "</p>";
  document.getElementById("root").append(made);
}});
</script></body></html>"""
