"""``newscrawl sites new``: look at a site and write its entry in a site list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newscrawl.cli.console import console, fail, say
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.cli.site_probe import Listing, SiteFindings
    from newscrawl.items import Article
    from newscrawl.site_list.site_list import SiteList

_STDOUT = Path("-")
_HINTS = """\
# every = "15m"         # look at its listings no more often
# delay = 2             # seconds between two requests
# max_pages = 500       # in a run
# section = "News"      # for articles that name no section
# allowed_hosts = []    # other hosts whose articles are its own
# enabled = false       # keep the entry, do not crawl it
"""
_ARTICLES = frozenset({"feed", "news sitemap", "sitemap"})


def new(
    url: Annotated[str, typer.Argument(metavar="URL", help="The front page, or any listing.")],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The site list to append to; - is stdout."
        ),
    ] = _STDOUT,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="What to call it. [default: as the site does]")
    ] = "",
    contact: Annotated[
        str,
        typer.Option(metavar="URL|MAIL", help="Where sites can reach you; goes into User-Agent."),
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST", help="A host or network of your own that is not public; repeatable."
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("-s", "--set", metavar="NAME=VALUE", help="A Scrapy setting; repeatable."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="What was found as JSON to standard output.")
    ] = False,
) -> None:
    """Look at a site and write its entry: name, feeds, sitemaps, language.

    At most 40 pages are fetched. Five articles are extracted on trial and shown as a table. Ends
    with 4, and writes nothing, when no article was found.

    \b
    Examples:
    newscrawl sites new https://www.example.org/
    newscrawl sites new https://www.example.org/ -o sites.toml
    newscrawl sites new https://www.example.org/sport -o sites.toml --name "Example Sport"
    """
    from newscrawl.cli.crawl_settings import changed_settings
    from newscrawl.discovery import target_url
    from newscrawl.site_list.options import OPTIONS

    try:
        name = OPTIONS["name"].read(name) if name else ""
    except ValueError as error:
        fail(f"--name: {error}")
    try:
        address = target_url(url)
    except ValueError as error:
        fail(str(error))
    listed = _listed(output)
    if listed is not None:
        _check_new(listed, name, [address])
        contact = contact or listed.contact
    changed = changed_settings(settings or (), contact=contact, allowed_hosts=allow_host or ())

    from newscrawl.cli.site_probe import probe_site

    findings = probe_site(address, changed)
    findings.name = name or _clean_name(findings.name)
    if not findings.articles:
        fail(_no_article(findings), ExitCode.NOTHING)
    _show(findings)
    if listed is not None:
        _check_new(listed, findings.name, [each.url for each in findings.start])
    text = entry_text(findings)
    if as_json:
        typer.echo(json.dumps(_report(findings, text), ensure_ascii=False, indent=2))
    if output != _STDOUT:
        _append(output, text)
        say(f"{findings.name!r} is in {output}; crawl it: newscrawl crawl --sites {output}")
    elif not as_json:
        typer.echo(text, nl=False)


def entry_text(findings: SiteFindings) -> str:
    """Return the ``[[site]]`` table of a site, with comments that help to change it."""
    starts = [f"  {_quoted(each.url)},  # {_described(each)}" for each in findings.start]
    others = [f"  # {_quoted(each.url)},  # {_described(each)}" for each in findings.others]
    lines = [
        "[[site]]",
        f"name = {_quoted(findings.name)}",
        "start = [",
        *starts,
        *others,
        "]",
    ]
    if findings.language:
        lines.append(f"language = {_quoted(findings.language)}  # where a page does not say")
    return "\n".join(lines) + "\n" + _HINTS


def _quoted(text: str) -> str:
    # A JSON string is a TOML string but for DEL, which neither names nor addresses hold.
    return json.dumps(text, ensure_ascii=False)


def _described(listing: Listing) -> str:
    if listing.kind in _ARTICLES:
        return f"{listing.kind}, {listing.links} articles"
    if listing.kind == "sitemap index":
        return f"sitemap index, {listing.links} sitemaps"
    return "page: its links, and what it announces"


def _listed(output: Path) -> SiteList | None:
    """Return the site list that an entry is to be appended to; None for one that is new."""
    from newscrawl.cli.crawl import load_site_list

    try:
        is_new = output == _STDOUT or not output.read_bytes().strip()
    except FileNotFoundError:
        is_new = True
    except OSError as error:
        fail(f"cannot read {output}: {error.strerror}")
    return None if is_new else load_site_list(output)


def _check_new(listed: SiteList, name: str, addresses: list[str]) -> None:
    """End the command if the list has the name, or one of the start addresses."""
    from newscrawl.discovery import url_key

    for entry in listed.entries:
        if name and entry.name.casefold() == name.casefold():
            fail(f"{listed.path}: {entry.name!r} is there already; choose another with --name")
        known = {url_key(url) for url in entry.start}
        for address in addresses:
            if url_key(address) in known:
                fail(f"{listed.path}: {address} is there already, as a start of {entry.name!r}")


def _clean_name(name: str) -> str:
    return name.replace("/", "-")[:100].strip()


def _no_article(findings: SiteFindings) -> str:
    if findings.problem:
        return f"could not fetch {findings.url}: {findings.problem}"
    reasons = ", ".join(f"{reason} {count}" for reason, count in findings.rejects.items())
    why = f"; pages that gave none: {reasons}" if reasons else ""
    return f"no article was found from {findings.url}{why}"


def _show(findings: SiteFindings) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("headline", "date", "authors"):
        table.add_column(title)
    table.add_column("words", justify="right")
    table.add_column("caption")
    for article in findings.articles:
        row = _row(article)
        cells = (
            row["headline"] or "-",
            row["date"] or "-",
            ", ".join(row["authors"]) or "-",
            str(row["words"]),
            "yes" if row["caption"] else "no",
        )
        table.add_row(*map(Text, cells))
    console.print(table)


def _row(article: Article) -> dict[str, Any]:
    return {
        "url": article.url,
        "headline": article.headline,
        "date": article.date,
        "authors": article.authors,
        "words": len((article.body or "").split()),
        "caption": article.caption is not None,
    }


def _report(findings: SiteFindings, text: str) -> dict[str, Any]:
    def shown(listings: list[Listing]) -> list[dict[str, Any]]:
        return [{"url": each.url, "kind": each.kind, "links": each.links} for each in listings]

    return {
        "name": findings.name,
        "url": findings.url,
        "language": findings.language,
        "start": shown(findings.start),
        "others": shown(findings.others),
        "articles": [_row(article) for article in findings.articles],
        "rejects": findings.rejects,
        "toml": text,
    }


def _append(path: Path, text: str) -> None:
    """Put an entry at the end of a site list, which is whole at any moment."""
    from newscrawl.cli.output import OutputError, line_output
    from newscrawl.site_list.site_list import parse_site_list

    try:
        before = path.read_bytes() if path.exists() else b""
        whole = before + (b"\n" if before else b"") + text.encode()
        if before and not before.endswith(b"\n"):
            whole = before + b"\n\n" + text.encode()
        parse_site_list(whole.decode("utf-8-sig"), path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with line_output(path) as write:
            write(whole)
    except OutputError as error:
        fail(str(error), ExitCode.OUTPUT)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}", ExitCode.OUTPUT)
