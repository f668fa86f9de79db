"""``newscrawl fixture``: keep a page and the record expected of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote, urlsplit

import typer

from newscrawl.cli.console import fail, say
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.items import Article

if TYPE_CHECKING:
    from newscrawl.extraction.record import FetchedPage

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_WORDS = re.compile("[a-z0-9]+")
_EXTENSION = re.compile(r"\.[a-z]+$")
_SLUG_LENGTH = 60


@app.callback()
def fixture() -> None:
    """Keep pages with the records expected of them, to test extraction against."""


@app.command()
def add(
    source: Annotated[
        str,
        typer.Argument(metavar="URL|FILE", help="The page: on the web, or saved (.html, .txt)."),
    ],
    site: Annotated[str, typer.Option(metavar="NAME", help="The folder of its publisher.")],
    slug: Annotated[
        str,
        typer.Option(metavar="NAME", help="The page's own folder. [default: made of its address]"),
    ] = "",
    url: Annotated[str, typer.Option(help="The address that FILE was saved from.")] = "",
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder of all fixtures. [default: fixtures]"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a fixture of that name.")] = False,
    contact: Annotated[
        str,
        typer.Option(
            metavar="URL|MAIL", help="Where the site can reach you; goes into User-Agent."
        ),
    ] = "",
) -> None:
    """Save a page and a first record of it, to be reviewed.

    The record is what newscrawl makes of the page today: read page and record side by side and
    correct the record before it is trusted. The fixture's folder is printed.

    \b
    Examples:
    newscrawl fixture add https://www.example.org/a --site example
    newscrawl fixture add saved.html --site example --url https://www.example.org/a
    """
    _check_name(site, "--site")
    if slug:
        _check_name(slug, "--slug")
    is_url = re.match(r"https?://", source, re.IGNORECASE) is not None
    if is_url and url:
        fail("--url goes with a FILE; the address of a page on the web is known")
    page = _fetched(source, contact) if is_url else _read(Path(source), url)
    article = _first_record(page, source)
    folder = (into or _fixtures_folder()) / site / (slug or _slug_of(article.url))
    if folder.exists() and not force:
        fail(f"{folder} is there already; give another --slug, or --force to replace it")
    _save(folder, page, article)
    typer.echo(folder)
    say(f"review {folder / 'article.json'} against the page: it is newscrawl's own answer as yet")


def _check_name(name: str, option: str) -> None:
    if not _NAME.fullmatch(name):
        fail(f"{option} {name}: write it in small letters and digits, with - between")


def _fixtures_folder() -> Path:
    """Return the repository's fixtures; for an installed newscrawl, those of this folder."""
    from newscrawl.evaluation.fixtures import FixtureError, fixtures_dir

    try:
        folder = fixtures_dir()
    except FixtureError:
        return Path("fixtures")
    return folder if folder.name == "fixtures" else Path("fixtures")


def _fetched(url: str, contact: str) -> FetchedPage:
    from newscrawl.cli.fetch import FetchError, fetch_page

    try:
        return fetch_page(url, contact=contact)
    except FetchError as error:
        fail(f"could not fetch {url}: {error}", ExitCode.NOTHING)


def _read(path: Path, url: str) -> FetchedPage:
    from newscrawl.extraction.inputs import HTML_SUFFIXES, TEXT_SUFFIXES
    from newscrawl.extraction.record import FetchedPage

    suffix = path.suffix.lower()
    if suffix not in (*HTML_SUFFIXES, *TEXT_SUFFIXES):
        fail(f"{path}: neither an address (https://…) nor a file called .html or .txt")
    try:
        data = path.read_bytes()
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}", ExitCode.NOTHING)
    return FetchedPage(data, url, is_text=suffix in TEXT_SUFFIXES)


def _first_record(page: FetchedPage, name: str) -> Article:
    from newscrawl.exceptions import NotAPageError
    from newscrawl.extraction.record import extract_page

    try:
        article = extract_page(page)
    except NotAPageError as error:
        fail(f"{name}: {error.detail} ({error.reason})", ExitCode.NOTHING)
    if not article.url:
        fail(f"{name}: the page does not say where it is from; give its address with --url")
    return article


def _slug_of(url: str) -> str:
    """Return a folder name made of the last words in the path of an address."""
    steps = reversed(unquote(urlsplit(url).path).lower().split("/"))
    names = ("-".join(_WORDS.findall(_EXTENSION.sub("", step))) for step in steps)
    slug = next((name for name in names if re.search("[a-z]{3}", name)), None)
    if slug is None:
        fail(f"no folder name can be made of {url}; give one with --slug")
    return slug if len(slug) <= _SLUG_LENGTH else slug[:_SLUG_LENGTH].rpartition("-")[0]


def _save(folder: Path, page: FetchedPage, article: Article) -> None:
    from newscrawl.evaluation.fixtures import save_fixture
    from newscrawl.page.decoding import decode

    headers = {}
    content_type = page.headers.get("content-type")
    body = page.body if isinstance(page.body, bytes) else page.body.encode()
    if content_type and decode(body) != decode(body, content_type):
        headers["content-type"] = content_type
    data = decode(body)[1].encode() if page.is_text else body
    try:
        save_fixture(folder, "page.txt" if page.is_text else "page.html", data, article, headers)
    except OSError as error:
        fail(f"cannot write {error.filename or folder}: {error.strerror}", ExitCode.OUTPUT)
