"""``newscrawl frontier``: what the workers of a shared crawl are doing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from newscrawl.cli.console import console, fail, say
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.scheduler.progress import View


def frontier(
    url: Annotated[str, typer.Argument(metavar="URL", help="The frontier: redis://HOST.")],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="The crawl's NEWSCRAWL_FRONTIER_NAME.")
    ] = "crawl",
    clear: Annotated[
        bool, typer.Option("--clear", help="Give the run up: drop its requests.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, on standard output.")] = False,
) -> None:
    """Look at a shared crawl: its workers, its sites, what is left to do.

    Ends with 5 when the frontier cannot be reached. A run that is given up is not lost where there
    is a state: what was found and not fetched comes again in the next one.

    \b
    Examples:
    newscrawl frontier redis://db
    watch newscrawl frontier redis://db
    newscrawl frontier redis://db --json | jq .requests
    newscrawl frontier redis://db --clear
    """
    from newscrawl.scheduler import FrontierError

    try:
        from newscrawl.scheduler.progress import clear_run, look
    except ImportError:
        fail("a shared frontier needs redis-py: pip install 'newscrawl[redis]'")
    try:
        view = look(url, name)
        if clear:
            say(f"{clear_run(url, name)} requests dropped")
            return
    except FrontierError as error:
        fail(str(error), ExitCode.OUTPUT)
    if as_json:
        print(json.dumps(asdict(view) if view else None))
    elif view is None:
        say("no run is under way")
    else:
        _show(view)


def _show(view: View) -> None:
    totals = Table(box=None, show_header=False, pad_edge=False)
    totals.add_column(style="bold")
    totals.add_column(justify="right")
    totals.add_column()
    totals.add_row("requests left", str(view.requests), "")
    totals.add_row("done", str(view.done), "")
    totals.add_row("pages asked for", str(view.pages), f"in {view.seconds:.0f} s")
    totals.add_row("sites", str(view.sites), f"{view.free} of them wait for a worker")
    console.print(totals)
    workers = Table(box=None, pad_edge=False)
    workers.add_column("worker", style="bold", overflow="fold")
    for title in ("sites", "at hand", "pages", "articles", "lease, s"):
        workers.add_column(title, justify="right", no_wrap=True)
    for each in view.workers:
        workers.add_row(
            each.name, str(each.sites), str(each.at_hand), str(each.pages), str(each.articles),
            f"{each.lease:.0f}",
        )  # fmt: skip
    console.print()
    console.print(workers)
