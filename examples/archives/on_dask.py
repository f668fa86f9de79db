"""WARC files to records on a Dask cluster; without one, on two processes of this machine.

    python examples/archives/on_dask.py warcs/ -o /shared/records
    python examples/archives/on_dask.py warc.paths -o /shared/records --scheduler tcp://head:8786

Ends with 1 if a file could not be read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from distributed import Client, LocalCluster

from newscrawl.archive import Options
from newscrawl.archive.on_dask import convert_all


def main() -> int:
    """Convert what the command line names; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("targets", nargs="+", metavar="WARC|DIR|URL|LIST")
    parser.add_argument("-o", "--output", required=True, metavar="DIR")
    parser.add_argument("--host", action="append", default=[])
    parser.add_argument("--base", default="", metavar="PREFIX")
    parser.add_argument("--scheduler", metavar="ADDRESS")
    asked = parser.parse_args()
    options = Options.of(hosts=asked.host)
    cluster = asked.scheduler or LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    )
    total: Counter[str] = Counter()
    with Client(cluster) as client:
        for done in convert_all(
            client, asked.targets, asked.output, base=asked.base, options=options
        ):
            total["files"] += 1
            total["finished before"] += done.was_finished
            total["articles"] += done.counts.get("articles", 0)
            if done.problem is not None:
                total["problems"] += 1
                print(f"{done.source}: {done.problem}", file=sys.stderr)
    if not asked.scheduler:
        cluster.close()
    print(", ".join(f"{name} {number}" for name, number in total.items() if number))
    return int(bool(total["problems"]))


if __name__ == "__main__":
    sys.exit(main())
