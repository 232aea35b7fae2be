"""What the open interfaces take as the register grows, in one process and without a network.

    python benchmarks/growth.py DATABASE_URL ... [--answers 100] [--rounds 3] [--only bbox ...]

For each database (of `fill_register.py`, or of the demonstration) in turn, each in a process of its
own: milliseconds of processor time for an answer, of the process and of its connection to
PostgreSQL, which must be on this machine: when an address is asked for the first time, and the
second time, when what it is made of lies in memory. Of a small register everything does soon, of a
large one hardly anything. Nothing comes from the cache of pages. The best round counts, as other
work only adds. Beside the first database, in times of its first answers.

The download is the file that is made while it is read: rows a second of processor time, the first
block, and by how much the memory of the process grew.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from asked import DOWNLOAD, ITEMS, SAMPLE, Sample, of_sample
from project import set_up


class Processor:
    """Processor time of this process and of its connection to the database, in seconds."""

    def __init__(self):
        from django.db import connection

        self.backend = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = cursor.fetchone()[0]

    def __call__(self) -> tuple[float, float]:
        there = 0.0
        if self.backend:
            fields = Path(f"/proc/{self.backend}/stat").read_text().rpartition(")")[2].split()
            there = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return time.process_time(), there


def measure(answers: int, rounds: int, only: list[str]) -> dict[str, list]:
    """{kind of request: milliseconds of the process and of the database, first and again}"""
    from django.conf import settings
    from django.test import Client

    from home.cache import invalidation

    settings.PAGE_CACHE_SECONDS = settings.API_REQUESTS_PER_MINUTE = 0
    client = Client()

    def get(path: str) -> bytes:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.getvalue()

    sample = _sample()
    asked = {"items, 10": _pages_behind(sample.codes)} | of_sample(sample)
    del asked["download"]
    processor, found = Processor(), {}
    for kind, addresses in asked.items():
        if only and not any(word in kind for word in only):
            continue
        paths = list(dict.fromkeys(addresses))
        invalidation._change_version()
        get(paths.pop())
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and thread.daemon:
                thread.join(300)  # It makes what is kept in memory of a large register.
        size = min(answers, len(paths) // rounds)
        taken = []
        for number in range(rounds):
            some = paths[size * number : size * (number + 1)]
            taken.append(
                [_taken(processor, lambda some=some: list(map(get, some)), size) for _ in range(2)]
            )
        found[kind] = [min(each, key=sum) for each in zip(*taken, strict=True)]
    if not only or "download" in only:
        found["download"] = _download(client, processor)
    return found


def _sample() -> Sample:
    from django.db.models import F

    from place_names.models import PlaceName

    public = PlaceName.objects.published()
    total = public.count()
    some = public.filter(lon__isnull=False).alias(part=F("pk") % max(1, total // (5 * SAMPLE)))
    some = some.filter(part=0).order_by("code").values_list("code", "name", "lon", "lat")
    return Sample.of(some, total)


def _pages_behind(codes: list[str]) -> list[str]:
    """Pages of ten items, each behind one of the names."""
    from place_names.ogc.collections import COLLECTIONS
    from place_names.open_data.keyset import write_cursor

    key = COLLECTIONS["place-names"].tie_breaker
    cursors = (write_cursor((key,), [code]) for code in codes)
    return [f"{ITEMS}?f=json&limit=10&cursor={cursor}" for cursor in cursors]


def _taken(processor: Processor, act: Callable[[], object], number: int) -> list[float]:
    before = processor()
    act()
    return [
        (now - then) * 1000 / number for now, then in zip(processor(), before, strict=True)
    ]  # fmt: skip


def _download(client, processor: Processor) -> list[float]:
    """Of a row: milliseconds of the process and of the database; ms to the first block, MB more."""
    from home.cache import invalidation

    invalidation._change_version()  # No file is kept of the version that begins now.
    response = client.get(DOWNLOAD)
    blocks = iter(response.streaming_content)
    before, started = _memory(), time.perf_counter()
    rows = next(blocks).count(b'"type":"Feature"') + next(blocks).count(b'"type":"Feature"')
    first = (time.perf_counter() - started) * 1000

    def rest() -> None:
        nonlocal rows
        for block in blocks:
            rows += block.count(b'"type":"Feature"')

    taken = _taken(processor, rest, 1)
    return [each / rows for each in taken] + [first, _memory() - before]


def _memory() -> float:
    """MB that this process had at its peak."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("databases", nargs="+", metavar="DATABASE_URL")
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        set_up()
        print(json.dumps(measure(options.answers, options.rounds, options.only)))
        return
    before: dict[str, float] = {}
    for database in options.databases:
        command = [sys.executable, __file__, database, "--here"]
        command += ["--answers", str(options.answers), "--rounds", str(options.rounds)]
        command += ["--only", *options.only] if options.only else []
        run = subprocess.run(
            command, env=os.environ | {"DATABASE_URL": database}, check=True, stdout=subprocess.PIPE
        )
        print(f"\n{database}\n  {'':14}first (of it the database)       again")
        for kind, found in json.loads(run.stdout.splitlines()[-1]).items():
            if kind == "download":
                own, there, first, grown = found
                print(
                    f"  {kind:12}{1000 / (own + there):8,.0f} rows/s, first block {first:.0f} ms, {grown:+.0f} MB"
                )
                continue
            (own, there), again = found
            times = (own + there) / before.setdefault(kind, own + there)
            print(
                f"  {kind:12}{own + there:8.2f} ms ({there:5.2f}) {times:5.1f} times {sum(again):8.2f} ms"
                f" {sum(again) / before[kind]:5.1f} times",
                flush=True,
            )


if __name__ == "__main__":
    main()
