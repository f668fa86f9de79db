"""Start processes that extract pages; they share loaded modules and end with their parent."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver

_preloaded = ["newscrawl.workers.server"]
"""Modules that workers find loaded; one that cannot be imported is left out."""

_COLLECT_EVERY = 50_000  # new objects


def worker_pool(processes: int, *, ignored_signals: Collection[int]) -> ProcessPoolExecutor:
    """Return a pool of processes that leave ``ignored_signals`` to the process that started it.

    The first call that is submitted waits for the modules to be loaded, see `prepare_workers`.
    """
    # Not "fork": the process that asks has threads, and a fork copies the locks that they hold.
    _use_server()
    return ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context(_method()),
        initializer=_settle,
        initargs=(tuple(ignored_signals),),
    )


def preload(*modules: str) -> None:
    """Let workers find these modules loaded, too, beside what every extraction needs.

    For whoever starts a command, which knows what its workers will call. Call it before the first
    pool of the process; modules are named in full.
    """
    _preloaded.extend(module for module in modules if module not in _preloaded)


def prepare_workers() -> None:
    """Have a process load all that workers need, for them to be forked from; returns at once."""
    if _use_server():
        forkserver.ensure_running()


def kill_workers(pool: ProcessPoolExecutor) -> None:
    """End what is left of a pool that is broken; it would wait for ever for a deaf worker."""
    for process in list((pool._processes or {}).values()):
        process.kill()


def collect_rarely() -> None:
    """Look for garbage seldom, and never among what is there already.

    A page holds no reference cycles and is freed at once; the collector only costs time.
    """
    gc.freeze()
    gc.set_threshold(_COLLECT_EVERY, 10, 10)


def _method() -> str:
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def _use_server() -> bool:
    is_there = _method() == "forkserver"
    if is_there:
        forkserver.set_forkserver_preload(list(_preloaded))
    return is_there


def _settle(ignored_signals: Collection[int]) -> None:
    """Leave signals to the parent, end with it however it ends, look for garbage rarely."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN if number in ignored_signals else signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_rarely()


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
