"""``newscrawl show``: an article set for reading, with the source of each field."""

from __future__ import annotations

from typing import Annotated

import typer

from newscrawl.cli.exit_codes import ExitCode


def show(
    target: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL|-",
            help="JSON Lines of records, a saved page, an address to fetch, or standard input.",
        ),
    ],
    which: Annotated[
        str,
        typer.Argument(metavar="[URL|LINE]", help="Of records: the address or line of the one."),
    ] = "",
    url: Annotated[str, typer.Option(help="The address that a saved page was saved from.")] = "",
    contact: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Where a site can reach whoever fetches its page."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The record as JSON.")] = False,
) -> None:
    """Set an article for reading, with the source of each field.

    Of a file with many records the one is chosen by its address, of which the latest revision is
    shown, or by its line; without a choice they are listed. An address is fetched as a crawl
    would, robots.txt obeyed.

    \b
    Examples:
    newscrawl show news.jsonl
    newscrawl show news.jsonl 3
    newscrawl show news.jsonl.gz https://www.example.org/world/new-hall
    newscrawl show saved/page.html --url https://www.example.org/world/new-hall
    newscrawl show https://www.example.org/world/new-hall
    """
    import json
    import sys

    from newscrawl.cli.article_view import console_for, show_article
    from newscrawl.cli.shown import find_article

    found = find_article(target, which, url=url, contact=contact)
    if found.record is not None and as_json:
        sys.stdout.write(json.dumps(found.record, ensure_ascii=False, indent=2) + "\n")
    elif found.record is not None:
        show_article(found.record, console_for())
    raise typer.Exit(ExitCode.PARTIAL if found.is_incomplete else ExitCode.OK)
