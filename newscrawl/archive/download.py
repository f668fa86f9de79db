"""Fetch WARC files to local ones, piece by piece, whole or not at all."""

from __future__ import annotations

import http.client
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.failures import Refusal

ATTEMPTS = 4
"""How often a file is asked for; each time what is still missing of it."""

SCHEMES = ("http", "https", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "hf")
"""Of the addresses that are fetched: the web, and object stores by fsspec.

fsspec's chains (``zip://…::https://…``) and its schemes for files, hosts and archives are refused,
since the guard does not see what they lead to."""

LARGEST_FILE = 64 * 1024**3
"""Bytes of a file that is fetched; a larger one is given up."""

TIMEOUT = 60.0
"""Seconds without a byte after which an answer is given up."""

_PIECE = 1 << 20
_PAUSE = 1.0
_FINAL = frozenset({400, 401, 403, 404, 405, 410, 416, 451})


class DownloadError(Exception):
    """A file could not be fetched; the message says why."""


def download(
    url: str,
    path: Path,
    guard: AddressGuard,
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Fetch an address to a file, which must not be there.

    http and https connect to allowed addresses alone, at every redirect, and go on where a
    connection broke off, if the server can. Object stores (``s3://`` …) are left to fsspec.
    ``is_cancelled`` is called as data arrives.

    Raises DownloadError, for a scheme that is none of SCHEMES, too; and OSError for a file that
    cannot be written.
    """
    check_scheme(url)
    if not url.lower().startswith(("http://", "https://")):
        _by_fsspec(url, path, is_cancelled)
        return
    opener = _opener(guard)
    problem = ""
    with path.open("xb") as file:
        for attempt in range(ATTEMPTS):
            if attempt:
                pause(_PAUSE * 2 ** (attempt - 1))
            try:
                guard.check_url(url)
                if _fetch(opener, url, file, is_cancelled):
                    return
                problem = "the connection broke off"
            except Refusal as error:
                raise DownloadError(error.detail) from None
            except urllib.error.HTTPError as error:
                problem = f"the server answered {error.code}"
                if error.code in _FINAL:
                    break
            except (urllib.error.URLError, http.client.HTTPException) as error:
                problem = _words(error)
            except _NetworkError as error:
                problem = str(error)
    raise DownloadError(problem)


def check_scheme(url: str) -> None:
    """Raise DownloadError for an address that is not of one of SCHEMES, or a chain of several.

    >>> check_scheme("zip://a.warc::https://example.org/a.zip")
    Traceback (most recent call last):
        ...
    newscrawl.archive.download.DownloadError: a chain of addresses (::) is refused
    """
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https") and "::" in url:
        raise DownloadError("a chain of addresses (::) is refused")
    if scheme not in SCHEMES:
        raise DownloadError(f"{scheme}: addresses are refused; allowed are {', '.join(SCHEMES)}")


class _NetworkError(Exception):
    """An error of the connection; OSError is left for those of the file that is written."""


def _fetch(
    opener: urllib.request.OpenerDirector, url: str, file: Any, is_cancelled: Callable[[], bool]
) -> bool:
    """Append what is missing; tell whether the file is whole then."""
    had = file.tell()
    headers = {"User-Agent": _agent(), "Accept-Encoding": "identity"}
    if had:
        headers["Range"] = f"bytes={had}-"
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the guard checks it
    with _network():
        answer = opener.open(request, timeout=TIMEOUT)
    with answer:
        if answer.status != HTTPStatus.PARTIAL_CONTENT and had:
            file.seek(0)
            file.truncate()
        for piece in _pieces(answer):
            _check(is_cancelled)
            _write(piece, file)
        return answer.length in (None, 0)


def _write(piece: bytes, file: Any) -> None:
    if file.tell() + len(piece) > LARGEST_FILE:
        raise DownloadError(f"the file is larger than {LARGEST_FILE} bytes")
    file.write(piece)


def _pieces(answer: Any) -> Iterator[bytes]:
    while True:
        with _network():
            piece = answer.read1(_PIECE)
        if not piece:
            return
        yield piece


@contextmanager
def _network() -> Iterator[None]:
    try:
        yield
    except (Refusal, urllib.error.URLError, http.client.HTTPException):
        raise
    except OSError as error:
        raise _NetworkError(_words(error)) from error


def _check(is_cancelled: Callable[[], bool]) -> None:
    if is_cancelled():
        raise DownloadError("the run was ended")


def _by_fsspec(url: str, path: Path, is_cancelled: Callable[[], bool]) -> None:
    try:
        import fsspec
    except ImportError:
        raise DownloadError("pip install fsspec, and what it needs for this scheme") from None
    try:
        with fsspec.open(url, "rb") as remote, path.open("xb") as file:
            while piece := remote.read(_PIECE):
                _check(is_cancelled)
                _write(piece, file)
    except ImportError as error:
        raise DownloadError(str(error)) from None
    except (OSError, ValueError) as error:
        path.unlink(missing_ok=True)
        raise DownloadError(_words(error)) from None


def _opener(guard: AddressGuard) -> urllib.request.OpenerDirector:
    class Plain(http.client.HTTPConnection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._create_connection = _guarded_connection(guard)

    class Secure(http.client.HTTPSConnection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._create_connection = _guarded_connection(guard)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(_of(req, Plain, http.client.HTTPConnection), req)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> Any:
            connection = _of(req, Secure, http.client.HTTPSConnection)
            return self.do_open(connection, req, context=self._context)  # type: ignore[attr-defined]

    class Redirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(
            self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any,
            newurl: str,
        ) -> urllib.request.Request | None:  # fmt: skip
            guard.check_url(newurl)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    return urllib.request.build_opener(PlainHandler, SecureHandler, Redirects)


def _of(req: urllib.request.Request, guarded: Any, plain: Any) -> Any:
    """Return the class of a connection: a proxy is the user's own choice, and is not checked."""
    through_proxy = req.has_proxy() or getattr(req, "_tunnel_host", None)
    return plain if through_proxy else guarded


def _guarded_connection(guard: AddressGuard) -> Callable[..., socket.socket]:
    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        host, port = address
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        resolved = [str(each[4][0]) for each in found]
        for each in resolved:
            guard.check_address(host, each, port)
        # Connected to what was checked: a second look-up could say something else.
        for last, each in enumerate(resolved, start=1):
            try:
                return socket.create_connection((each, port), *args, **kwargs)
            except OSError:
                if last == len(resolved):
                    raise
        raise OSError(f"{host} has no address")

    return connect


def _words(error: BaseException) -> str:
    reason = getattr(error, "reason", None)
    if isinstance(reason, BaseException):
        return _words(reason)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _agent() -> str:
    try:
        return f"newscrawl/{version('newscrawl')}"
    except PackageNotFoundError:
        return "newscrawl"
