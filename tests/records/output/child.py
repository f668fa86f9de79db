"""Writes numbered records until it is killed; remembers the synced ones in a file of its own.

``python child.py OUTPUT MEMORY PER_RUN STOP``: ends well once the file STOP is there.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from newscrawl.records.output import open_output, to_line


class Memory:
    """What a run knows of those before it: replaced as one, after the output is durable."""

    def __init__(self, path: Path) -> None:
        self.path = path
        held = json.loads(path.read_text()) if path.exists() else {"next": 0, "lengths": {}}
        self.next: int = held["next"]
        self.lengths: dict[str, int] = held["lengths"]

    def commit(self, lengths: dict[str, int]) -> None:
        self.lengths |= lengths
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"next": self.next, "lengths": self.lengths}))
        new.rename(self.path)


def main(output_path: str, memory_path: str, per_run: str, stop: str) -> None:
    memory = Memory(Path(memory_path))
    print("begun", flush=True)
    output = open_output(
        Path(output_path), per_run=per_run == "1", known=lambda name: memory.lengths.get(name, 0)
    )
    for record in output.unknown_records():
        assert record["number"] == memory.next, (record["number"], memory.next)
        memory.next += 1
    memory.commit(output.sync())
    output.publish()
    while not Path(stop).exists():
        for _ in range(random.randint(1, 6)):
            # A large one now and then: the system may stop its writing halfway.
            size = random.choice((200, 4000, 4000, 4000, 1_000_000))
            body = random.randbytes(size).hex()
            record = {"url": f"https://a.example/{memory.next}", "number": memory.next}
            output.write(to_line(record | {"body": body}))
            memory.next += 1
        memory.commit(output.sync())
    output.close()


if __name__ == "__main__":
    random.seed(os.getpid())
    main(*sys.argv[1:])
