"""Reading pages in other processes: results, refusals, a process that dies."""

from __future__ import annotations

import asyncio
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess

import pytest

from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.record import FetchedPage
from newscrawl.spiders.readers import Readers

SECONDS = 60
"""A net; it takes none."""
SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "


def reading(body: bytes | None = None) -> FetchedPage:
    page = f"<title>A hall</title><article><h1>A hall</h1><p>{SENTENCE * 9}</article>"
    now = datetime(2024, 5, 6, tzinfo=UTC)
    return FetchedPage(
        page.encode() if body is None else body, "https://example.org/a", {}, now, {}, ()
    )


@pytest.mark.parametrize("processes", [0, 1])
def test_a_page_is_read_or_refused_alike_here_and_there(processes: int) -> None:
    async def both() -> None:
        readers = Readers(processes, 0)
        try:
            read = await readers.read(reading())
            assert (read.article.headline, read.next_url) == ("A hall", None)
            with pytest.raises(NotAPageError) as refused:
                await readers.read(reading(b"%PDF-1.7"))
            assert refused.value.reason == "binary"
        finally:
            readers.close()

    asyncio.run(both())


def test_a_process_that_dies_costs_what_it_was_reading() -> None:
    async def through_a_death() -> None:
        readers = Readers(1, 0)
        try:
            await readers.read(reading())
            (process,) = readers._pool._processes.values()
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            with pytest.raises(BrokenProcessPool):
                await readers.read(reading())
            assert (await readers.read(reading())).article.headline == "A hall"
        finally:
            readers.close()

    asyncio.run(through_a_death())


async def read_until_it_breaks(readers: Readers) -> None:
    """Read pages until a death among the processes is noticed; the others go on until then."""
    for _ in range(200):
        await readers.read(reading())


def test_when_one_of_several_dies_the_others_end_too() -> None:
    async def through_a_death() -> list[BaseProcess]:
        readers = Readers(2, 0)
        try:
            await asyncio.gather(*(readers.read(reading()) for _ in range(8)))
            processes = list(readers._pool._processes.values())
            os.kill(processes[0].pid, signal.SIGKILL)
            processes[0].join()
            with pytest.raises(BrokenProcessPool):
                await read_until_it_breaks(readers)
            return processes
        finally:
            readers.close()

    processes = asyncio.run(through_a_death())
    assert len(processes) == 2
    for process in processes:
        process.join(SECONDS)
        assert not process.is_alive()


def test_the_first_pages_need_no_process() -> None:
    async def few() -> None:
        readers = Readers(1, 2)
        for _ in range(2):
            await readers.read(reading())
        assert readers._pool is None

    asyncio.run(few())
