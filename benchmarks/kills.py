"""Crawls killed at random moments: what became of every article.

    python benchmarks/kills.py [--kills 100] [--seed 1]

Hostile case 25 at length. `newscrawl crawl` runs over four outlets on loopback (feeds, redirects, a
front page with a section, a sitemap of sitemaps, an article of two pages, one that changes), is
killed by SIGKILL at a random moment, and is started again an hour later by its clock, while new
articles come out. When it has been killed often enough it runs to its end, and once more two days
later. Half of the kills go to an output that grows, the others to a gzip output and to one file a
run. The same seed draws the same moments; what a moment hits depends on the machine, too.

Prints a row for each output, then every fault; ends with 1 if there is any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.hostile.kills import Account, Crawls, kill_and_account
from tests.hostile.outlets import Outlets

OUTPUTS = (
    ("grows", "news.jsonl", (), 0.5),
    ("gzip", "news.jsonl.gz", (), 0.25),
    ("per run", "news.jsonl", ("--per-run",), 0.25),
)
GROWTH = 40
COLUMNS = ("kills", "runs", "expected", "found", "lost", "doubled", "torn", "wrong", "seconds")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{'output':10}" + "".join(f"{name:>10}" for name in COLUMNS))
    faults = []
    for place, (name, output, arguments, share) in enumerate(OUTPUTS):
        kills = round(options.kills * share)
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder, Outlets(datetime.now(UTC)) as outlets:
            crawls = Crawls(Path(folder), outlets, output, arguments)
            account, runs = kill_and_account(
                crawls, kills, options.seed * len(OUTPUTS) + place, growth=GROWTH
            )
        counts = (
            kills, runs, account.expected, account.found, len(account.lost), len(account.doubled),
            len(account.torn), len(account.wrong), round(time.monotonic() - started),
        )  # fmt: skip
        print(f"{name:10}" + "".join(f"{count:10,}" for count in counts), flush=True)
        faults += faults_of(account)
    print("\n".join(faults) or "no fault")
    return int(bool(faults))


def faults_of(account: Account) -> list[str]:
    return [
        f"{kind}: {what}"
        for kind in ("lost", "doubled", "torn", "wrong")
        for what in getattr(account, kind)
    ]


if __name__ == "__main__":
    sys.exit(main())
