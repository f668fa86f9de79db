"""The codes that ``newscrawl`` ends with; docs/command.md explains them to users."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes, for a shell or a cron job."""

    OK = 0
    """Done: records were written, or there was nothing to do."""

    INTERNAL = 1
    """A bug in newscrawl; ``--debug`` shows where."""

    USAGE = 2
    """The command line or the site list is wrong; nothing was done."""

    PARTIAL = 3
    """Finished, but some inputs could not be read or fetched, or gave no record."""

    NOTHING = 4
    """Finished without a single record."""

    OUTPUT = 5
    """The output, the state or the frontier could not be opened or written."""

    FLOOR = 6
    """Measured, checked or compared, and not what is expected."""

    DRIFT = 7
    """A site is not what it was in its recent runs, and ``--fail-on-drift`` was given."""

    INTERRUPTED = 130
    """Stopped by Ctrl-C."""
