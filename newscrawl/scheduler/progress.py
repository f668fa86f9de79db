"""A look at a shared run from outside."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import redis

from newscrawl.scheduler.errors import FrontierError
from newscrawl.scheduler.frontier import without_password
from newscrawl.scheduler.messages import in_words

_TIMEOUT = 5.0  # seconds


@dataclass(slots=True)
class WorkerView:
    """The status that one worker reports."""

    name: str
    sites: int
    at_hand: int
    """Requests that it has taken and are not done."""
    pages: int
    articles: int
    lease: float
    """Seconds that are left of it."""


@dataclass(slots=True)
class View:
    """A run that is under way."""

    requests: int
    """That are not done."""
    done: int
    pages: int
    """That all workers have asked for."""
    sites: int
    """That have requests."""
    free: int
    """Those of them that no worker has."""
    seconds: float
    """Since it began."""
    workers: list[WorkerView] = field(default_factory=list)


def look(url: str, name: str) -> View | None:
    """Return what the frontier holds; None if no run is under way. Raises FrontierError."""
    prefix = f"newscrawl:{{{name}}}"
    with in_words(without_password(url)), _client(url) as client:
        pipeline = client.pipeline(transaction=True)
        pipeline.hgetall(f"{prefix}:run")
        pipeline.hlen(f"{prefix}:requests")
        pipeline.hlen(f"{prefix}:owner")
        pipeline.zcard(f"{prefix}:free")
        pipeline.zrange(f"{prefix}:workers", 0, -1, withscores=True)
        pipeline.hgetall(f"{prefix}:status")
        pipeline.time()
        run, requests, owned, free, workers, status, (seconds, micros) = pipeline.execute()
    if not run:
        return None
    now = seconds + micros / 1e6
    view = View(
        requests, int(run["done"]), int(run["pages"]), owned + free, free,
        now - float(run["began"]) / 1000,
    )  # fmt: skip
    for worker, ends in workers:
        told = json.loads(status.get(worker, "{}"))
        view.workers.append(
            WorkerView(
                worker, int(told.get("sites", 0)), int(told.get("at_hand", 0)),
                int(told.get("pages", 0)), int(told.get("articles", 0)), ends / 1000 - now,
            )
        )  # fmt: skip
    return view


def clear_run(url: str, name: str) -> int:
    """Drop a run; return how many requests it had left. Raises FrontierError."""
    prefix = f"newscrawl:{{{name}}}"
    with in_words(without_password(url)), _client(url) as client:
        left = int(client.hlen(f"{prefix}:requests"))
        for key in client.scan_iter(match=f"{prefix}:*", count=1_000):
            client.delete(key)
    return left


def _client(url: str) -> redis.Redis:
    try:
        return redis.Redis.from_url(
            url, decode_responses=True, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT
        )
    except ValueError as error:
        raise FrontierError(f"{without_password(url)}: {error}") from error
