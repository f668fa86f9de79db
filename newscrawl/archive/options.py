"""Options of an archive run: the wanted hosts and languages, and the output format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args

from newscrawl.extraction.rights import checked_reservations
from newscrawl.items import SCHEMA_VERSION

Format = Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Options:
    """Options that all pieces of one folder share."""

    hosts: frozenset[str] = frozenset()
    """Hosts that are wanted, with their subdomains; all if there is none."""

    languages: frozenset[str] = frozenset()
    """Languages that are wanted, BCP 47 in lower case; all if there is none."""

    to: Format = "jsonl"
    """The suffix of the outputs."""

    duplicates: bool = False
    """Whether an article is written again where the archive has it again with the same text."""

    withhold: tuple[str, ...] = ()
    """Reservations for which a body is left out, see `RecordOptions.withhold`."""

    @classmethod
    def of(
        cls,
        hosts: Iterable[str] = (),
        languages: Iterable[str] = (),
        to: str = "jsonl",
        *,
        duplicates: bool = False,
        withhold: Iterable[str] = (),
    ) -> Self:
        """Return options of what a user wrote; raises ValueError."""
        chosen = next((each for each in FORMATS if each == to.lower()), None)
        if chosen is None:
            raise ValueError(f"{to!r} is no format: choose from {', '.join(FORMATS)}")
        return cls(
            frozenset(filter(None, map(_host, hosts))),
            frozenset(name.strip().lower() for name in languages if name.strip()),
            chosen,
            duplicates,
            checked_reservations(withhold),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return them as JSON has them, with the version of the records' schema."""
        return {
            "hosts": sorted(self.hosts),
            "languages": sorted(self.languages),
            "to": self.to,
            "duplicates": self.duplicates,
            "withhold": list(self.withhold),
            "schema_version": SCHEMA_VERSION,
        }


ALL = Options()


def _host(text: str) -> str:
    host = text.strip().lower().removesuffix(".").removeprefix("*.")
    if "/" in host or ":" in host or " " in host:
        raise ValueError(f"{text!r} is no host: write it as in www.example.org")
    return host
