"""The one error of the shared frontier."""

from __future__ import annotations


class FrontierError(Exception):
    """The frontier cannot be reached, read or written, or is another's; the message says why."""
