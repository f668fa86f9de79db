"""Pages are read in processes of their own once there are many: the crawl goes on meanwhile."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from newscrawl.errors import NotAPageError
from newscrawl.spiders.reading import Reading, ReadPage, read

_COLLECT_EVERY = 50_000  # new objects


class Readers:
    """Reads pages, the first ``alone`` of a run in this process, then in ``processes`` others.

    With 0 processes all are read here. A run of a few pages never pays for starting a process; a
    long one has its extraction on the other processors while this one fetches and writes.
    """

    def __init__(self, processes: int, alone: int) -> None:
        self.processes = processes
        self.alone = alone
        self._pool: ProcessPoolExecutor | None = None

    async def read(self, reading: Reading) -> ReadPage:
        """Return what was read; raises NotAPageError as `read` does.

        A page that kills the process which reads it raises BrokenProcessPool, as do the pages
        that were under way there; those that follow have new processes.
        """
        if self.alone > 0 or not self.processes:
            self.alone -= 1
            return read(reading)
        pool = self._pool = self._pool or _pool(self.processes)
        try:
            result = await asyncio.get_running_loop().run_in_executor(pool, _read, reading)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None
                pool.shutdown(wait=False, cancel_futures=True)
            raise
        if isinstance(result, ReadPage):
            return result
        raise NotAPageError(*result)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _read(reading: Reading) -> ReadPage | tuple[str, str]:
    # An exception would cross to the other process as text with a traceback.
    try:
        return read(reading)
    except NotAPageError as error:
        return error.reason, error.detail


def _pool(processes: int) -> ProcessPoolExecutor:
    # Not "fork": the crawl has threads, and a fork copies the locks that they hold.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_settle)


def _settle() -> None:
    """Leave signals to the crawl, which drains first, and end with it however it ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # A page holds no reference cycles and is freed at once; the collector only costs time.
    gc.set_threshold(_COLLECT_EVERY, 10, 10)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
