"""``newscrawl diff``: two revisions of an article, or two outputs."""

from __future__ import annotations

from typing import Annotated

import typer

from newscrawl.cli.exit_codes import ExitCode


def diff(
    old: Annotated[
        str, typer.Argument(metavar="FILE", help="JSON Lines of records, the earlier if two.")
    ],
    new: Annotated[str, typer.Argument(metavar="[FILE]", help="The later output.")] = "",
    article: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="This article, word by word: its last two revisions in one file, "
            "or the latest of each of two files.",
        ),
    ] = "",
    revisions: Annotated[
        str, typer.Option(metavar="N:N", help="With --article and one file: these two revisions.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="A line of JSON for each difference.")
    ] = False,
    fail_on_change: Annotated[
        bool, typer.Option("--fail-on-change", help="End with code 6 if there is a difference.")
    ] = False,
) -> None:
    """Mark what changed between two revisions or two outputs.

    Two outputs are compared article by article: which came, which went, and in which fields the
    others differ. With --article the words that were removed and added are marked.

    \b
    Examples:
    newscrawl diff news.jsonl --article https://www.example.org/world/new-hall
    newscrawl diff news.jsonl --article https://www.example.org/world/new-hall --revisions 1:3
    newscrawl diff before.jsonl after.jsonl
    newscrawl diff before.jsonl after.jsonl --json --fail-on-change
    """
    from newscrawl.cli.diff_run import Diff

    run = Diff(old, new, revisions, as_json=as_json)
    is_different = run.of_article(article) if article else run.of_outputs()
    if is_different and fail_on_change:
        raise typer.Exit(ExitCode.FLOOR)
    raise typer.Exit(ExitCode.PARTIAL if run.is_incomplete else ExitCode.OK)
