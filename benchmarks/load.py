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
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ANSWERS = 20


@dataclass
class Load:
    """What one run measured. Times in milliseconds, rate in answers per second."""

    rate: float
    median: float
    p95: float
    p99: float
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Answers other than 200, and connections that broke (counted as status 0)."""
        return sum(count for code, count in self.statuses.items() if code != 200)

    def __str__(self) -> str:
        statuses = " ".join(f"{code}×{count}" for code, count in sorted(self.statuses.items()))
        return f"{self.rate:8.0f}/s   median {self.median:7.2f} ms   p99 {self.p99:7.2f} ms   {statuses}"


class _Connection:
    """A connection, and what was read beyond the end of an answer."""

    def __init__(self, address: tuple[str, int]):
        self.socket = socket.create_connection(address, timeout=60)
        self.rest = b""

    def _more(self) -> None:
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionError
        self.rest += received

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.rest:
            self._more()
        found, _, self.rest = self.rest.partition(mark)
        return found

    def _drop(self, length: int) -> None:
        while len(self.rest) < length:
            length -= len(self.rest)
            self.rest = b""
            self._more()
        self.rest = self.rest[length:]

    def ask(self, request: bytes) -> int:
        """Sends a request and reads its whole answer; returns the status."""
        self.socket.sendall(request)
        lines = self._until(b"\r\n\r\n").split(b"\r\n")
        headers = {line.partition(b":")[0].lower(): line for line in lines[1:]}
        if b"content-length" in headers:
            self._drop(int(headers[b"content-length"].split(b":")[1]))
        elif b"transfer-encoding" in headers:
            while size := int(self._until(b"\r\n"), 16):
                self._drop(size + 2)
            self._until(b"\r\n")
        else:
            raise ConnectionError
        return int(lines[0].split()[1])

    def close(self) -> None:
        self.socket.close()


def _client(
    urls: Sequence[str],
    first: int,
    end: float,
    encoding: str,
    times: list[float],
    statuses: dict[int, int],
) -> None:
    parts = urlsplit(urls[0])
    requests = []
    for url in urls:
        path = url.removeprefix(f"{parts.scheme}://{parts.netloc}")
        text = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: {encoding}\r\n\r\n"
        requests.append(text.encode("ascii"))
    connection, fresh = None, True
    for answer in itertools.count():
        started = time.monotonic()
        if started > end:
            break
        if connection and answer % ANSWERS == 0:
            connection.close()
            connection = None
        try:
            if fresh := connection is None:
                connection = _Connection((parts.hostname, parts.port))
            status = connection.ask(requests[(first + answer) % len(requests)])
        except OSError:
            if connection:
                connection.close()
            connection = None
            if fresh:  # A server closes a used connection now and then; that is no failed answer.
                statuses[0] = statuses.get(0, 0) + 1
            continue
        times.append((time.monotonic() - started) * 1000)
        statuses[status] = statuses.get(status, 0) + 1


def _process(urls: Sequence[str], clients: int, seconds: float, encoding: str, queue) -> None:
    times: list[float] = []
    statuses: dict[int, int] = {}
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=_client,
            args=(urls, number * len(urls) // clients, end, encoding, times, statuses),
        )
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((times, statuses))


def load(
    urls: str | Sequence[str], *, clients: int = 8, seconds: float = 4.0, encoding: str = "gzip"
) -> Load:
    """Asks with `clients` at once for `seconds`, from a process of its own.

    Of several addresses (of one server) each client asks one after the other, from another start.
    """
    urls = [urls] if isinstance(urls, str) else list(urls)
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(
        target=_process, args=(urls, clients, seconds, encoding, queue)
    )
    process.start()
    times, statuses = queue.get()
    process.join()
    times.sort()

    def percentile(share: float) -> float:
        return times[int(len(times) * share)] if times else float("nan")

    return Load(
        rate=len(times) / seconds,
        median=statistics.median(times) if times else float("nan"),
        p95=percentile(0.95),
        p99=percentile(0.99),
        statuses=statuses,
    )
