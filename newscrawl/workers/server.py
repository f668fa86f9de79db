"""Preload what workers need, in the process that they are forked from; imported there alone.

So modules are imported once and not by every worker, and what the first page needs (the record's
schema, the forests, the public suffixes) is there before it comes.
"""

from __future__ import annotations

import gc
import signal

# A service's processes are all told to end; this one ends with the process that started it, which
# may have pages to finish.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
gc.disable()

from newscrawl.extraction.record import FetchedPage, make_record  # noqa: E402

_SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "
_PAGE = f"""<!DOCTYPE html><html lang="en"><title>A hall</title><body><article>
<h1>A hall</h1><p>By Ana Writer</p><p><time datetime="2024-05-06">6 May 2024</time></p>
{f"<p>{_SENTENCE * 3}</p>" * 5}</article></body></html>"""

make_record(FetchedPage(_PAGE.encode(), "https://example.org/a"))
# Workers share these pages of memory as long as nobody writes to them, not even the collector.
gc.collect()
gc.freeze()
gc.enable()
