"""What `newscrawl export` costs: records a second and peak memory of each format, and its growth.

    python benchmarks/export.py [--records 200000] [--formats parquet csv …] [--folder DIR]
    python benchmarks/export.py --records 10000 100000 1000000 --paragraphs 1 --alone

The records are made up: six paragraphs of 40 to 120 words, drawn in a way that they do not compress
to nothing, every field set, every tenth a second revision. Each format is a process of its own over
the same file, with the latest revisions alone, for which the file is read twice. Beside them in the
same run: reading the records once and nothing else; and DuckDB, which reads the file and writes the
Parquet by its own `COPY`, on all processors and on one. It checks no record against a schema, keeps
all revisions and makes nothing of dates, so it is a floor and no peer. On a machine with other work
the column of the processor's own time is the one to look at.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newscrawl.items import Article, Image
from newscrawl.records.output import to_line
from newscrawl.text.cleaning import content_hash

FORMATS = ("parquet", "csv", "json-ld", "ninjs", "duckdb", "sqlite")

READING = """
import sys
from newscrawl.records.reading import RecordReader
print(sum(1 for _ in RecordReader([sys.argv[1]])))
"""
COPY = """
import sys, duckdb
config = {"memory_limit": "1GB", "preserve_insertion_order": False}
if sys.argv[3] != "0":
    config["threads"] = int(sys.argv[3])
database = duckdb.connect(config=config)
database.execute(
    f"COPY (SELECT * FROM read_ndjson('{sys.argv[1]}')) TO '{sys.argv[2]}' (COMPRESSION zstd)"
)
"""


def write_records(path: Path, count: int, paragraphs: int = 6) -> None:
    drawn = random.Random(1)
    words = ["".join(drawn.choices("aeiouklmnprst", k=drawn.randint(2, 11))) for _ in range(20_000)]
    texts = [" ".join(drawn.choices(words, k=drawn.randint(40, 120))) for _ in range(5_000)]
    with path.open("wb") as file:
        for number in range(count):
            file.write(to_line(record(number, drawn, texts, paragraphs).to_dict()))


def record(number: int, drawn: random.Random, texts: list[str], paragraphs: int) -> Article:
    article = number - 5 if number % 10 == 9 else number
    body = "\n\n".join(drawn.choices(texts, k=paragraphs))
    headline, caption = texts[number % 5_000][:70], texts[(number + 1) % 5_000][:120]
    url = f"https://www.site{article % 500}.example/news/2026/05/a-headline-{article}"
    return Article(
        url=url,
        headline=headline,
        date=f"2026-05-{article % 28 + 1:02}T{article % 24:02}:05:00+02:00",
        caption=caption,
        body=body,
        description=texts[(number + 2) % 5_000][:200],
        authors=["Ana Writer", "Bo Writer"],
        credit="A. Writer/Agency",
        images=[
            Image(f"{url}.jpg", caption, "A. Writer/Agency", "A hall"),
            Image(f"{url}-2.jpg", caption),
        ],
        date_modified=f"2026-05-{article % 28 + 1:02}",
        date_raw="12 May 2026",
        section="World",
        tags=["one", "two", "three"],
        language="en",
        publisher=f"Site {article % 500}",
        canonical_url=url,
        access="open",
        sources=dict.fromkeys(("headline", "date", "caption", "body", "authors"), "json-ld"),
        rights={"robots": {"value": "max-image-preview:large", "source": "meta"}},
        fetched_at=f"2026-05-{article % 28 + 1:02}T22:40:05Z",
        content_hash=content_hash(headline, f"{number}", caption),
        revision=2 if number % 10 == 9 else 1,
    )


def measure(command: list[str]) -> tuple[float, float, float]:
    """Run a command; return its seconds, its processor's seconds and its peak in MB."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command[:6])}: {said.decode()}")
    seconds = time.perf_counter() - started
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def show(name: str, count: int, figures: tuple[float, float, float], path: Path | None) -> None:
    seconds, processor, peak = figures
    size = f"{path.stat().st_size / 1e6:8.0f}" if path else ""
    speeds = f"{count / seconds:12,.0f}{count / processor:12,.0f}"
    print(f"{name:<22}{speeds}{peak:9,.0f}{size}", flush=True)
    if path:
        path.unlink()


def run(folder: Path, count: int, options: argparse.Namespace) -> None:
    source, target = folder / "records.jsonl", folder / "out"
    write_records(source, count, options.paragraphs)
    size = source.stat().st_size / 1e6
    print(f"\n{count:,} records, {size:,.0f} MB")
    print(f"{'':22}{'records/s':>12}{'/s of CPU':>12}{'peak MB':>9}{'MB':>8}")
    python = sys.executable
    if not options.alone:
        show("reading alone", count, measure([python, "-c", READING, str(source)]), None)
        for threads, name in (("0", "DuckDB COPY"), ("1", "DuckDB COPY, 1 thread")):
            command = [python, "-c", COPY, str(source), str(target), threads]
            show(name, count, measure(command), target)
    for each in options.formats:
        command = [python, "-m", "newscrawl", "export", str(source), "--to", each]
        command += ["-o", str(target), "--revisions", "latest"]
        show(each, count, measure(command), target)
    source.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, nargs="+", default=[200_000])
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--paragraphs", type=int, default=6, help="of each article")
    parser.add_argument("--alone", action="store_true", help="without what stands beside it")
    parser.add_argument("--folder", type=Path, help="for the files; default: a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for count in options.records:
            run(Path(folder), count, options)


if __name__ == "__main__":
    main()
