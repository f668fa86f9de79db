"""A page extracted in a process of its own, which the system ends when it takes too much.

The limits are a net under the test, far above what any page needs: a step that takes time with the
square of the page, or memory without end, falls into it.
"""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection
from typing import Any

from newscrawl import NotAPageError, extract
from tests.hostile.large_pages import DEEP_PAGES, LARGE_PAGES, REFUSED_PAGES, deep_page
from tests.record_checks import assert_valid

SECONDS = 60
"""CPU time that a page may take; the slowest takes a tenth of it."""

BYTES = 3 << 30
"""Address space that a page may take, the interpreter and its libraries included."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def extract_in_child(name: str) -> dict[str, Any]:
    """Return the record of a large page, or ``{"refused": reason}``.

    Raises AssertionError for a child that was killed, or whose record is not valid.
    """
    ours, theirs = _processes.Pipe(duplex=False)
    child = _processes.Process(target=_extract, args=(name, theirs))
    child.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError:
        child.join()
        raise AssertionError(f"{name}: ended by the system, {child.exitcode}") from None
    child.join()
    assert isinstance(answer, dict), answer
    return answer


def _extract(name: str, answers: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    page = {**LARGE_PAGES, **REFUSED_PAGES}
    html = (deep_page(name) if name in DEEP_PAGES else page[name]()).encode()
    try:
        article = extract(html, url="https://example.org/2024/05/06/hall")
    except NotAPageError as error:
        answers.send({"refused": error.reason})
        return
    try:
        assert_valid(article)
    except AssertionError as error:
        answers.send(str(error))
        return
    answers.send(article.to_dict())
