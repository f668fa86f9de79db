"""A browser to open reports in, and where pictures of them are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.rendering.browsers import BROWSER

ARTEFACTS = "NEWSCRAWL_TEST_ARTEFACTS"
"""Environment: the folder for pictures of reports; by default ``artefacts`` beside this file."""

SECONDS = 60
"""A loaded machine may take its time."""

expect.set_options(timeout=SECONDS * 1000)


class Window:
    """A page of the browser, and all that it did that a report must not do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(SECONDS * 1000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._refuse)

    def _refuse(self, dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path: Path, place: str = "") -> Page:
        """Open a report from disk and wait until its articles are there."""
        self.page.goto(f"{path.as_uri()}{place}")
        expect(self.page.locator("html")).to_have_attribute("data-ready", "yes")
        return self.page

    def assert_quiet(self) -> None:
        """Fail if anything but files was asked for, or anything was complained of."""
        assert [url for url in self.requests if not url.startswith("file:")] == []
        assert self.complaints == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without a sandbox where it runs as root."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        yield started
        started.close()


@pytest.fixture
def windows(browser):
    """Open windows by the options of a browser context; all are closed at the end."""
    contexts: list[BrowserContext] = []

    def new(**options) -> Window:
        contexts.append(browser.new_context(**{"offline": True} | options))
        return Window(contexts[-1].new_page())

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def window(windows) -> Window:
    """A window of a screen."""
    return windows(viewport={"width": 1280, "height": 900})


def picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Keep a picture of what a page shows, to be looked at."""
    folder = Path(os.environ.get(ARTEFACTS) or Path(__file__).parent / "artefacts")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=full_page)


@contextmanager
def focus_is_seen(page: Page) -> Iterator[None]:
    """Fail if what has the focus afterwards does not show it."""
    yield
    shown = page.evaluate("document.activeElement.computedStyleMap().get('outline-style').value")
    width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert shown != "none"
    assert width >= 2
