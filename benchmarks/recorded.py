"""Answers of the site given again by a server that does nothing else: what a client takes itself."""

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asked import ITEMS, following

COLLECTIONS = "/ogc/collections"


@contextmanager
def recorded(base: str, page_size: int) -> Iterator[str]:
    """The address of a server with what GDAL asks for when it reads all place names of `base`."""
    answers: dict[str, tuple[str, bytes]] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, content = answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    path: str | None = f"{ITEMS}?limit={page_size}"
    for start in ("/ogc", "/ogc/", COLLECTIONS, f"{COLLECTIONS}/place-names", "/ogc/api"):
        answers[start] = _asked(base, address, start)
    while path:
        answers[path] = _asked(base, address, path)
        path = following(answers[path][1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield address
    finally:
        server.shutdown()


def _asked(base: str, address: str, path: str) -> tuple[str, bytes]:
    asked = urllib.request.Request(
        base + path, headers={"Accept": "application/geo+json, application/json"}
    )
    with urllib.request.urlopen(asked) as answer:
        content = answer.read().replace(base.encode(), address.encode())
        return answer.headers["Content-Type"], content
