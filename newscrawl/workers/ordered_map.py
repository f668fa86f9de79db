"""A function over many items on all processors: order kept, memory flat, crashes survived."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from newscrawl.workers.pool import worker_pool

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

# Items that a worker is given at a time, and how many such parcels wait for each worker.
_CHUNK = 8
_WAITING = 3


@dataclass(frozen=True, slots=True)
class Crash(Generic[ItemT]):
    """Stands for the result of an item whose worker process died."""

    item: ItemT


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ordered_map(
    function: Callable[[ItemT], ResultT], items: Iterable[ItemT], *, jobs: int
) -> Iterator[ResultT | Crash[ItemT]]:
    """Yield ``function(item)`` for each item, in the order of the items.

    With ``jobs`` of 1 everything runs in this process. With more, ``function`` must be picklable
    and must not raise; when a worker dies, the items that were under way are done again one by
    one, and the one that kills its worker again is yielded as a Crash. Only a bounded number of
    items is read ahead.
    """
    if jobs == 1:
        yield from map(function, items)
        return
    chunks = _chunked(items)
    pool = _pool(jobs)
    waiting: deque[tuple[list[ItemT], Future[list[ResultT]]]] = deque()
    try:
        while True:
            try:
                _fill(waiting, chunks, pool, function, jobs * _WAITING)
                if not waiting:
                    return
                results = waiting[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                while waiting:
                    chunk, future = waiting.popleft()
                    done = future.done() and not future.cancelled() and not future.exception()
                    yield from future.result() if done else _carefully(function, chunk)
                pool = _pool(jobs)
                continue
            waiting.popleft()
            yield from results
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _fill(
    waiting: deque[tuple[list[ItemT], Future[list[ResultT]]]],
    chunks: Iterator[list[ItemT]],
    pool: ProcessPoolExecutor,
    function: Callable[[ItemT], ResultT],
    size: int,
) -> None:
    while len(waiting) < size:
        chunk = next(chunks, None)
        if chunk is None:
            return
        future: Future[list[ResultT]] = Future()
        # In line before it is handed over: a pool that breaks just now must not lose it.
        waiting.append((chunk, future))
        waiting[-1] = (chunk, pool.submit(_all, function, chunk))


def _all(function: Callable[[ItemT], ResultT], chunk: list[ItemT]) -> list[ResultT]:
    return [function(item) for item in chunk]


def _carefully(
    function: Callable[[ItemT], ResultT], chunk: list[ItemT]
) -> Iterator[ResultT | Crash[ItemT]]:
    """Run each item by itself, so that a crash costs one item and is known to be its fault."""
    pool = _pool(1)
    try:
        for item in chunk:
            try:
                yield pool.submit(function, item).result()
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                pool = _pool(1)
                yield Crash(item)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return worker_pool(jobs, ignored_signals=(signal.SIGINT,))


def _chunked(items: Iterable[ItemT]) -> Iterator[list[ItemT]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
