"""Requests as text, for other workers: JSON, so that nothing that is read from Redis is code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from scrapy import Request, Spider
from scrapy.utils.request import request_from_dict

from newscrawl.discovery import Link
from newscrawl.items import Article, Image

_CLASSES: dict[str, Callable[..., Any]] = {"Article": Article, "Image": Image, "Link": Link}


def to_text(request: Request, spider: Spider, context: Any = None) -> str:
    """Return a request as text; ``context`` is what its spider wants to go with it.

    Callbacks go by their names, so they are methods of the spider. Raises ValueError for a
    request that holds something else than JSON can, bytes, tuples, links and records.
    """
    try:
        return json.dumps([_plain(request.to_dict(spider=spider)), _plain(context)])
    except TypeError as error:
        raise ValueError(f"{request} cannot be shared with other workers: {error}") from error


def from_text(text: str, spider: Spider) -> tuple[Request, Any]:
    """Return the request of a text, and its context."""
    about, context = json.loads(text)
    known = _value(about)
    known.pop("_class", None)  # a name of code
    return request_from_dict(known, spider=spider), _value(context)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        return {"$bytes": value.decode("latin-1")}
    if isinstance(value, tuple):
        return {"$tuple": [_plain(each) for each in value]}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {"$dict": [[_plain(key), _plain(each)] for key, each in value.items()]}
    name = type(value).__name__
    if _CLASSES.get(name) is type(value):
        return {f"${name}": {f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    raise TypeError(f"it holds a {name}")


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_value(each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    ((tag, inner),) = plain.items()
    if tag == "$bytes":
        return inner.encode("latin-1")
    if tag == "$tuple":
        return tuple(_value(each) for each in inner)
    if tag == "$dict":
        return {_value(key): _value(each) for key, each in inner}
    return _CLASSES[tag.removeprefix("$")](**{name: _value(v) for name, v in inner.items()})
