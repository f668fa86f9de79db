"""Many small outlets in one process, each a host of its own on loopback, that note who asks when.

    python -m tests.scheduler.hosts HOSTS PAGES LOG [pauses]

Prints the addresses of their feeds as JSON. A line of LOG for each request: seconds, host, path,
User-Agent, status. With ``pauses`` the first host answers its twentieth request with 429 and
``Retry-After: 6``.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from tests.hostile.outlets import story
from tests.hostile.server import feed

PAUSE = 6
AT = 20


def main() -> None:
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:]))


async def _serve(hosts: int, pages: int, log: Path, options: list[str]) -> None:
    feeds = []
    with log.open("a", buffering=1) as lines:
        for number in range(hosts):
            host = Host(
                f"127.{1 + number // 250}.0.{1 + number % 250}",
                pages,
                lines,
                bool(options) and not number,
            )
            feeds.append(await host.start())
        print(json.dumps(feeds), flush=True)
        await asyncio.Event().wait()


class Host:
    def __init__(self, address: str, pages: int, log: object, pauses: bool) -> None:
        self.address = address
        self.pages = pages
        self.log = log
        self.asked = 0
        self.pauses = pauses

    async def start(self) -> str:
        server = await asyncio.start_server(self._talk, self.address, 0)
        self.origin = f"http://{self.address}:{server.sockets[0].getsockname()[1]}"
        self.server = server
        return f"{self.origin}/feed"

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(self._answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        fields = dict(line.split(": ", 1) for line in head.split("\r\n") if ": " in line)
        agent = fields.get("User-Agent", "none")
        self.asked += 1
        more, status, kind = "", 200, "text/html; charset=utf-8"
        if self.pauses and self.asked == AT:
            status, body, more = 429, "Too many", f"Retry-After: {PAUSE}\r\n"
        elif path == "/feed":
            kind = "application/rss+xml"
            body = feed(*(f"{self.origin}/news/{n}-story-of-the-day" for n in range(self.pages)))
        elif path.startswith("/news/"):
            name = path.removeprefix("/news/").partition("-")[0]
            body = story(f"{name} of {self.address}", f"What became of story {name}")
        else:
            status, body = 404, "Not found"
        print(time.monotonic(), self.address, path, agent, status, file=self.log)  # type: ignore[call-overload]
        data = body.encode()
        length = f"Content-Length: {len(data)}\r\n"
        return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{more}{length}\r\n".encode() + data


if __name__ == "__main__":
    main()
