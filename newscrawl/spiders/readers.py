"""Pages are read in processes of their own once there are many: the crawl goes on meanwhile."""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.record import FetchedPage, ReadPage, read_page
from newscrawl.workers.pool import kill_workers, worker_pool

_IGNORED_SIGNALS = (signal.SIGINT, signal.SIGTERM)  # the crawl drains first


class Readers:
    """Reads pages, the first ``alone`` of a run in this process, then in ``processes`` others.

    With 0 processes all are read here, and so are those that come while the others start. A run of
    a few pages never pays for starting a process; a long one has its extraction on the other
    processors while this one fetches and writes.
    """

    def __init__(self, processes: int, alone: int) -> None:
        self.processes = processes
        self.alone = alone
        self._may_read_here = alone > 0
        self._pool: ProcessPoolExecutor | None = None
        self._starting: asyncio.Future[object] | None = None

    async def read(self, fetched: FetchedPage) -> ReadPage:
        """Return what was read; raises NotAPageError as `read_page` does.

        A page that kills the process which reads it raises BrokenProcessPool, as do the pages
        that were under way there; those that follow have new processes.
        """
        if self.alone > 0 or not self.processes:
            self.alone -= 1
            return read_page(fetched)
        pool, starting = self._pool, self._starting
        if pool is None or starting is None:
            pool, starting = self._start()
        if not starting.done():
            if self._may_read_here:
                return read_page(fetched)
            await asyncio.shield(starting)
        # A page may be one that kills: once there are other processes, none is read in this one.
        self._may_read_here = False
        try:
            result = await asyncio.get_running_loop().run_in_executor(pool, _read, fetched)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None
                kill_workers(pool)
                pool.shutdown(wait=False, cancel_futures=True)
            raise
        if isinstance(result, ReadPage):
            return result
        raise NotAPageError(*result)

    def _start(self) -> tuple[ProcessPoolExecutor, asyncio.Future[object]]:
        """Start the processes, in a thread: it takes a second until they have all modules."""
        pool = self._pool = worker_pool(self.processes, ignored_signals=_IGNORED_SIGNALS)
        loop = asyncio.get_running_loop()
        starting = self._starting = loop.run_in_executor(None, pool.submit, _nothing)
        return pool, starting

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _read(fetched: FetchedPage) -> ReadPage | tuple[str, str]:
    # An exception would cross to the other process as text with a traceback.
    try:
        return read_page(fetched)
    except NotAPageError as error:
        return error.reason, error.detail


def _nothing() -> None:
    pass
