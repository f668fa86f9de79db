"""Finished files in an S3 store: moto's server, which speaks S3's protocol, over real HTTP."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from newscrawl.records.output import OutputError, upload_finished
from tests.conftest import LocalSite

pytestmark = pytest.mark.slow

pytest.importorskip("s3fs", reason="needs s3fs")
boto3 = pytest.importorskip("boto3", reason="needs boto3")
server = pytest.importorskip("moto.server", reason="needs moto")


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a store with the bucket ``news``; whoever asks finds it by the environment."""
    import s3fs

    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    # What moto holds is its process's, whichever server asks.
    urlopen(Request(f"{address}/moto-api/reset", method="POST"), timeout=60).close()
    boto3.client("s3").create_bucket(Bucket="news")
    # Connections of another test's server are remembered by their settings, which are the same.
    s3fs.S3FileSystem.clear_instance_cache()
    yield address
    running.stop()


def stored() -> dict[str, bytes]:
    client = boto3.client("s3")
    found = client.list_objects_v2(Bucket="news").get("Contents", [])
    return {
        each["Key"]: client.get_object(Bucket="news", Key=each["Key"])["Body"].read()
        for each in found
    }


def test_a_run_s_file_is_in_the_store_when_the_run_ends(
    s3: str, site: LocalSite, tmp_path: Path
) -> None:
    for number in range(2):
        url = site.article(f"/s/a-story-of-the-day-{number}", f"What happened in story {number}")
        command = ["crawl", url, "--per-run", "-o", "news.jsonl.gz", "--allow-host", "127.0.0.1"]
        command += ["-s", "NEWSCRAWL_OUTPUT_STORE=s3://news/daily", "-s", "DOWNLOAD_DELAY=0"]
        done = subprocess.run(
            [sys.executable, "-m", "newscrawl", *command],
            cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    local = {f"daily/{path.name}": path.read_bytes() for path in tmp_path.glob("news-*.jsonl.gz")}
    assert len(local) == 2
    assert stored() == local
    lines = b"".join(map(gzip.decompress, stored().values())).splitlines()
    headlines = sorted(json.loads(line)["headline"] for line in lines)
    assert headlines == ["What happened in story 0", "What happened in story 1"]


def test_a_file_that_is_there_is_not_sent_again(s3: str, tmp_path: Path) -> None:
    (tmp_path / "news-19700101T000000Z.jsonl").write_bytes(b'{"url": "https://a.example/"}\n')
    assert upload_finished(tmp_path / "news.jsonl", "s3://news/daily") == 1
    assert upload_finished(tmp_path / "news.jsonl", "s3://news/daily") == 0
    assert list(stored()) == ["daily/news-19700101T000000Z.jsonl"]


@pytest.mark.parametrize("trouble", ["no bucket", "no server"])
def test_a_store_that_takes_nothing_is_an_error_in_words(
    s3: str, trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news-19700101T000000Z.jsonl").write_bytes(b"{}\n")
    if trouble == "no server":
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    bucket = "elsewhere" if trouble == "no bucket" else "news"
    with pytest.raises(OutputError, match=f"s3://{bucket}/daily: "):
        upload_finished(tmp_path / "news.jsonl", f"s3://{bucket}/daily")
    if trouble == "no bucket":
        buckets = boto3.client("s3").list_buckets()["Buckets"]
        assert [each["Name"] for each in buckets] == ["news"]
