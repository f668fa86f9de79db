"""Messages for errors of Redis, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import redis
from redis import exceptions

from newscrawl.scheduler.errors import FrontierError

# By a part of what Redis says; the first that fits counts.
_WORDS = (
    ("used memory >", "Redis is full: raise its maxmemory, then run again"),
    ("MISCONF", "Redis cannot write to its disk: make room, then run again"),
    ("read only replica", "this Redis is a replica: name the primary"),
    ("WRONGTYPE", "it holds keys of another program under this name: set NEWSCRAWL_FRONTIER_NAME"),
    ("NOAUTH", "Redis wants a password: redis://:PASSWORD@HOST"),
    ("WRONGPASS", "the user or password is wrong"),
    ("no permissions", "the user may not do what a crawl needs"),
)


@contextmanager
def in_words(shown: str) -> Iterator[None]:
    """Turn what Redis says into a FrontierError for people."""
    try:
        yield
    except exceptions.AuthenticationError as error:
        raise FrontierError(f"{shown}: the user or password is wrong") from error
    except (redis.ConnectionError, redis.TimeoutError) as error:
        raise FrontierError(
            f"{shown} cannot be reached ({_line(error)}): see that Redis runs, then run again"
        ) from error
    except redis.RedisError as error:
        said = _line(error)
        words = next((words for part, words in _WORDS if part in said), said)
        raise FrontierError(f"{shown}: {words}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
