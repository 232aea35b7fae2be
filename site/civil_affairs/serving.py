"""A gunicorn worker that slow clients cannot block; used in gunicorn.conf.py.

gunicorn's threads wait without a timeout for the rest of a request, so eight connections that
send one byte now and then would block the site.
"""

import contextlib
import socket
import time

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

HEAD_SECONDS = 10.0
"""Timeout for the request line and the headers, which a browser sends at once."""
STALL_SECONDS = 30.0
"""Timeout for any progress in receiving a body or sending a response."""


TOO_LONG = {
    LimitRequestLine: (414, "URI Too Long", "网址太长，请缩短后再试。", "The address is too long."),
    LimitRequestHeaders: (
        431,
        "Request Header Fields Too Large",
        "请求头太多或者太长，请清除本站的Cookie后再试。",
        "The headers of the request are too many or too long; deleting cookies may help.",
    ),
}
_PAGE = """<!DOCTYPE html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>{chinese}</title></head>
<body><h1>{chinese}</h1><p lang="en">{english}</p></body></html>
"""


def _too_long(status: int, reason: str, chinese: str, english: str) -> bytes:
    page = _PAGE.format(chinese=chinese, english=english).encode()
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nCache-Control: no-store\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return head.encode() + page


class DeadlineWorker(ThreadWorker):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._heads: dict = {}  # Connections whose head is being read, and since when.

    def handle(self, conn):
        self._heads[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self._heads.pop(conn, None)

    def handle_request(self, req, conn):
        self._heads.pop(conn, None)
        conn.sock.settimeout(STALL_SECONDS)
        return super().handle_request(req, conn)

    def handle_error(self, req, client, addr, exc):
        """What is too long to be read is told in both languages: no view ever sees it."""
        told = TOO_LONG.get(type(exc))
        if told is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Refused a request that is too long: %s", exc)
        with contextlib.suppress(OSError):
            client.sendall(_too_long(*told))

    def murder_pending(self):
        """Called once a second by the main thread."""
        super().murder_pending()
        now = time.monotonic()
        for conn, since in list(self._heads.items()):
            if now - since > HEAD_SECONDS:
                # The waiting thread then reads end-of-file and closes the connection.
                with contextlib.suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
