"""Which browser is found, and what is said when it or the extra is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import BaseSettings

from newscrawl.rendering import browser
from newscrawl.rendering.browser import BrowserMissingError, apply_browser_settings, find_browser
from newscrawl.site_list.site_list import SiteEntry

pytestmark = pytest.mark.slow


def program(path: Path) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_first_of_its_names_in_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chrome = program(tmp_path / "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_browser() == chrome
    chromium = program(tmp_path / "chromium")
    assert find_browser() == chromium
    own = program(tmp_path / "own" / "browser")
    assert find_browser(own) == own
    with pytest.raises(BrowserMissingError, match="NEWSCRAWL_BROWSER: /gone is no program"):
        find_browser("/gone")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_EXTRA", "no_such_package_as_this")
    with pytest.raises(BrowserMissingError, match=r"pip install 'newscrawl\[render\]'"):
        find_browser()


def test_settings_that_would_go_round_the_guard_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    given = {"PLAYWRIGHT_CDP_URL": "http://other:9222", "PLAYWRIGHT_LAUNCH_OPTIONS": {"args": []}}
    plain, rendered = SiteEntry("A", ("http://a/",)), SiteEntry("B", ("http://b/",), render=True)
    settings = BaseSettings(given, priority="cmdline")
    apply_browser_settings([plain], settings)
    assert settings["PLAYWRIGHT_CDP_URL"] == "http://other:9222"
    apply_browser_settings([plain, rendered], settings)
    assert settings["PLAYWRIGHT_CDP_URL"] is None
    assert "--disable-quic" in settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")["args"]
