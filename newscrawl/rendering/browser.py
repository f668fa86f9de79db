"""Find the browser and start it, with no way to the network but the proxy it is given."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawl.site_list.site_list import SiteEntry

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_EXTRA = "scrapy_playwright"

# What the browser asks for on its own account, outside a page, gets nowhere: no such proxy exists,
# and no name or address can be connected to but a page's own proxy on this machine.
_ARGUMENTS = (
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    # Chromium has called it by both names.
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


class BrowserMissingError(ValueError):
    """Pages are to be rendered, and what that needs is not there; the message says what to do."""


def find_browser(chosen: str = "") -> str:
    """Return the path of the browser: the one chosen, else the first Chromium of PATH.

    Raises BrowserMissingError, for a missing extra, too.
    """
    if find_spec(_EXTRA) is None:
        raise BrowserMissingError(
            "render = true needs the extra 'render': pip install 'newscrawl[render]'"
        )
    if chosen:
        if (found := shutil.which(chosen)) is None:
            raise BrowserMissingError(f"NEWSCRAWL_BROWSER: {chosen} is no program that can be run")
        return found
    for name in _NAMES:
        if (found := shutil.which(name)) is not None:
            return found
    raise BrowserMissingError(
        "render = true needs a browser, and there is no Chromium or Chrome in PATH: install one "
        "(Debian: apt install chromium), or name it with -s NEWSCRAWL_BROWSER=PATH"
    )


def apply_browser_settings(entries: Iterable[SiteEntry], settings: BaseSettings) -> None:
    """Set what scrapy-playwright reads, if an entry is to be rendered.

    Its settings are ours to set: others could start a browser that goes round the guard. Raises
    BrowserMissingError.
    """
    if not any(entry.render for entry in entries):
        return
    browser = find_browser(settings.get("NEWSCRAWL_BROWSER", ""))
    for name, value in _playwright_settings(browser, settings).items():
        priority = max(settings.getpriority(name) or 0, SETTINGS_PRIORITIES["cmdline"])
        settings.set(name, value, priority=priority)


def _playwright_settings(browser: str, settings: BaseSettings) -> Mapping[str, Any]:
    # Chromium's sandbox cannot be had by root.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sandbox = settings.getbool("NEWSCRAWL_BROWSER_SANDBOX") and not is_root
    return {
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_BROWSER_PROVIDER": None,
        "PLAYWRIGHT_CDP_URL": None,
        "PLAYWRIGHT_CONNECT_URL": None,
        "PLAYWRIGHT_CONTEXTS": {},
        "PLAYWRIGHT_MAX_CONTEXTS": 0,
        "PLAYWRIGHT_RESTART_DISCONNECTED_BROWSER": True,
        # What is not answered by the page's own rules is not asked for at all.
        "PLAYWRIGHT_ABORT_REQUEST": "newscrawl.rendering.page_requests.refuse",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": browser,
            "args": [*_ARGUMENTS, f"--user-agent={settings['USER_AGENT']}"],
            "chromium_sandbox": sandbox,
            # A signal is for the crawl to answer, which ends the browser when it is done.
            "handle_sigint": False,
            "handle_sigterm": False,
            "handle_sighup": False,
        },
    }
