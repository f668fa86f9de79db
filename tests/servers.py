"""Real PostgreSQL and Redis for the tests: started on loopback, ended by their process ids."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60
"""A net under a start; none takes a tenth of it."""


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class PostgreSQL:
    """A cluster of its own; `database` makes a new database and returns its address."""

    PASSWORD = "open-sesame"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
        # PostgreSQL refuses to be run by root.
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        secret = self.folder / "password"
        secret.write_text(self.PASSWORD)
        secret.chmod(0o644)
        self._run(
            "initdb", "-D", str(self.data), "-U", "crawler", "-E", "UTF8", "--locale=C.UTF-8",
            "-A", "scram-sha-256", f"--pwfile={secret}", "--no-sync",
        )  # fmt: skip
        self.port = free_port()
        self._numbers = itertools.count()
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @staticmethod
    def program(name: str) -> str | None:
        """Return the path of a program of PostgreSQL's, None where it is not installed."""
        places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        path = os.pathsep.join([*map(str, places), os.environ.get("PATH", "")])
        return shutil.which(name, path=path)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [
            str(self.program("postgres")), "-D", str(self.data), "-p", str(self.port),
            "-h", "127.0.0.1", "-k", str(self.folder), "-c", "max_connections=60",
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, **self._as_user()
            )
        wait_for(self._answers, self.process)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT drops its connections, SIGQUIT is as a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(SECONDS)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str, *, user: str = "crawler", password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def database(self, options: str = "") -> str:
        """Make a database and return its address."""
        name = f"news_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} {options}")
        return self.address(name)

    def execute(self, statement: str, address: str = "") -> list[tuple[object, ...]]:
        import psycopg

        where = address or self.address("postgres")
        with psycopg.connect(where, autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.address("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.program(name)), *arguments],
            check=True, capture_output=True, cwd=self.folder, **self._as_user(),
        )  # fmt: skip

    def _as_user(self) -> dict[str, object]:
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}


class Redis:
    """A server of its own, with an append-only file unless told otherwise."""

    def __init__(self, *options: str, password: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="newscrawl-redis-"))
        self.port = free_port()
        self.password = password
        self.options = options or ("--appendonly", "yes", "--appendfsync", "everysec")
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        secret = f":{self.password}@" if self.password else ""
        return f"redis://{secret}127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers and has read its files."""
        command = [
            "redis-server", "--port", str(self.port), "--bind", "127.0.0.1",
            "--dir", str(self.folder), "--save", "", *self.options,
        ]  # fmt: skip
        if self.password:
            command += ["--requirepass", self.password]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        wait_for(self._answers, self.process)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(SECONDS)
            self.process = None

    def remove(self) -> None:
        self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        import redis as client_of

        client = client_of.Redis.from_url(self.url, socket_timeout=5)
        try:
            return bool(client.ping())
        except (client_of.ConnectionError, client_of.TimeoutError):
            return False
        finally:
            client.close()


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers; raises RuntimeError if it ends instead."""
    end = time.monotonic() + SECONDS
    while not happened():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{process.args!r} did not start")
        time.sleep(0.05)


def missing(*programs: str) -> list[str]:
    """Return those of the servers' programs that are not installed."""
    return [name for name in programs if not (PostgreSQL.program(name) or shutil.which(name))]


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    try:
        yield server
    finally:
        server.remove()


@contextmanager
def redis(*options: str, password: str = "") -> Iterator[Redis]:
    server = Redis(*options, password=password)
    try:
        yield server
    finally:
        server.remove()
