"""``newscrawl demo``: crawl the sample news site, which the command itself serves on loopback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from newscrawl.cli.console import fail, say
from newscrawl.cli.exit_codes import ExitCode

_STDOUT = Path("-")
_LOOPBACK = "http://127.0.0.1:"
# Its front page leads to the newest articles, its sitemap index to all of them.
_TARGETS = ("/", "/sitemap-index.xml")

# The one site on the network that nobody else uses: no need to be slow, and no way round by a
# proxy that the environment names.
_SETTINGS = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "HTTPPROXY_ENABLED": False,
    "NEWSCRAWL_ALLOWED_HOSTS": ["127.0.0.1"],
}


def demo(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="Where records go; - is stdout."),
    ] = Path("articles.jsonl"),
) -> None:
    """Crawl the sample news site that comes with newscrawl, on this machine, in seconds.

    The records go to the output and the pages that became none to rejects.jsonl beside it. Files
    of an earlier demo are begun anew; any other file is left alone, with exit code 2.

    \b
    Examples:
    newscrawl demo
    newscrawl demo -o sample.jsonl
    """
    from newscrawl.cli.crawl import report_crawl
    from newscrawl.cli.crawl_run import run_crawl
    from newscrawl.cli.crawl_summary import exit_code_of
    from newscrawl.evaluation.demo import serve_demo
    from newscrawl.evaluation.fixtures import FixtureError

    to_file = None if output == _STDOUT else output
    rejects = (to_file or Path()).parent / "rejects.jsonl"
    for path in filter(None, (to_file, rejects)):
        _check_ours(path)
    try:
        with serve_demo() as origin:
            say(f"crawling the sample site at {origin}/")
            summary = run_crawl(
                [origin + path for path in _TARGETS],
                to_file,
                rejects=rejects,
                overwrite=True,
                settings=_SETTINGS,
            )
    except FixtureError as error:
        fail(f"{error}; install newscrawl again", ExitCode.INTERNAL)
    report_crawl(summary)
    if to_file:
        say(f"records: {to_file}; pages that became none, and why: {rejects}")
    say("your own site: newscrawl crawl https://www.example.org/ -o news.jsonl")
    raise typer.Exit(exit_code_of(summary))


def _check_ours(path: Path) -> None:
    """End the command if ``path`` holds anything but lines of an earlier demo."""
    try:
        with path.open(encoding="utf-8") as lines:
            ours = all(str(json.loads(line)["url"]).startswith(_LOOPBACK) for line in lines)
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):
        ours = False
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}", ExitCode.OUTPUT)
    if not ours:
        fail(f"{path} is not of an earlier demo and stays as it is; name another file with -o")
