"""``newscrawl sites``: the publishers with rules of their own; ``new`` is for any other site."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newscrawl.cli.console import console, fail
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.sites_new import new

if TYPE_CHECKING:
    from newscrawl.evaluation.fixtures import Fixture

app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command("new")(new)

_AS_JSON = Annotated[bool, typer.Option("--json", help="JSON to standard output, no table.")]


@app.callback(invoke_without_command=True)
def sites(context: typer.Context, as_json: _AS_JSON = False) -> None:
    """List the publishers that newscrawl has rules for; all other sites need none."""
    if context.invoked_subcommand is not None:
        return
    from newscrawl.extraction.sites import all_sites

    rows = [
        {
            "site": site.fixtures,
            "publisher": site.name,
            "domains": list(site.domains),
            "language": site.language,
        }
        for site in all_sites()
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print_table(("site", "publisher", "domains", "language"), map(_joined, rows))


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """The result of checking one site's fixtures."""

    site: str
    pages: int
    fields: int
    """Fields compared, of all pages together."""

    right: int
    """Those as expected."""

    below: tuple[str, ...]
    """What is worse than expected, a few lines each: "PAGE: FIELD: …"."""

    repaired: tuple[str, ...]
    """What is better: "PAGE: FIELD", marked in ``xfail.json`` and right all the same."""

    def to_dict(self) -> dict[str, Any]:
        """Return the check as a JSON-serialisable dict."""
        return {name: getattr(self, name) for name in self.__slots__}


@app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SITE...", help="Sites to check. [default: all]", show_default=False
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the fixtures of sites without rules of their own.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--fixtures", metavar="DIR", help="The folder of all fixtures.")
    ] = None,
    as_json: _AS_JSON = False,
) -> None:
    """Run every publisher's fixtures and say which field differs.

    Ends with 6 when a field is worse than expected, or a publisher has no fixture.

    \b
    Examples:
    newscrawl sites check
    newscrawl sites check telesur-en --json
    """
    from newscrawl.evaluation.fixtures import FixtureError, find_fixtures

    if folder is not None and not folder.is_dir():
        fail(f"{folder} is no folder")
    try:
        fixtures = find_fixtures(folder)
    except FixtureError as error:
        fail(str(error))
    groups = _groups(names or [], fixtures, everything=everything)
    checks = [_check(name, members) for name, members in groups.items()]
    if as_json:
        typer.echo(json.dumps([one.to_dict() for one in checks], ensure_ascii=False, indent=2))
    else:
        _print_table(("site", "pages", "fields right", "first difference"), map(_cells, checks))
    raise typer.Exit(ExitCode.FLOOR if any(one.below for one in checks) else ExitCode.OK)


def _groups(
    names: list[str], fixtures: list[Fixture], *, everything: bool
) -> dict[str, list[Fixture]]:
    """Return the fixtures of each site that was asked for, by its name."""
    from newscrawl.extraction.sites import all_sites

    known = {site.fixtures for site in all_sites()}
    if everything:
        known |= {one.site for one in fixtures}
    if unknown := sorted(set(names) - known):
        fail(f"no such site: {', '.join(unknown)}; newscrawl sites lists them")
    return {
        name: [one for one in fixtures if one.site == name]
        for name in sorted(known)
        if not names or name in names
    }


def _check(name: str, fixtures: list[Fixture]) -> SiteCheck:
    from newscrawl import NotAPageError

    below, repaired = [], []
    fields = right = 0
    for fixture in fixtures:
        fields += len(fixture.compared)
        try:
            differences = fixture.differences(fixture.extract())
        except NotAPageError as error:
            below.append(f"{fixture.name}: {error.detail} ({error.reason})")
            continue
        right += len(fixture.compared) - len(differences)
        different = {one.field for one in differences}
        below += [
            f"{fixture.name}: {one}"
            for one in differences
            if one.field not in fixture.expected_failures
        ]
        repaired += [
            f"{fixture.name}: {one}" for one in fixture.expected_failures if one not in different
        ]
    if not fixtures:
        below.append("no fixture: newscrawl fixture add saves one")
    return SiteCheck(name, len(fixtures), fields, right, tuple(below), tuple(repaired))


def _cells(check: SiteCheck) -> list[str]:
    first = check.below[0] if check.below else ""
    if not first and check.repaired:
        first = f"{check.repaired[0]}: now right, remove its mark from xfail.json"
    return [check.site, str(check.pages), f"{check.right} of {check.fields}", first]


def _joined(row: dict[str, Any]) -> list[str]:
    return [value if isinstance(value, str) else ", ".join(value) for value in row.values()]


def _print_table(titles: tuple[str, ...], rows: Iterable[list[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(*titles, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
