"""One line of a file: a record, or why it is none."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from newscrawl.items import SCHEMA_VERSION
from newscrawl.records.output import Record
from newscrawl.schema import schema_errors

_SHOWN_ERRORS = 3
_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})\.\d{1,9}")
_OURS = tuple(int(number) for number in SCHEMA_VERSION.split(".")[:2])


class LineError(ValueError):
    """A line gives no record; ``reason`` is one word (`Problem`), ``detail`` a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def read_line(line: bytes) -> Record:
    """Return the record of a line, with or without its line end.

    Keys that the schema knows may be absent (a file of an earlier version), others may be there
    (of a later one, or somebody's own). Raises LineError.
    """
    record = _parsed(_text(line))
    if not isinstance(record, dict):
        what = "a JSON array" if isinstance(record, list) else "a JSON value"
        raise LineError("foreign", f"{what}; JSON Lines has one object a line")
    version = minor_version(record.get("schema_version"))
    if version[0] > _OURS[0]:
        raise LineError(
            "future_schema",
            f"a record of schema {record['schema_version']}; this newscrawl reads {_OURS[0]}.x, "
            "a newer one reads it",
        )
    _refuse_what_is_no_article(record)
    errors = schema_errors(record, later=version > _OURS)
    if errors:
        more = len(errors) - _SHOWN_ERRORS
        rest = f"; and {more} more" if more > 0 else ""
        raise LineError("invalid", "; ".join(errors[:_SHOWN_ERRORS]) + rest)
    return record


def minor_version(version: Any) -> tuple[int, ...]:
    """Return the first two numbers of a schema's version; (0, 0) where that is none."""
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _refuse_what_is_no_article(record: Record) -> None:
    if "reason" in record and "body" not in record:
        raise LineError("reject", "a page that was rejected, no article")
    if "finish_reason" in record and "url" not in record:
        raise LineError("summary", "the figures of a run, no article")
    if not isinstance(record.get("url"), str):
        raise LineError("foreign", "a JSON object without a url, so no record of newscrawl's")


def _text(line: bytes) -> str:
    if b"\0" in line:
        is_all = not line.strip(b"\0\r\n")
        raise LineError(
            "nul_bytes",
            "zero bytes, as a power cut leaves them" if is_all else "zero bytes within the line",
        )
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineError("not_utf8", f"no UTF-8 from byte {error.start} of the line on") from error


def _parsed(text: str) -> Any:
    try:
        value = _decode(text)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" starting at")
        raise LineError("not_json", f"no JSON: {what}, character {error.pos + 1}") from error
    except RecursionError as error:
        raise LineError("not_json", "JSON nested too deep") from error
    except ValueError as error:  # NaN, and numbers of thousands of digits
        raise LineError("not_json", f"no JSON: {error}") from error
    if "\\ud" in text or "\\uD" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError as error:
            raise LineError("invalid", "half a surrogate pair, which no text can hold") from error
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_decode = json.JSONDecoder(parse_constant=_refuse_constant).decode
