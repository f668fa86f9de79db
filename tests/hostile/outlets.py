"""Four outlets on loopback whose articles come out while a crawl is killed again and again.

Each publishes in a way of its own: a feed with links that redirect; a front page that names a feed
and a section; a sitemap of sitemaps; a feed with an article that changes, one of two pages, pages
that are none. Listings and most pages have an ETag. Beside them stands what must come out.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from tests.hostile.server import Exchange, Handler, HostileServer, article, redirect, reply, silence
from tests.hostile.server import feed as rss

FEED = "application/rss+xml"
SITEMAPS = 3
IN_A_SITEMAP = 10
ON_A_PAGE = 10
AT_FIRST = 40
"""Articles that the first feed has from the start."""


class Outlets:
    """The outlets, served until the ``with`` block ends.

    ``articles``: what a whole record of each address must hold, for the articles that are out;
    ``rejects``: addresses that become none, with the reason; ``version``: of the article at
    ``changing``; ``served``: articles that were given out.
    """

    def __init__(self, begun: datetime) -> None:
        self.begun = begun
        self.articles: dict[str, tuple[str, ...]] = {}
        self.rejects: dict[str, str] = {}
        self.version = 1
        self.served = 0
        self._stack = ExitStack()
        self._servers = [HostileServer(f"127.0.0.{n}") for n in range(2, 6)]
        self._number = 0
        self._listed: dict[str, list[str]] = {}

    def __enter__(self) -> Self:
        for server in self._servers:
            self._stack.enter_context(server)
        feeds, front, maps, mixed = self._servers
        self.changing = mixed.url("/news/how-the-vote-goes")
        self.publish(AT_FIRST)
        self._open_front(front)
        self._open_sitemaps(maps)
        self._open_mixed(mixed)
        self.starts = [
            feeds.url("/feed"), front.url("/"), maps.url("/sitemap.xml"), mixed.url("/feed")
        ]  # fmt: skip
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def requests(self) -> int:
        """How often anything was asked for."""
        return sum(len(server.exchanges) for server in self._servers)

    @property
    def site_list(self) -> str:
        """A site list of the four."""
        return "".join(
            f'[[site]]\nname = "Outlet {number}"\nstart = "{start}"\n'
            for number, start in enumerate(self.starts)
        )

    def publish(self, number: int) -> None:
        """Let new articles come out, most of them at the first outlet."""
        feeds, front, _, _ = self._servers
        for _ in range(number):
            self._number += 1
            if self._number % 5 == 0:
                self._list(front, "/feed.xml", self._add(front))
            elif self._number % 7 == 0:
                url = self._add(feeds)
                target = url.removeprefix(feeds.origin)
                self._list(feeds, "/feed", feeds.add(f"/go/{self._number}", redirect(target)))
            else:
                self._list(feeds, "/feed", self._add(feeds))

    def hang(self) -> None:
        """Let the last outlet have an article that is never answered."""
        *_, mixed = self._servers
        self._list(mixed, "/feed", mixed.add("/news/a-story-without-an-end", silence))

    def release(self) -> None:
        """Answer that article from now on."""
        *_, mixed = self._servers
        url = mixed.url("/news/a-story-without-an-end")
        self.articles[url] = _marks("endless")
        page = story("endless", "A story that has an end after all")
        mixed.add("/news/a-story-without-an-end", reply(page))

    def _open_front(self, front: HostileServer) -> None:
        teasers = {
            self._add(front): f"Story {self._number} in a few words" for _ in range(ON_A_PAGE)
        }
        more = {self._add(front): f"Story {self._number} in a few words" for _ in range(ON_A_PAGE)}
        link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        menu = '<a href="/world/">World</a>'
        front.add("/", tagged(_listing(teasers, link, menu)))
        front.add("/world/", tagged(_listing(more, "", menu)))

    def _open_sitemaps(self, maps: HostileServer) -> None:
        children = []
        for number in range(SITEMAPS):
            urls = [self._add(maps) for _ in range(IN_A_SITEMAP)]
            body = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
            path = f"/sitemap-{number}.xml"
            children.append(maps.add(path, tagged(_xml("urlset", body), "text/xml")))
        body = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in children)
        maps.add("/sitemap.xml", tagged(_xml("sitemapindex", body), "text/xml"))

    def _open_mixed(self, mixed: HostileServer) -> None:
        for path, handler, reason in (
            ("/news/a-story-that-is-gone", reply("<h1>Gone</h1>", status=404), "http_404"),
            ("/news/a-story-without-a-word", reply(""), "empty"),
        ):
            self.rejects[mixed.add(path, handler)] = reason
            self._list(mixed, "/feed", mixed.url(path))
        self._list(mixed, "/feed", self._add_pages(mixed))
        for _ in range(10):
            # Young ones are looked at again, and have no ETag: the same text comes again.
            self._list(mixed, "/feed", self._add(mixed, date=self._published, tag=False))
        mixed.add("/news/how-the-vote-goes", self._changing)
        self._list(mixed, "/feed", self.changing)

    def _add(self, server: HostileServer, *, date: str = "2024-05-06", tag: bool = True) -> str:
        self._number += 1
        number = self._number
        path = f"/news/{number}-story-of-the-day"
        self.articles[server.url(path)] = _marks(str(number))
        page = story(str(number), f"What became of story number {number}", date=date)
        return server.add(path, self._counted(tagged(page) if tag else reply(page)))

    def _add_pages(self, server: HostileServer) -> str:
        path, headline = "/news/the-long-story", "The long story of the harbour"
        self.articles[server.url(path)] = (*_marks("first"), *_marks("second"))
        for part, query, other in (("first", "", "2"), ("second", "/2", "")):
            more = f'<a href="{path}/{other}" rel="next">Next page</a>' if other else ""
            page = story(part, headline, more=more)
            url = server.add(path + query, self._counted(reply(page)))
        return url.removesuffix("/2")

    async def _changing(self, exchange: Exchange) -> None:
        name = f"version {self.version}"
        exchange.reply(story(name, "How the vote in the council goes", date=self._published))

    @property
    def _published(self) -> str:
        return (self.begun - timedelta(minutes=1)).isoformat(timespec="seconds")

    def _counted(self, handler: Handler) -> Handler:
        async def counted(exchange: Exchange) -> None:
            self.served += 1
            await handler(exchange)

        return counted

    def _list(self, server: HostileServer, path: str, url: str) -> None:
        listed = self._listed.setdefault(server.url(path), [])
        listed.insert(0, url)
        server.add(path, tagged(rss(*listed), FEED))


def story(name: str, headline: str, *, date: str = "2024-05-06", more: str = "") -> str:
    """Return an article whose first and last sentence name it, see `_marks`."""
    first, last = _marks(name)
    page = article(headline, date=date)
    page = page.replace("</h1>", f"</h1><p>{first}</p>", 1)
    return page.replace("</article>", f"<p>{last}</p>{more}</article>", 1)


def _marks(name: str) -> tuple[str, str]:
    return (
        f"The story that is called {name} begins at the quay, long before the sun is up.",
        f"The story that is called {name} ends where it began, with all boats back at the quay.",
    )


def tagged(body: str, content_type: str = "text/html; charset=utf-8") -> Handler:
    """Return a handler that answers 304 to those who have this body."""
    tag = f'"{hashlib.md5(body.encode()).hexdigest()}"'

    async def handler(exchange: Exchange) -> None:
        if exchange.headers.get("if-none-match") == tag:
            exchange.reply(b"", status=304, headers={"ETag": tag})
        else:
            exchange.reply(body, content_type, headers={"ETag": tag})

    return handler


def _listing(urls: list[str], head: str, menu: str) -> str:
    teasers = "".join(
        f'<h2><a href="{url}">The story that is on {url.rpartition("/")[2]}</a></h2>'
        for url in urls
    )
    return (
        f'<!doctype html><html lang="en"><head><title>News</title>{head}</head><body>'
        f"<nav>{menu}</nav><main>{teasers}</main></body></html>"
    )


def _xml(name: str, body: str) -> str:
    return f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</{name}>'
