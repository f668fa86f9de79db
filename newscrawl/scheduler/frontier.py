"""The frontier of a crawl by several workers: its requests, sites and leases, in Redis."""

from __future__ import annotations

import os
import re
import secrets
import socket
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from newscrawl.scheduler import scripts
from newscrawl.scheduler.errors import FrontierError
from newscrawl.scheduler.messages import in_words

LAYOUT = "1"
"""Version of the keys and of what they hold."""

OLDEST = (6, 2)
"""The oldest version of Redis that the scripts run in."""

_TIMEOUT = 5.0  # seconds for one answer
_LONGEST_PAUSE = 0.5  # seconds between two attempts
_HOSTS_KEPT = 86_400  # seconds
_NOT_IN_A_NAME = re.compile(r"[^\w.]+", re.ASCII)


class Tick(NamedTuple):
    """The frontier's reply to a worker that renews its lease."""

    word: str
    """``running``, ``finished``, or ``gone`` where the run is not there any more."""
    lost: bool = False
    """Its lease had run out: its sites are others' now."""
    fewest: int = 0
    """Sites of the worker that has the fewest."""
    pages: int = 0
    """Pages that all workers have asked for in this run."""
    bytes: int = 0
    """Bytes that all have received."""
    seconds: float = 0.0
    """The time in Redis, since 1970."""
    taken: Sequence[str] = ()
    """Sites that it has from now on."""


class Frontier:
    """One worker's view of the shared frontier.

    A site is a registrable domain, and belongs to one worker at a time, with all its hosts and
    requests. A request stays in Redis until it is `done`, so what a worker had in hand when its
    lease ran out is there for the next one.

    Redis that does not answer is waited for ``patience`` seconds. Then, and for all that cannot be
    put right by waiting, every method raises FrontierError.
    """

    def __init__(
        self, url: str, *, name: str, worker: str = "", lease: float = 60.0, patience: float = 30.0
    ) -> None:
        self.shown = without_password(url)
        self.worker = _NOT_IN_A_NAME.sub("_", worker) or _new_name()
        self.lease = lease
        self.token = ""
        self._prefix = f"newscrawl:{{{name}}}"
        self._url = url
        self._redis = self._client(max(1, round(patience / _LONGEST_PAUSE)))
        self._scripts = {
            text: self._redis.register_script(text)
            for text in (
                scripts.JOIN, scripts.TICK, scripts.ADD, scripts.DONE, scripts.LET_GO,
                scripts.LEAVE,
            )
        }  # fmt: skip
        self._first = True

    def join(self, *, targets: str, schema: str) -> None:
        """Join the run that is under way, or begin one; ``token`` is its name.

        ``targets`` stands for what is crawled, ``schema`` for the record: workers that differ in
        them cannot share a run.
        """
        with in_words(self.shown):
            with self._client(0) as once:  # at the start somebody waits for the word
                self._check_server(once)
            answer = self._call(scripts.JOIN, secrets.token_hex(8), targets, schema, LAYOUT)
        if answer[0] == "foreign" or answer[0] != "newscrawl":
            what = (
                f"{self._prefix}:{answer[1]}" if answer[0] == "foreign" else f"{self._prefix}:run"
            )
            raise FrontierError(
                f"{self.shown} holds {what} of another program: set NEWSCRAWL_FRONTIER_NAME, or "
                "name another database"
            )
        _, layout, self.token, other_targets, other_schema = answer
        if layout != LAYOUT or other_schema != schema:
            raise FrontierError(
                f"{self.shown} has a run of another newscrawl, whose records have schema "
                f"{other_schema} (this one: {schema}): finish it with that one, or give it up with "
                "newscrawl frontier URL --clear"
            )
        if other_targets != targets:
            raise FrontierError(
                f"{self.shown} has a run of other targets: let it end, give it up with newscrawl "
                "frontier URL --clear, or set NEWSCRAWL_FRONTIER_NAME"
            )

    def tick(self, *, starting: bool, status: str, pages: int = 0, bytes_: int = 0) -> Tick:
        """Renew the lease and take free sites; ``pages`` and ``bytes_`` since the last time."""
        milliseconds = int(self.lease * 1000)
        with in_words(self.shown):
            answer = self._call(
                scripts.TICK, self.worker, self.token, milliseconds, int(starting),
                int(self._first), status, pages, bytes_,
            )  # fmt: skip
        self._first = False
        if answer[0] != "running":
            return Tick(answer[0])
        word, lost, fewest, all_pages, all_bytes, now, taken = answer
        return Tick(word, bool(lost), fewest, all_pages, all_bytes, int(now) / 1000, taken)

    def add(self, site: str, priority: int, request: str, fingerprint: str = "") -> tuple[int, str]:
        """Put a request into a site's queue; return what `scripts.ADD` says, and its number."""
        number = f"{time.time_ns():020d}-{self.worker}"
        with in_words(self.shown):
            said = self._call(
                scripts.ADD, self.token, site, number, -priority, request, fingerprint, self.worker
            )
        if said < 0:
            raise FrontierError(gone(self.shown))
        return said, number

    def next(self, wanted: Mapping[str, int]) -> dict[str, list[str]]:
        """Return the numbers of so many requests that are first in the queues of each site."""
        with in_words(self.shown):
            pipeline = self._redis.pipeline(transaction=False)
            for site, number in wanted.items():
                pipeline.zrange(f"{self._prefix}:queue:{site}", 0, number - 1)
            return dict(zip(wanted, pipeline.execute(), strict=True))

    def requests(self, numbers: Sequence[str]) -> dict[str, str]:
        """Return the requests of these numbers, without those that are done meanwhile."""
        if not numbers:
            return {}
        with in_words(self.shown):
            found = self._redis.hmget(f"{self._prefix}:requests", list(numbers))
        return {number: str(text) for number, text in zip(numbers, found, strict=True) if text}

    def done(self, finished: Iterable[tuple[str, str]]) -> None:
        """Take requests out for good, each by its site and number."""
        pairs = [each for pair in finished for each in pair]
        with in_words(self.shown):
            for start in range(0, len(pairs), 1_000):
                self._call(scripts.DONE, self.token, *pairs[start : start + 1_000])

    def let_go(self, sites: Iterable[str]) -> None:
        """Leave sites to other workers, with what is not done of their requests."""
        with in_words(self.shown):
            self._call(scripts.LET_GO, self.worker, *sites)

    def leave(self) -> None:
        """Leave all sites to other workers, and the run."""
        with in_words(self.shown):
            self._call(scripts.LEAVE, self.worker)

    def host(self, name: str) -> str | None:
        """Return what was put down of a host."""
        with in_words(self.shown):
            text = self._redis.hget(f"{self._prefix}:hosts", name)
        return None if text is None else str(text)

    def put_hosts(self, hosts: Mapping[str, str]) -> None:
        """Put down what holds for hosts; it is kept for a day."""
        if hosts:
            with in_words(self.shown):
                pipeline = self._redis.pipeline(transaction=False)
                pipeline.hset(
                    f"{self._prefix}:hosts", items=[each for pair in hosts.items() for each in pair]
                )
                pipeline.expire(f"{self._prefix}:hosts", _HOSTS_KEPT)
                pipeline.execute()

    def close(self) -> None:
        """Let go of the connection."""
        self._redis.close()

    def _client(self, attempts: int) -> redis.Redis:
        passing = [redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError]
        try:
            return redis.Redis.from_url(
                self._url, decode_responses=True, client_name=f"newscrawl-{self.worker}",
                socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT,
                retry=Retry(ExponentialBackoff(cap=_LONGEST_PAUSE, base=0.05), attempts),
                retry_on_error=passing if attempts else [],
            )  # fmt: skip
        except ValueError as error:
            raise FrontierError(f"{self.shown}: {error}") from error

    def _call(self, script: str, *values: Any) -> Any:
        return self._scripts[script](keys=[self._prefix], args=values)

    def _check_server(self, client: redis.Redis) -> None:
        told: dict[str, Any] = client.info()
        version = tuple(int(part) for part in str(told["redis_version"]).split(".")[:2])
        if version < OLDEST:
            raise FrontierError(
                f"{self.shown} is Redis {told['redis_version']}: the frontier needs "
                f"{'.'.join(map(str, OLDEST))} or newer"
            )
        policy = told.get("maxmemory_policy", "noeviction")
        if told.get("maxmemory") and policy != "noeviction":
            raise FrontierError(
                f"{self.shown} drops keys when it is full (maxmemory-policy {policy}), and pages "
                "with them: set it to noeviction"
            )


def without_password(url: str) -> str:
    """Return an address as it may be shown.

    >>> without_password("redis://:secret@db:6379/0")
    'redis://db:6379/0'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def gone(shown: str) -> str:
    """Return what is said of a run that is not there any more."""
    return (
        f"{shown} has lost this run: Redis was started without its append-only file, or somebody "
        "has deleted the keys; what the state knows as found comes again in the next run"
    )


def _new_name() -> str:
    host = _NOT_IN_A_NAME.sub("_", socket.gethostname()) or "worker"
    return f"{host}_{os.getpid()}_{secrets.token_hex(3)}"
