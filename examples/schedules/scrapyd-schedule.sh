#!/bin/sh
# Schedule one crawl with a Scrapyd that newscrawl is deployed to; run it from cron, or by hand.
# Arguments: the folder of sites.toml, and the address of Scrapyd if it is another.
set -eu
folder=$1
scrapyd=${2:-http://127.0.0.1:6800}

# One at a time: a job that is still going, or waiting, is enough.
if curl -fsS "$scrapyd/listjobs.json?project=newscrawl" | grep -Eq '"(pending|running)": \[\{'; then
    exit 0
fi
curl -fsS "$scrapyd/schedule.json" \
    -d project=newscrawl -d spider=news -d sites="$folder/sites.toml" \
    -d setting=NEWSCRAWL_STATE="$folder/news.state" \
    -d setting=NEWSCRAWL_OUTPUT="$folder/news.jsonl" \
    -d setting=NEWSCRAWL_REJECTS="$folder/rejects.jsonl" \
    -d setting=NEWSCRAWL_SUMMARY="$folder/runs.jsonl"
