"""Durable files of records: JSON Lines that are valid after a kill, a power cut, a full disk.

::

    output = open_output(Path("news.jsonl"), known=state.output_length)
    for record in output.unknown_records():
        ...  # mark it as seen: the run that wrote it was killed before it could
    state.commit(output.sync())
    output.publish()
    output.write(to_line(article.to_dict()))
    state.commit(output.sync())
    output.close()
"""

from __future__ import annotations

from newscrawl.records.output.errors import OutputError
from newscrawl.records.output.journal import Journal
from newscrawl.records.output.lines import Record, to_line, to_record
from newscrawl.records.output.opening import open_output
from newscrawl.records.output.outputs import DurableOutput, KnownLength, Output
from newscrawl.records.output.upload import upload_finished

__all__ = [
    "DurableOutput",
    "Journal",
    "KnownLength",
    "Output",
    "OutputError",
    "Record",
    "open_output",
    "to_line",
    "to_record",
    "upload_finished",
]
