"""What a crawl starts from: order, names, and the settings that entries ask for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.site_list.site_list import SiteEntry
from newscrawl.spiders.starts import (
    apply_contact,
    apply_site_settings,
    interleaved,
    sites_by_name,
)
from tests.conftest import LocalSite


@pytest.fixture
def settings() -> Settings:
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    return settings


def test_targets_become_a_site_for_each_domain() -> None:
    listed = SiteEntry("Post", ("https://post.example.org/feed",))
    named = SiteEntry("echo.example.com", ("https://echo.example.com/feed",))
    sites = sites_by_name(
        [listed, named],
        [
            "https://www.herald.co.uk/",
            "https://sport.herald.co.uk/feed",
            "https://www.herald.co.uk/",
            "http://127.0.0.1:8000/",
        ],
    )
    assert list(sites) == ["Post", "echo.example.com", "herald.co.uk", "127.0.0.1"]
    assert sites["herald.co.uk"].start == (
        "https://www.herald.co.uk/", "https://sport.herald.co.uk/feed"
    )  # fmt: skip


def test_hosts_take_turns() -> None:
    entries = [
        SiteEntry("A", ("https://a.org/1", "https://a.org/2", "https://b.org/3")),
        SiteEntry("B", ("https://b.org/1",)),
        SiteEntry("C", ("https://c.org/1", "https://c.org/2", "https://c.org/3")),
    ]
    assert [(entry.name, url[8:]) for entry, url in interleaved(entries)] == [
        ("A", "a.org/1"), ("A", "b.org/3"), ("C", "c.org/1"),
        ("A", "a.org/2"), ("B", "b.org/1"), ("C", "c.org/2"),
        ("C", "c.org/3"),
    ]  # fmt: skip


def test_pace_and_budget_of_hosts(settings: Settings) -> None:
    settings.set("DOWNLOAD_SLOTS", {"b.org": {"delay": 9}}, priority="cmdline")
    apply_site_settings(
        [
            SiteEntry("A", ("https://a.org/",), delay=2.0, concurrency=3, max_pages=10),
            SiteEntry("A too", ("https://www.a.org/x",), delay=1.0, concurrency=1, max_pages=5),
            SiteEntry("B", ("https://b.org/",), delay=1.0, max_pages=5, max_bytes=1_000),
            SiteEntry("B, unlimited", ("https://b.org/x",), max_bytes=500),
            SiteEntry("C", ("https://c.org/",)),
        ],
        settings,
    )
    assert settings.getdict("DOWNLOAD_SLOTS") == {
        "a.org": {"delay": 2.0, "concurrency": 1},
        "www.a.org": {"delay": 2.0, "concurrency": 1},
        "b.org": {"delay": 9},
        "www.b.org": {"delay": 1.0},
    }
    assert settings.getdict("NEWSCRAWL_HOST_LIMITS") == {
        "a.org": {"pages": 15},
        "www.a.org": {"pages": 15},
        "b.org": {"bytes": 1_500},
        "www.b.org": {"bytes": 1_500},
    }


@pytest.mark.parametrize(("hosts", "requests"), [(10, 32), (400, 100), (5_000, 250)])
def test_more_hosts_more_requests_at_a_time(settings: Settings, hosts: int, requests: int) -> None:
    entries = [SiteEntry(f"{n}", (f"https://s{n}.org/",)) for n in range(hosts)]
    apply_site_settings(entries, settings)
    assert settings.getint("CONCURRENT_REQUESTS") == requests
    settings.set("CONCURRENT_REQUESTS", 7, priority="cmdline")
    apply_site_settings(entries, settings)
    assert settings.getint("CONCURRENT_REQUESTS") == 7


def test_the_contact_of_the_settings_goes_before_that_of_the_list(settings: Settings) -> None:
    plain = settings["USER_AGENT"]
    apply_contact("", settings)
    assert settings["USER_AGENT"] == plain
    apply_contact("desk@example.org", settings)
    assert settings["USER_AGENT"] == f"{plain} (+desk@example.org)"
    assert settings["NEWSCRAWL_CONTACT"] == "desk@example.org"
    own = {"NEWSCRAWL_CONTACT": "me@example.org", "USER_AGENT": "own/1"}
    other = Settings(own, priority="cmdline")
    apply_contact("desk@example.org", other)
    assert (other["NEWSCRAWL_CONTACT"], other["USER_AGENT"]) == ("me@example.org", "own/1")


def test_the_budget_of_a_site_holds_in_a_crawl(site: LocalSite, tmp_path: Path) -> None:
    urls = [site.article(f"/{n}", f"The story that has number {n}") for n in range(6)]
    (tmp_path / "sites.toml").write_text(
        f'[[site]]\nname = "Post"\nstart = {json.dumps(urls)}\nmax_pages = 4\n'
    )
    done = subprocess.run(
        [
            sys.executable, "-m", "newscrawl", "crawl", "--sites", "sites.toml", "--json",
            "--allow-host", "127.0.0.1", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 4
    assert json.loads(done.stderr.splitlines()[-1])["skipped"] == {"host_limit": 2}
