"""SIGKILL at random moments: no line torn, none lost that was synced, none twice."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.records.output.reading import NAMES, records_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KILLS = 30
FEWER = 10


def start(directory: Path, name: str, per_run: bool) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [
            sys.executable,
            str(Path(__file__).with_name("child.py")),
            str(directory / "out" / name),
            str(directory / "memory.json"),
            str(int(per_run)),
            str(directory / "stop"),
        ],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"begun\n"
    return child


@pytest.mark.parametrize(
    ("name", "per_run", "kills"),
    [
        *((name, False, KILLS) for name in NAMES),
        *((name, True, FEWER) for name in NAMES),
    ],
)
def test_kills_lose_tear_and_double_nothing(
    tmp_path: Path, name: str, per_run: bool, kills: int
) -> None:
    moments = random.Random(name)
    for _ in range(kills):
        child = start(tmp_path, name, per_run)
        # While it opens and repairs, or later, while it writes.
        time.sleep(moments.uniform(0, moments.choice((0.02, 0.2))))
        child.send_signal(signal.SIGKILL)
        _, error = child.communicate(timeout=60)
        assert child.returncode == -signal.SIGKILL, error.decode()
    (tmp_path / "stop").touch()
    child = start(tmp_path, name, per_run)
    _, error = child.communicate(timeout=60)
    assert child.returncode == 0, error.decode()

    files = sorted((tmp_path / "out").iterdir())
    assert not [path.name for path in files if path.suffix in {".part", ".lock"}]
    numbers = [record["number"] for path in files for record in records_of(path)]
    assert numbers
    assert sorted(numbers) == list(range(len(numbers)))
    assert json.loads((tmp_path / "memory.json").read_text())["next"] == len(numbers)
