"""A collection in the browser: Datasette over the store, and the hub at ``/``.

Nothing can be written: the store is opened for reading, and only GET and HEAD are answered. Only requests that name
this machine are answered, so that a page of somebody else cannot have the browser fetch what is here. No plugin of
Datasette is loaded, its metadata are made here and not read from the folder, and the folder's other files are not
served.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from analyzer.collection.database import STORE
from analyzer.collection.datasette import metadata_text
from analyzer.collection.results import read_results
from analyzer.errors import AnalyzerError, TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.files import HUB
from analyzer.present.hub.page import make_hub
from analyzer.regular import is_there, read_regular
from analyzer.serve.queries import QUERIES

HOST = "127.0.0.1"
NAMES = (HOST, "localhost", "[::1]", "localhost.localdomain")
"""What a browser on this machine calls it."""
_PORT = re.compile(r":\d{1,5}$")
MOST_ROWS, MOST_MILLISECONDS, MOST_MEGABYTES = 1000, 2000, 20
"""Bounds of one answer."""
LARGEST_HUB = 500_000_000
_SETTINGS = {
    "allow_download": False,
    "allow_csv_stream": False,
    "max_csv_mb": MOST_MEGABYTES,
    "max_returned_rows": MOST_ROWS,
    "sql_time_limit_ms": MOST_MILLISECONDS,
    "suggest_facets": False,
}
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
_POLICY = (
    b"default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the pages of Datasette, whose scripts stand in the page; it escapes what the tables hold. The hub has its own."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def web_pages(folder: Path, knowledge: Knowledge | None = None) -> Application:
    """Return the web application of a collection.

    Args:
        folder: The folder of the results.
        knowledge: By which they were made; that of the package if none is given.

    Raises:
        TableError: The folder holds no collection.
        AnalyzerError: Datasette is missing.
    """
    datasette = _datasette(folder, knowledge or load_knowledge())
    return _Guard(datasette.app(), _hub(folder, knowledge))


def listen(port: int) -> socket.socket:
    """Return a socket of this machine that nobody else can reach.

    Raises:
        AnalyzerError: The port is taken.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, port))
        made.listen()  # A browser that is quicker than the server waits.
    except (OSError, OverflowError) as error:
        made.close()
        raise AnalyzerError(f"port {port} cannot be used: {error}; choose another with --port") from error
    return made


def _datasette(folder: Path, knowledge: Knowledge) -> Any:
    os.environ["DATASETTE_LOAD_PLUGINS"] = ""  # What else is installed here has no say.
    try:
        from datasette.app import Datasette
    except ImportError as error:
        raise AnalyzerError("Datasette is missing; pip install 'labour-provision-analyzer[serve]'") from error
    results = read_results(folder, knowledge=knowledge)  # It refuses a store whose views were changed.
    import yaml

    metadata = yaml.safe_load(metadata_text(knowledge, results.provenance))
    (tables,) = metadata["databases"].values()
    tables["queries"] = {name: dict(query) for name, query in QUERIES.items()}
    path = (folder / STORE).resolve()
    is_being_written = is_there(path.with_name(f"{path.name}-wal"))
    files = {"files": [str(path)]} if is_being_written else {"files": [], "immutables": [str(path)]}
    return Datasette(**files, metadata=metadata, settings=_SETTINGS)


def _hub(folder: Path, knowledge: Knowledge | None) -> bytes:
    """Return the hub: that of the run, unless it was changed since; otherwise made anew."""
    from analyzer.present.manifest import read_run

    try:
        if read_run(folder).unchanged([HUB]):
            return read_regular(folder / HUB, LARGEST_HUB)
    except (TableError, OSError):
        return make_hub(read_results(folder, knowledge=knowledge)).encode("utf-8", "backslashreplace")
    return make_hub(read_results(folder, knowledge=knowledge)).encode("utf-8", "backslashreplace")


class _Guard:
    """Answers for the hub, and lets through to Datasette what is no risk."""

    def __init__(self, datasette: Application, hub: bytes) -> None:
        self._datasette, self._hub = datasette, hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._datasette(scope, receive, send)
            return
        path = scope["path"]
        if not _is_of_this_machine(scope):
            await _answer(send, 403, b"This address is for the browser on this machine alone.")
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"The collection can only be read.")
        elif path == "/":
            await _answer(send, 200, self._hub, b"text/html; charset=utf-8")
        elif path.startswith("/-/") and not path.startswith("/-/static/"):
            await _answer(send, 404, b"There is no such page.")
        else:
            await self._datasette(scope, receive, _with_headers(send))


def _is_of_this_machine(scope: Mapping[str, Any]) -> bool:
    """Return whether the request was meant for this machine: another name may lead here by a trick of its owner."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 and _PORT.sub("", hosts[0].lower()) in NAMES


def _with_headers(send: Send) -> Send:
    async def send_more(message: Any) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message.get("headers", ()) if pair[0].lower() != b"content-security-policy"]
            message = {**message, "headers": [*kept, *_HEADERS, (b"content-security-policy", _POLICY)]}
        await send(message)

    return send_more


async def _answer(send: Send, status: int, body: bytes, kind: bytes = b"text/plain; charset=utf-8") -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
