"""Hostile case 6 in the browser: nothing that a page asks for goes round the guard."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.async_api import Route, async_playwright
from scrapy.settings import BaseSettings

from newscrawl.rendering.browser import apply_browser_settings
from newscrawl.site_list.site_list import SiteEntry
from tests.hostile.server import Exchange, HostileServer, article, redirect, reply
from tests.rendering.browsers import BROWSER, Rendering, needs_browser, render, scripted, site_entry

pytestmark = [needs_browser, pytest.mark.slow]

# What a page does, {inner} and {name} being a server that it may not reach. Each is waited for,
# whatever becomes of it.
ATTEMPTS = """
const settled = [];
const tried = promise => settled.push(promise.catch(() => null));
const loaded = (element, where) => new Promise(done => {{
  element.onload = element.onerror = done;
  element[where[0]] = where[1];
  document.body.append(element);
}});
const answered = target => new Promise(done => {{
  target.onopen = target.onerror = target.onclose = done;
}});
const made = tag => document.createElement(tag);
tried(fetch("{inner}/fetch", {{mode: "no-cors"}}));
tried(fetch("{inner}/preflight", {{method: "PUT", headers: {{"X-Own": "1"}}}}));
tried(fetch("{name}/by-name", {{mode: "no-cors"}}));
tried(fetch("http://0x7f000002:{port}/spelled", {{mode: "no-cors"}}));
tried(fetch("/redirect", {{mode: "no-cors"}}));
tried(loaded(made("img"), ["src", "{inner}/image"]));
tried(loaded(made("iframe"), ["src", "{inner}/frame"]));
tried(loaded(made("iframe"), ["src", "/redirect-of-frame"]));
tried(loaded(made("script"), ["src", "{inner}/script"]));
tried(loaded(Object.assign(made("link"), {{rel: "stylesheet"}}), ["href", "{inner}/style"]));
tried(loaded(Object.assign(made("link"), {{rel: "prefetch"}}), ["href", "{inner}/prefetch"]));
document.head.append(Object.assign(made("link"), {{rel: "preconnect", href: "{inner}"}}));
tried(answered(new WebSocket("{socket}/socket")));
tried(answered(new EventSource("{inner}/events")));
const code = "fetch('{inner}/worker', {{mode: 'no-cors'}}).finally(() => postMessage(1))";
const worker = new Worker(URL.createObjectURL(new Blob([code])));
tried(new Promise(done => {{ worker.onmessage = worker.onerror = done; }}));
open("{inner}/popup");
{more}
await Promise.race([Promise.all(settled), new Promise(done => setTimeout(done, 6000))]);
return "After all that was tried the page is whole and the ferry sails on.";
"""
NOT_FOR_TEXT = {"/image", "/popup", "/frame-image"}
REACHED = {
    "/fetch", "/preflight", "/by-name", "/spelled", "/by-redirect", "/frame", "/frame-by-redirect",
    "/script", "/style", "/prefetch", "/socket", "/events", "/worker",
}  # fmt: skip


def attempts(inner: HostileServer, more: str = "") -> str:
    return ATTEMPTS.format(
        inner=inner.origin,
        name=f"http://inner.test:{inner.port}",
        socket=f"ws://{inner.netloc}",
        port=inner.port,
        more=more,
    )


def crawled(folder: Path, inner: HostileServer, more: str = "", allowed: str = "") -> Rendering:
    with HostileServer() as good:
        good.add("/redirect", redirect(inner.url("/by-redirect")))
        good.add("/redirect-of-frame", redirect(inner.url("/frame-by-redirect")))
        start = good.add("/ferry", reply(scripted("The ferry", attempts(inner, more))))
        found = render(
            folder,
            site_entry("Post", start),
            DNS_RESOLVER="tests.hostile.resolver.Resolver",
            NEWSCRAWL_ALLOWED_HOSTS=f"127.0.0.1,{allowed}",
        )
    assert found.texts["The ferry"].endswith("the page is whole and the ferry sails on.")
    return found


def test_6_nothing_is_connected_to_while_the_page_itself_is_shown(tmp_path: Path) -> None:
    metadata = 'tried(fetch("http://169.254.169.254/latest/meta-data", {mode: "no-cors"}));'
    with HostileServer("127.0.0.2") as inner:
        found = crawled(tmp_path, inner, metadata)
    assert inner.connections == 0
    # Web sockets and what is refused twice over can be asked for again; none is left out.
    assert found.stats["newscrawl/rendered/refused"] >= len(REACHED) + 1


def test_6_all_of_it_is_reached_where_it_is_allowed(tmp_path: Path) -> None:
    """Shows that the attempts are real ones, and that pictures and popups are asked of nobody."""
    with HostileServer("127.0.0.2") as inner:
        crawled(tmp_path, inner, allowed="127.0.0.2")
    assert set(inner.asked) - {"/robots.txt"} == REACHED


def test_6_a_page_has_no_way_past_its_proxy(tmp_path: Path) -> None:
    names = ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "fetch"]
    more = f"""
      const frame = document.body.appendChild(document.createElement("iframe"));
      const there = [window, frame.contentWindow].map(each => {names}.filter(name => name in each));
      return "Of all the ways that there are to the network it has " + there.join(" and ") + ".";"""
    with HostileServer() as good:
        start = good.add("/ferry", reply(scripted("The ferry", more)))
        found = render(tmp_path, site_entry("Post", start))
    assert found.texts["The ferry"].endswith("to the network it has fetch and fetch.")


def test_6_as_it_is_started_the_browser_sends_nothing_past_the_proxy() -> None:
    """WebRTC over UDP and TCP, and WebTransport, in a page that may do what it likes."""
    settings = BaseSettings({"NEWSCRAWL_BROWSER": BROWSER, "USER_AGENT": "newscrawl"})
    apply_browser_settings([SiteEntry("Post", ("http://127.0.0.1/",), render=True)], settings)
    script = """hosts => Promise.all(hosts.map(async host => {
      const urls = ["stun:" + host, "turn:" + host + "?transport=tcp"];
      const iceServers = urls.map(url => ({urls: url, username: "u", credential: "c"}));
      const peer = new RTCPeerConnection({iceServers});
      peer.createDataChannel("ferry");
      const settled = new Promise(done => peer.onicegatheringstatechange = () =>
        peer.iceGatheringState === "complete" && done());
      await peer.setLocalDescription(await peer.createOffer());
      await new WebTransport("https://" + host + "/").ready.catch(() => null);
      await Promise.race([settled, new Promise(done => setTimeout(done, 3000))]);
    }))"""

    async def leave_alone(route: Route) -> None:
        await route.fulfill(body="<p>A page", content_type="text/html")

    async def act(hosts: list[str]) -> None:
        async with async_playwright() as playwright:
            options = settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")
            browser = await playwright.chromium.launch(**options)
            context = await browser.new_context(
                proxy={"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
            )
            page = await context.new_page()
            await page.route("**", leave_alone)
            await page.goto("http://127.0.0.1/")
            await page.evaluate(script, hosts)
            await browser.close()

    with ExitStack() as stack:
        udp, tcp = [], []
        for host in ("127.0.0.1", "127.0.0.2"):
            tcp.append(stack.enter_context(socket.create_server((host, 0))))
            udp.append(stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)))
            udp[-1].bind((host, tcp[-1].getsockname()[1]))
        asyncio.run(act([f"{host}:{port}" for host, port in (s.getsockname() for s in udp)]))
        for each in udp + tcp:
            each.setblocking(False)
        for each in udp:
            with pytest.raises(BlockingIOError):
                each.recvfrom(2048)
        for each in tcp:
            with pytest.raises(BlockingIOError):
                each.accept()


def test_6_a_name_that_changes_between_two_look_ups(tmp_path: Path) -> None:
    """The document comes from the first address, robots.txt before it; then the name moves."""
    with HostileServer() as good, HostileServer("127.0.0.2") as inner:
        # Twice 127.0.0.1 as the resolver of the tests has it, then 127.0.0.2.
        url = f"http://rebound-on-retry.test:{good.port}/ferry"
        more = f"""
          const other = "http://rebound-on-retry.test:{inner.port}/";
          const said = await fetch(other, {{mode: "no-cors"}})
            .then(() => "was reached", () => "was not");
          return "The other server of the same name " + said + " from here.";"""
        good.add("/ferry", reply(scripted("The ferry", more)))
        found = render(
            tmp_path,
            site_entry("Post", url),
            DNS_RESOLVER="tests.hostile.resolver.Resolver",
            NEWSCRAWL_ALLOWED_HOSTS=f"127.0.0.1:{good.port},127.0.0.1:{inner.port}",
        )
    assert "The ferry" in found.crawl.headlines
    assert inner.connections == 0
    assert found.stats["newscrawl/rendered/refused"] >= 1


def test_what_the_browser_wants_for_itself_gets_nowhere(tmp_path: Path) -> None:
    """All that is asked of the network in a run is what the page asks for."""

    async def other(exchange: Exchange) -> None:
        exchange.reply(article("An article without scripts"))

    with HostileServer() as server:
        start = server.add("/ferry", other)
        found = render(tmp_path, site_entry("Post", start))
    assert server.asked == ["/robots.txt", "/ferry"]
    assert found.stats["newscrawl/rendered/pages"] == 1
    assert "newscrawl/rendered/refused" not in found.stats
    assert "newscrawl/rendered/bytes" not in found.stats
