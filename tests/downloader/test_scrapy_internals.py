"""Private names of Scrapy and Twisted: each test says what newscrawl loses with one.

These names may go with any version. Where a test fails after an update, the message says which
promise of newscrawl no longer holds; the place to mend is `newscrawl.downloader.scrapy_internals`.
"""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest
from scrapy.core.downloader import Downloader
from scrapy.core.downloader.handlers import http11
from scrapy.core.engine import ExecutionEngine
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils import _compression, _download_handlers
from twisted.web.client import HTTPConnectionPool

import newscrawl
from newscrawl.downloader import scrapy_internals

PACKAGE = Path(newscrawl.__file__).parent
INTERNALS = Path(scrapy_internals.__file__)

USES = {
    (http11, "_ScrapyAgent"): "no address is checked when it is connected to",
    (http11, "_BindAddressAgent"): "no address is checked when it is connected to",
    (http11, "_LenientHTTP11ClientFactory"): "bodies longer than their Content-Length pass",
    (http11, "_LenientHTTP11ClientProtocol"): "bodies longer than their Content-Length pass",
    (http11, "_LenientHTTPClientParser"): "bodies longer than their Content-Length pass",
    (http11._ScrapyAgent, "_get_agent"): "no address is checked when it is connected to",
    (http11._ScrapyAgent, "_cb_bodydone"): "bodies longer than their Content-Length pass",
    (http11._LenientHTTPClientParser, "_finished"): "bodies longer than stated pass",
    (_compression, "_DecompressionMaxSizeExceeded"): "a bomb is no too_large but an error",
    (HttpCompressionMiddleware, "_decode"): "half a compressed body passes for a whole one",
    (_download_handlers, "normalize_bind_address"): "the setting for the local address fails",
    (_download_handlers, "wrap_twisted_exceptions"): "failures have no reason of their own",
    (Downloader, "_latercall"): "a host that answers 429 is not left alone",
}


@pytest.mark.parametrize(
    ("owner", "name", "loss"), [(*use, loss) for use, loss in USES.items()], ids=str
)
def test_the_name_is_there(owner: object, name: str, loss: str) -> None:
    assert hasattr(owner, name), f"Scrapy has no {name} any more: {loss}"


@pytest.mark.parametrize(
    ("method", "attribute", "loss"),
    [
        (http11.HTTP11DownloadHandler.__init__, "_pool", "connections are kept for minutes"),
        (http11.HTTP11DownloadHandler.__init__, "_contextFactory", "TLS settings are lost"),
        (http11.HTTP11DownloadHandler.__init__, "_fail_on_dataloss", "cut bodies pass"),
        (HTTPConnectionPool.__init__, "_factory", "bodies longer than stated pass"),
        (DownloaderAwarePriorityQueue.__init__, "_downloader_interface", "pausing hosts block"),
        (DownloaderAwarePriorityQueue.pop, "_last_selected_slot", "hosts are not taken in turn"),
        (ExecutionEngine.__init__, "_slot", "a worker does not notice new requests"),
    ],
)
def test_the_attribute_is_set_where_it_is_used(method: object, attribute: str, loss: str) -> None:
    owner = getattr(method, "__qualname__", "").partition(".")[0]
    module = import_module(method.__module__)
    sources = [
        inspect.getsource(each) for each in getattr(module, owner).__mro__ if each is not object
    ]
    is_there = any(
        f"self.{attribute}" in source or f"    {attribute} =" in source for source in sources
    )
    assert is_there, f"{owner} has no {attribute} any more: {loss}"


def test_no_other_module_uses_private_names_of_scrapy_or_twisted() -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        if path == INTERNALS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                ("scrapy", "twisted")
            ):
                names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
                if any(name.startswith("_") for name in names):
                    found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert found == []
