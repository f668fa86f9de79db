"""The proxy of one page: what it connects to, and when it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.allowed import AllowedHosts
from newscrawl.rendering.proxy import PageProxy
from tests.hostile.server import HostileServer, reply


def guard(*allowed: str) -> AddressGuard:
    return AddressGuard(AllowedHosts.parse(allowed))


class Names:
    """Answers look-ups in turn, the last answer ever after."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)

    async def __call__(self, name: str) -> list[str]:
        return list(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])


async def ask(proxy: PageProxy, data: bytes, then: bytes = b"") -> bytes:
    """Send bytes to a proxy, ``then`` after its first answer; return all that comes back."""
    port = int(proxy.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    answer = await reader.read(65536) if then else b""
    writer.write(then)
    with suppress(ConnectionResetError):
        while more := await reader.read(65536):
            answer += more
    writer.close()
    return answer


def test_plain_http_and_tunnels_to_what_is_allowed() -> None:
    async def run(server: HostileServer) -> None:
        names = Names(["127.0.0.1"])
        async with PageProxy(guard("127.0.0.1"), names) as proxy:
            get = f"GET http://news.test:{server.port}/a?b=c HTTP/1.1\r\nHost: news.test\r\n"
            answer = await ask(proxy, f"{get}Proxy-Connection: keep-alive\r\n\r\n".encode())
            assert answer.endswith(b"\r\n\r\nThe answer")
            connect = f"CONNECT news.test:{server.port} HTTP/1.1\r\n\r\n".encode()
            answer = await ask(proxy, connect, b"GET /a HTTP/1.1\r\nHost: news.test\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\n")
            assert answer.endswith(b"\r\n\r\nThe answer")
            assert proxy.refused == []

    with HostileServer() as server:
        server.add("/a", reply("The answer"))
        asyncio.run(run(server))
    assert server.asked == ["/a?b=c", "/a"]
    assert server.exchanges[0].headers == {"host": "news.test", "connection": "close"}


def test_every_address_of_a_name_is_checked_where_it_is_connected_to() -> None:
    async def run(good: HostileServer, inner: HostileServer) -> None:
        names = Names(["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2", "127.0.0.1"])
        async with PageProxy(guard("127.0.0.1"), names) as proxy:
            get = f"GET http://moves.test:{good.port}/ HTTP/1.1\r\n\r\n".encode()
            assert (await ask(proxy, get)).startswith(b"HTTP/1.1 404")
            assert (await ask(proxy, get)).startswith(b"HTTP/1.1 403")
            assert (await ask(proxy, get)).startswith(b"HTTP/1.1 404")
            for host in ("127.0.0.2", "2130706434", "0x7f.2", "[::ffff:7f00:2]", "127.0.0.2."):
                connect = f"CONNECT {host}:{inner.port} HTTP/1.1\r\n\r\n".encode()
                assert (await ask(proxy, connect)).startswith(b"HTTP/1.1 403"), host
            assert len(proxy.refused) == 6

    with HostileServer() as good, HostileServer("127.0.0.2") as inner:
        asyncio.run(run(good, inner))
    assert inner.connections == 0
    assert len(good.asked) == 2


def test_what_is_no_request_of_a_proxy_is_answered_without_a_connection() -> None:
    async def run(server: HostileServer) -> None:
        async with PageProxy(guard("127.0.0.1"), Names([])) as proxy:
            for line in (
                b"GET / HTTP/1.1",
                b"GET file:///etc/passwd HTTP/1.1",
                b"GET ftp://127.0.0.1/ HTTP/1.1",
                b"CONNECT :443 HTTP/1.1",
                b"GET http://nowhere.test/ HTTP/1.1",
            ):
                assert (await ask(proxy, line + b"\r\n\r\n")).startswith(b"HTTP/1.1 502"), line
            for data in (b"\r\n\r\n", b"GET http://[ HTTP/1.1\r\n\r\n", b"x" * 300_000):
                assert await ask(proxy, data) == b""

    with HostileServer() as server:
        asyncio.run(run(server))
    assert server.connections == 0


def test_beyond_its_bytes_a_page_gets_nothing_more() -> None:
    async def run(server: HostileServer) -> None:
        got: list[int] = []
        limited = PageProxy(
            guard("127.0.0.1"), Names([]), max_bytes=100_000, received=lambda d: got.append(len(d))
        )
        async with limited as proxy:
            get = f"GET {server.url('/large')} HTTP/1.1\r\n\r\n".encode()
            assert len(await ask(proxy, get)) <= 100_000
            assert proxy.is_overrun
            assert 100_000 < sum(got) < 300_000
            assert await ask(proxy, get) == b""

    with HostileServer() as server:
        server.add("/large", reply(b"x" * 1_000_000))
        asyncio.run(run(server))
    assert server.asked == ["/large"]
