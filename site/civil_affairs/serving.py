"""A gunicorn worker that slow clients cannot block; used in gunicorn.conf.py.

gunicorn's threads wait without a timeout for the rest of a request, so eight connections that
send one byte now and then would block the site.
"""

import contextlib
import socket
import time

from gunicorn.workers.gthread import ThreadWorker

HEAD_SECONDS = 10.0
"""Timeout for the request line and the headers, which a browser sends at once."""
STALL_SECONDS = 30.0
"""Timeout for any progress in receiving a body or sending a response."""


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

    def murder_pending(self):
        """Called once a second by the main thread."""
        super().murder_pending()
        now = time.monotonic()
        for conn, since in list(self._heads.items()):
            if now - since > HEAD_SECONDS:
                # The waiting thread then reads end-of-file and closes the connection.
                with contextlib.suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
