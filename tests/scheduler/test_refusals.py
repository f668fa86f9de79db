"""A frontier that cannot be used is refused in a line, and left as it was."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from redis import Redis as Client

from newscrawl.scheduler import FrontierError, frontier
from newscrawl.scheduler.frontier import Frontier
from tests.scheduler.crowd import Crowd
from tests.servers import PostgreSQL, Redis, free_port, redis


def joined(url: str, *, targets: str = "t", schema: str = "1.0.0", worker: str = "") -> Frontier:
    one = Frontier(url, name="crawl", worker=worker, patience=1)
    one.join(targets=targets, schema=schema)
    return one


def refusal(url: str, **about: str) -> str:
    began = time.monotonic()
    with pytest.raises(FrontierError) as caught:
        joined(url, **about)
    assert time.monotonic() - began < 30
    message = str(caught.value)
    assert "\n" not in message
    assert "secret" not in message
    return message


def everything(client: Client) -> dict[bytes, bytes]:
    return {key: client.dump(key) for key in client.keys("*")}


def test_one_that_is_away() -> None:
    url = f"redis://:secret@127.0.0.1:{free_port()}/0"
    assert "cannot be reached (Error" in refusal(url)
    assert "see that Redis runs, then run again" in refusal(url)
    assert "Redis URL must specify" in refusal("db:6379")


def test_a_wrong_password_and_none() -> None:
    with redis(password="secret") as server:
        assert joined(server.url).token
        assert "the user or password is wrong" in refusal(server.url.replace("secret", "guess"))
        without = server.url.replace(":secret@", "")
        assert "wants a password" in refusal(without) or "password is wrong" in refusal(without)


def test_an_old_version(redis_server: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontier, "OLDEST", (99, 1))
    assert "is Redis 7." in refusal(redis_server.url)
    assert "the frontier needs 99.1 or newer" in refusal(redis_server.url)


def test_one_that_would_drop_keys() -> None:
    with redis("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru") as server:
        assert "drops keys when it is full (maxmemory-policy allkeys-lru)" in refusal(server.url)


def test_keys_of_others_are_not_touched(redis_server: Redis) -> None:
    with Client.from_url(redis_server.url) as client:
        client.set("news:requests", "theirs")
        client.sadd("newscrawl:dupefilter", "theirs")
        client.zadd("newscrawl:{other}:free", {"theirs": 1})
        before = everything(client)
        one = joined(redis_server.url)
        one.tick(starting=True, status="{}")
        one.add("example.org", 0, "request", "print")
        one.leave()
        after = everything(client)
    assert {key: after[key] for key in before} == before
    assert all(key.startswith(b"newscrawl:{crawl}:") for key in after.keys() - before.keys())


@pytest.mark.parametrize("key", ["run", "seen", "requests"])
def test_keys_of_another_program_under_our_name(redis_server: Redis, key: str) -> None:
    with Client.from_url(redis_server.url) as client:
        client.set(f"newscrawl:{{crawl}}:{key}", "theirs")
        before = everything(client)
        assert "of another program" in refusal(redis_server.url)
        client.delete(f"newscrawl:{{crawl}}:{key}")
        client.hset(f"newscrawl:{{crawl}}:{key}", "program", "theirs")
        before = everything(client)
        assert "of another program" in refusal(redis_server.url)
        assert everything(client) == before


def test_a_run_of_another_schema_or_of_other_targets(redis_server: Redis) -> None:
    joined(redis_server.url)
    said = refusal(redis_server.url, schema="2.0.0")
    assert "whose records have schema 1.0.0 (this one: 2.0.0)" in said
    assert "has a run of other targets" in refusal(redis_server.url, targets="others")


def test_a_run_that_somebody_deleted(redis_server: Redis) -> None:
    one = joined(redis_server.url)
    assert one.tick(starting=True, status="{}").word == "running"
    with Client.from_url(redis_server.url) as client:
        client.flushall()
    assert one.tick(starting=True, status="{}").word == "gone"
    with pytest.raises(FrontierError, match="has lost this run"):
        one.add("example.org", 0, "request", "print")


def test_a_full_redis_and_a_full_disk_take_nothing_new_and_lose_nothing() -> None:
    with redis("--save", "3600 1", "--appendonly", "no") as server:
        one = joined(server.url)
        one.tick(starting=True, status="{}")
        _, number = one.add("example.org", 0, "request", "print")
        with Client.from_url(server.url) as client:
            client.config_set("maxmemory", 1)
            with pytest.raises(FrontierError, match="Redis is full: raise its maxmemory"):
                one.add("example.org", 0, "another", "another print")
            client.config_set("maxmemory", 0)
            shutil.rmtree(server.folder)
            client.bgsave()
            while client.info("persistence")["rdb_bgsave_in_progress"]:
                time.sleep(0.05)
            with pytest.raises(FrontierError, match="cannot write to its disk: make room"):
                one.add("example.org", 0, "another", "another print")
        assert one.requests([number]) == {number: "request"}


def test_the_command_says_so_with_code_5_and_makes_nothing(
    tmp_path: Path, postgresql_server: PostgreSQL
) -> None:
    url = f"redis://127.0.0.1:{free_port()}"
    crowd = Crowd(tmp_path, ["http://127.0.0.1:9/feed"], url, postgresql_server.database())
    name = crowd.start()
    crowd.finish()
    assert crowd.codes == {5: 1}
    assert "cannot be reached" in crowd.said(name)
    assert not list(tmp_path.glob("out/news*"))


@pytest.mark.parametrize(
    ("state", "output", "said"),
    [
        ("news.state", "out/news.jsonl", "is a state for one process: workers share"),
        (None, "-", "a worker writes files of its own"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    state: str | None, output: str, said: str, redis_server: Redis
) -> None:
    from scrapy.settings import Settings

    from newscrawl.spiders.sharing import join_frontier

    settings = Settings({
        "NEWSCRAWL_FRONTIER": redis_server.url, "NEWSCRAWL_STATE": state,
        "NEWSCRAWL_OUTPUT": output,
    })  # fmt: skip
    with pytest.raises(FrontierError, match=said):
        join_frontier(settings, [])
