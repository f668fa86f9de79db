"""Sites with ``render = true``: what their scripts bring, and all that holds for other pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.certificates import self_signed
from tests.hostile.server import HostileServer, feed, in_turn, not_found, redirect, reply
from tests.rendering.browsers import needs_browser, render, scripted, site_entry

pytestmark = [needs_browser, pytest.mark.slow]


def test_an_article_that_a_script_brings_needs_the_browser(tmp_path: Path) -> None:
    with HostileServer() as server:
        server.add("/text", reply("The text came from the server in a request of its own today."))
        more = 'return (await fetch("/text")).text();'
        start = server.add("/ferry-sails-again", reply(scripted("The ferry sails again", more)))
        with_browser = render(tmp_path, site_entry("Post", start))
        assert server.asked == ["/robots.txt", "/ferry-sails-again", "/text"]
        without = render(tmp_path, site_entry("Post", start, render=False))
    (record,) = with_browser.crawl.records
    assert record["headline"] == "The ferry sails again"
    assert record["url"] == start
    assert record["body"].startswith("The ferry of the islands sails again before the sun is up")
    assert record["body"].endswith("in a request of its own today.")
    assert with_browser.stats["newscrawl/rendered/pages"] == 1
    assert without.crawl.records == []


def test_sections_are_rendered_and_feeds_are_not(tmp_path: Path) -> None:
    with HostileServer() as server:
        links = "".join(
            f'<h2><a href="/world/story-number-{n}-of-today">What happened in story {n}</a></h2>'
            for n in range(6)
        )
        script = f"<script>document.body.insertAdjacentHTML('beforeend', {links!r})</script>"
        section = server.add("/world/", reply(f"<html><body><main></main>{script}</body></html>"))
        for n in range(6):
            server.add(f"/world/story-number-{n}-of-today", reply(scripted(f"Story {n} of today")))
        by_feed = server.add("/story-of-the-feed", reply(scripted("The story of the feed")))
        listed = server.add("/feed", reply(feed(by_feed), "application/rss+xml"))
        found = render(tmp_path, site_entry("Post", section, listed))
    assert found.crawl.headlines == {
        *(f"Story {n} of today" for n in range(6)),
        "The story of the feed",
    }
    assert found.stats["newscrawl/rendered/pages"] == 8
    assert found.crawl.summary["listings"] == {"page": 1, "feed": 1}


def test_only_what_brings_text_is_loaded_and_robots_txt_holds_for_it(tmp_path: Path) -> None:
    with HostileServer() as server:
        server.add("/robots.txt", reply("User-agent: newscrawl\nDisallow: /private/", "text/plain"))
        server.add("/allowed.js", reply("window.ready = true", "text/javascript"))
        head = """<style>@font-face { font-family: f; src: url(/font.woff2) } h1 { font: 9px f }
          body { background: url(/background.png) }</style><script src="/allowed.js"></script>"""
        more = """
          const image = new Image(); image.src = "/picture.png";
          document.body.insertAdjacentHTML("beforeend",
            '<img src="/photo.jpg"><video src="/film.mp4" autoplay></video>');
          navigator.sendBeacon("/beacon", "seen");
          const said = await fetch("/private/text").then(() => "came", () => "was refused");
          return "Here the script is ready: " + window.ready + ", the text " + said + ".";"""
        start = server.add("/ferry-sails-again", reply(scripted("A ferry", more, head=head)))
        found = render(tmp_path, site_entry("Post", start))
    assert server.asked == ["/robots.txt", "/ferry-sails-again", "/allowed.js"]
    assert "the script is ready: true, the text was refused." in found.texts["A ferry"]


def test_a_page_that_robots_txt_forbids_is_not_asked_for(tmp_path: Path) -> None:
    with HostileServer() as server:
        server.add("/robots.txt", reply("User-agent: *\nDisallow: /", "text/plain"))
        start = server.add("/ferry-sails-again", reply(scripted("The ferry")))
        found = render(tmp_path, site_entry("Post", start))
    assert server.asked == ["/robots.txt"]
    assert found.crawl.reasons == {"/ferry-sails-again": "robots"}


def test_we_are_who_we_are_and_nothing_is_kept_from_page_to_page(tmp_path: Path) -> None:
    with HostileServer() as server:
        more = """
          document.cookie = "by_script=1"; localStorage.kept = (localStorage.kept || "") + "x";
          const worker = navigator.serviceWorker &&
            await navigator.serviceWorker.register("/worker.js").catch(() => null);
          await fetch("/text");
          return "The storage holds " + localStorage.kept + " and the cookies "
            + document.cookie + " for this one page of all those in the run.";"""
        server.add("/text", reply("text"))
        starts = [
            server.add(
                f"/ferry-sails-{n}",
                reply(scripted(f"Ferry {n}", more), headers={"Set-Cookie": "by_server=1"}),
            )
            for n in range(2)
        ]
        found = render(
            tmp_path,
            site_entry("Post", *starts),
            NEWSCRAWL_CONTACT="https://example.org/bot",
            NEWSCRAWL_BROWSER_PAGES=1,
        )
    for n in range(2):
        assert "The storage holds x and the cookies" in found.texts[f"Ferry {n}"]
    asked = [each for each in server.exchanges if each.path != "/robots.txt"]
    assert len(asked) == 4
    for each in asked:
        assert each.headers["user-agent"].startswith("newscrawl/")
        assert each.headers["user-agent"].endswith(" (+https://example.org/bot)")
    documents = [each for each in asked if each.path != "/text"]
    assert not any("cookie" in each.headers for each in documents)
    for each in server.exchanges:
        assert "Windows" not in each.headers.get("sec-ch-ua-platform", "")


def test_a_script_that_leads_elsewhere_is_a_redirect_like_any_other(tmp_path: Path) -> None:
    with HostileServer() as server, HostileServer("127.0.0.2") as inner:
        server.add("/robots.txt", reply("User-agent: *\nDisallow: /private", "text/plain"))
        server.add("/private", reply(scripted("A private ferry")))
        server.add("/real-story-of-today", reply(scripted("The real story")))
        inner.add("/inner", reply(scripted("The inner ferry")))
        leads = {
            "/leads-on": "/real-story-of-today",
            "/leads-to-private": "/private",
            "/leads-inside": inner.url("/inner"),
            "/leads-to-file": "file:///etc/passwd",
            "/leads-in-a-circle": "/leads-in-a-circle",
        }
        starts = [
            server.add(path, reply(f"<html><body><script>location = '{to}'</script>Wait.</body>"))
            for path, to in leads.items()
        ]
        starts.append(server.add("/moved", redirect("/real-story-of-today")))
        found = render(tmp_path, site_entry("Post", *starts), REDIRECT_MAX_TIMES=3)
    assert found.crawl.urls == {server.url("/real-story-of-today")}
    assert "/private" not in server.asked
    assert inner.connections == 0
    assert server.asked.count("/real-story-of-today") <= 2
    assert server.asked.count("/leads-in-a-circle") == 4
    reasons = found.crawl.reasons
    assert reasons["/private"] == "robots"
    assert reasons["/inner"] == "refused_address"
    assert reasons["/leads-in-a-circle"] == "redirects"
    assert "/leads-to-file" in reasons


def test_a_page_of_a_name_gets_what_it_asks_its_own_host_for(tmp_path: Path) -> None:
    """Names are found by the proxy, with the resolver of the settings; the browser knows none."""
    with HostileServer() as server:
        server.add("/text", reply("The text came from the server in a request of its own today."))
        more = 'return (await fetch("/text")).text();'
        server.add("/ferry", reply(scripted("The ferry", more)))
        found = render(
            tmp_path,
            site_entry("Post", f"http://news.test:{server.port}/ferry"),
            DNS_RESOLVER="tests.hostile.resolver.Resolver",
        )
    assert found.texts["The ferry"].endswith("in a request of its own today.")
    assert server.exchanges[-1].headers["host"] == f"news.test:{server.port}"


def test_certificates_are_checked_for_what_a_page_asks_for(tmp_path: Path) -> None:
    """The crawl itself is told to take any certificate here; the browser never does."""
    with HostileServer(tls=self_signed(tmp_path, "127.0.0.1")) as server:
        server.add("/text", reply("text"))
        more = """return "Its own text " + await fetch("/text").then(() => "came", () => "did not")
          + " come, and the page is of " + location.protocol + " all the same, as it was.";"""
        start = server.add("/ferry", reply(scripted("The ferry", more)))
        found = render(tmp_path, site_entry("Post", start), DOWNLOAD_VERIFY_CERTIFICATES=0)
    assert found.texts["The ferry"].endswith(
        "Its own text did not come, and the page is of https: all the same, as it was."
    )
    assert "/text" not in server.asked


def test_errors_are_those_of_the_document(tmp_path: Path) -> None:
    with HostileServer() as server:
        gone = server.add("/gone-ferry", not_found)
        busy = server.add("/busy-ferry", in_turn(reply("busy", status=500)))
        file = server.add("/ferry.pdf", reply(b"%PDF-1.4", "application/pdf"))
        found = render(tmp_path, site_entry("Post", gone, busy, file))
    assert found.crawl.reasons == {
        "/gone-ferry": "http_404",
        "/busy-ferry": "http_500",
        "/ferry.pdf": "not_html",
    }
    assert "newscrawl/rendered/pages" not in found.stats


def test_the_encoding_of_the_document_is_read_once(tmp_path: Path) -> None:
    page = scripted("Der Fährmann grüßt", head='<meta charset="windows-1252">')
    with HostileServer() as server:
        start = server.add("/ferry", reply(page.encode("cp1252"), "text/html"))
        found = render(tmp_path, site_entry("Post", start))
    assert found.crawl.headlines == {"Der Fährmann grüßt"}


def test_a_page_is_asked_for_without_conditions_and_its_feed_with(tmp_path: Path) -> None:
    """A document of scripts alone never changes; what they bring does."""
    with HostileServer() as server:
        state = ("--state", str(tmp_path / "state"))
        tagged = {"ETag": '"same"'}
        server.add("/text", reply("The first text."))
        links = '<main id="m"></main><script>document.getElementById("m").innerHTML = "{}"</script>'
        teaser = "<h2><a href='/world/story-number-{0}-of-today'>What happened in {0}</a></h2>"
        old = "".join(map(teaser.format, range(6)))
        server.add(
            "/world/", reply(f"<html><body>{links.format(old)}</body></html>", headers=tagged)
        )
        by_feed = server.add("/story-of-the-feed", reply(scripted("The story of the feed")))
        for n in range(6):
            server.add(f"/world/story-number-{n}-of-today", reply(scripted(f"Story {n} of today")))
        listed = reply(feed(by_feed), "application/rss+xml", headers={"ETag": '"feed"'})
        server.add("/feed", listed)
        starts = (server.url("/world/"), server.url("/feed"))
        # The first run has no browser yet, and learns the tag of the front page.
        render(tmp_path, site_entry("Post", *starts, render=False), arguments=state)
        again = len(server.exchanges)
        found = render(tmp_path, site_entry("Post", *starts), arguments=state)
        second = {each.path: each.headers for each in server.exchanges[again:]}
    assert "if-none-match" not in second["/world/"]
    assert second["/feed"]["if-none-match"] == '"feed"'
    assert {f"Story {n} of today" for n in range(6)} <= found.crawl.headlines
