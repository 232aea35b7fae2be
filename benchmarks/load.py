"""A small load client: keep-alive connections on loopback, bounded in count and time.

A connection stays with the process that accepted it, so a few long ones may all lie with one
of two. Each is given up after `ANSWERS` answers, about what a reader asks for with one.
"""

import itertools
import multiprocessing
import socket
import statistics
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ANSWERS = 20


@dataclass
class Load:
    """What one run measured. Times in milliseconds, rate in answers per second."""

    rate: float
    median: float
    p99: float
    statuses: dict[int, int] = field(default_factory=dict)

    def __str__(self) -> str:
        statuses = " ".join(f"{code}×{count}" for code, count in sorted(self.statuses.items()))
        return f"{self.rate:8.0f}/s   median {self.median:7.2f} ms   p99 {self.p99:7.2f} ms   {statuses}"


def _read_answer(connection: socket.socket, rest: bytes) -> tuple[int, bytes]:
    """Reads one answer with a Content-Length; returns its status and what came after it."""
    while b"\r\n\r\n" not in rest:
        received = connection.recv(65536)
        if not received:
            raise ConnectionError
        rest += received
    head, _, body = rest.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    length = next(
        int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        received = connection.recv(65536)
        if not received:
            raise ConnectionError
        body += received
    return int(lines[0].split()[1]), body[length:]


def _client(url: str, seconds: float, times: list[float], statuses: dict[int, int]) -> None:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n"
    address = (parts.hostname, parts.port)
    end = time.monotonic() + seconds
    connection, rest = None, b""
    for answer in itertools.count():
        started = time.monotonic()
        if started > end:
            break
        if connection and answer % ANSWERS == 0:
            connection.close()
            connection = None
        try:
            if connection is None:
                connection, rest = socket.create_connection(address, timeout=30), b""
            connection.sendall(request.encode("ascii"))
            status, rest = _read_answer(connection, rest)
        except (ConnectionError, OSError):
            # gunicorn closes a connection now and then; that is no failed answer.
            if connection:
                connection.close()
            connection = None
            continue
        times.append((time.monotonic() - started) * 1000)
        statuses[status] = statuses.get(status, 0) + 1


def _process(url: str, clients: int, seconds: float, queue) -> None:
    times: list[float] = []
    statuses: dict[int, int] = {}
    threads = [
        threading.Thread(target=_client, args=(url, seconds, times, statuses))
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((times, statuses))


def load(url: str, *, clients: int = 8, seconds: float = 4.0) -> Load:
    """Asks for `url` with `clients` at once for `seconds`, from a process of its own."""
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=_process, args=(url, clients, seconds, queue))
    process.start()
    times, statuses = queue.get()
    process.join()
    times.sort()
    return Load(
        rate=len(times) / seconds,
        median=statistics.median(times) if times else float("nan"),
        p99=times[int(len(times) * 0.99)] if times else float("nan"),
        statuses=statuses,
    )
