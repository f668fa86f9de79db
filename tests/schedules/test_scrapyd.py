"""newscrawl on Scrapyd for real: the egg deployed, jobs scheduled, records and state kept."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from newscrawl.state import State
from tests.conftest import LocalSite
from tests.schedules.schedule import EXAMPLES, ROOT, Place, asked, publish

pytest.importorskip("scrapyd")
pytest.importorskip("scrapyd_client")
pytestmark = [
    pytest.mark.skipif(not shutil.which("curl"), reason="needs the package curl"),
    pytest.mark.slow,
]

QUICK = {
    "NEWSCRAWL_ALLOWED_HOSTS": "127.0.0.0/8",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    # Processes that read pages have to find the egg, too.
    "NEWSCRAWL_READERS": "1",
    "NEWSCRAWL_READ_ALONE": "1",
}


@dataclass
class Scrapyd:
    """A running Scrapyd: ``folder`` is what it was started in."""

    folder: Path
    address: str

    def ask(self, method: str) -> dict[str, Any]:
        with urlopen(f"{self.address}/{method}", timeout=10) as answer:
            return json.load(answer)

    def jobs(self, status: str) -> list[dict[str, Any]]:
        return self.ask("listjobs.json?project=newscrawl")[status]

    def schedule(self, place: Place) -> dict[str, Any]:
        done = subprocess.run(
            [EXAMPLES / "scrapyd-schedule.sh", place.folder, self.address],
            env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr == ""
        return json.loads(done.stdout) if done.stdout else {}

    def run(self, place: Place) -> str:
        """Schedule a job and wait for its end; returns its log."""
        answer = self.schedule(place)
        assert answer["status"] == "ok"
        return self.log_of(answer["jobid"])

    def log_of(self, job: str) -> str:
        while job not in {done["id"] for done in self.jobs("finished")}:
            time.sleep(0.1)
        return (self.folder / "logs" / "newscrawl" / "news" / f"{job}.log").read_text()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout of its own: deploying leaves files in it."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "scrapy.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    pyc = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "newscrawl", folder / "newscrawl", ignore=pyc)
    settings = folder / "newscrawl" / "settings.py"
    lines = "\n".join(f"{name} = {value!r}" for name, value in QUICK.items())
    # So that what runs can only be what was deployed.
    settings.write_text(f'{settings.read_text()}\n{lines}\nUSER_AGENT = "deployed"\n')
    return folder


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python that has all packages but newscrawl: before an egg comes what is installed.

    The tests' own newscrawl is installed by a .pth file, and those of a folder that is itself
    named in such a file do not count.
    """
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder)
    here = sysconfig.get_path("purelib")
    there = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    (Path(there) / "packages.pth").write_text(f"{here}\n")
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def scrapyd(
    tmp_path_factory: pytest.TempPathFactory, project: Path, python: Path
) -> Iterator[Scrapyd]:
    folder = tmp_path_factory.mktemp("scrapyd")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = (EXAMPLES / "scrapyd.conf").read_text()
    text = re.sub(r"(?m)^http_port .*$", f"http_port = {port}\npoll_interval = 0.2", text)
    (folder / "scrapyd.conf").write_text(text)
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [python, "-m", "scrapyd", "--pidfile="], cwd=folder, stdout=log, stderr=log
        ) as process,
    ):
        server = Scrapyd(folder, f"http://127.0.0.1:{port}")
        try:
            while (status := _status(server)) is None:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            assert status["status"] == "ok"
            _deploy(project, server)
            yield server
        finally:
            process.terminate()


def _status(server: Scrapyd) -> dict[str, Any] | None:
    try:
        return server.ask("daemonstatus.json")
    except OSError:
        return None


def _deploy(project: Path, server: Scrapyd) -> None:
    config = project / "scrapy.cfg"
    config.write_text(config.read_text().replace("http://localhost:6800/", f"{server.address}/"))
    done = subprocess.run(
        [Path(sys.executable).with_name("scrapyd-deploy")],
        cwd=project, env={**os.environ, "PYTHONPATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["spiders"] == 1


@pytest.fixture
def place(site: LocalSite, tmp_path: Path) -> Place:
    publish(site, 3)
    return Place(tmp_path).crawls(site.url("/feed"))


def test_the_first_job_writes_the_second_finds_nothing_new(
    site: LocalSite, place: Place, scrapyd: Scrapyd
) -> None:
    log = scrapyd.run(place)
    assert "Traceback" not in log
    assert len(place.records) == 3
    assert site.agents == {"deployed (+https://example.org/crawler)"}
    written = (place.folder / "news.jsonl").read_bytes()
    site.asked.clear()
    scrapyd.run(place)
    assert (place.folder / "news.jsonl").read_bytes() == written
    assert asked(site) == ["/feed"]
    assert [summary["articles"] for summary in place.lines("runs.jsonl")] == [3, 0]


def test_a_job_on_a_state_in_use_ends_at_once_and_says_why(
    site: LocalSite, place: Place, scrapyd: Scrapyd
) -> None:
    with State(place.folder / "news.state"):
        answer = scrapyd.schedule(place)
        log = scrapyd.log_of(answer["jobid"])
    assert "news.state is in use by another run" in log
    assert site.asked == []
    assert place.records == []


def test_a_job_that_waits_or_goes_on_is_enough(place: Place, scrapyd: Scrapyd) -> None:
    first = scrapyd.schedule(place)
    assert scrapyd.schedule(place) == {}
    scrapyd.log_of(first["jobid"])
    assert len(place.lines("runs.jsonl")) == 1
