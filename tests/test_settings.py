"""The project as Scrapy finds it: settings, spider list, and what a user may override."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

ROOT = Path(__file__).parents[1]


@pytest.fixture
def settings() -> Settings:
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    return settings


def scrapy(*arguments: str, cwd: Path = ROOT) -> str:
    finished = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return finished.stdout.strip()


def test_scrapy_lists_the_spider_from_the_project_root() -> None:
    assert scrapy("list").split() == ["news"]


def test_scrapy_sees_the_settings_and_a_user_overrides_them() -> None:
    assert scrapy("settings", "--getbool", "ROBOTSTXT_OBEY") == "True"
    assert scrapy("settings", "--getint", "DOWNLOAD_TIMEOUT", "-s", "DOWNLOAD_TIMEOUT=7") == "7"


def test_a_good_guest_by_default(settings: Settings) -> None:
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings.getfloat("DOWNLOAD_DELAY") > 0
    assert settings["USER_AGENT"].startswith("newscrawl/")
    assert settings["USER_AGENT"].startswith(settings["ROBOTSTXT_USER_AGENT"])


def test_nothing_listens_and_nothing_but_the_web_is_read(settings: Settings) -> None:
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_every_component_named_can_be_loaded(settings: Settings) -> None:
    for name in (
        "DOWNLOADER_MIDDLEWARES",
        "SPIDER_MIDDLEWARES",
        "EXTENSIONS",
        "ITEM_PIPELINES",
        "FEED_EXPORTERS",
    ):
        components = settings.getdict(name)
        paths = components.values() if name == "FEED_EXPORTERS" else components
        for path in paths:
            assert callable(load_object(path)), path
    assert callable(load_object(settings["DUPEFILTER_CLASS"]))
    assert callable(load_object(settings["REQUEST_FINGERPRINTER_CLASS"]))


def test_every_setting_of_our_own_is_explained() -> None:
    lines = (ROOT / "newscrawl" / "settings.py").read_text(encoding="utf-8").splitlines()
    own = [index for index, line in enumerate(lines) if line.startswith("NEWSCRAWL_")]
    assert len(own) >= 7
    for index in own:
        assert lines[index + 1].startswith('"""'), lines[index]
