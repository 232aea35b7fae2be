"""The open interfaces beside pygeoapi (GeoPackage) and tipg (PostGIS), with the same place names.

    python benchmarks/api.py [--names N ...] [--seconds 3] [--rounds 3] [--clients 16]
                             [--data-dir DIR] [--only items one ...] [--without-peers]

The site is served as `./run` does it, its names are written as GeoPackage, and the peers serve
that file; `peers.py` says how they are installed. Each server runs two processes. For each kind of
request the servers are asked in turn within a round, so that what else the machine does falls on
all of them; a figure is the median of the rounds after one that is not counted. No two requests of a round are for the same
address as long as there are others, and answers are asked for without compression.

With `--names 5832 1000000` registers of these sizes are made and measured one after the other
(a million takes long to make: give it a `--data-dir` to keep it; growth.py measures them closer);
DATABASE_URL says where, SQLite in the data folder otherwise. Prints answers per second, the 95th
percentile, errors, and how many times as many answers as each peer gives. Of a full read also what
GDAL and the servers take of the processor, which is why it is read from a server too that has the
answers of the site ready (`floor`).
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import peers
from asked import TABLE, Addresses, Sample, of_pygeoapi, of_the_site, of_tipg
from load import Load, load
from recorded import recorded
from served import Address, manage, served

PAGE_SIZE = 1000
"""Of a full read: what is asked of each server."""

ADDRESSES: dict[str, Callable[[Callable[[str], bytes], Sample], Addresses]] = {
    "site": of_the_site,
    "pygeoapi": of_pygeoapi,
    "tipg": of_tipg,
}
GDAL = {
    "site": "place-names",
    "floor": "place-names",
    "pygeoapi": TABLE,
    "tipg": f"public.{TABLE}",
}
FULL_READ = "read by GDAL"
KINDS = ("items, 10", "one item", "bbox, 100", FULL_READ, "search", "suggest", "reverse", "tile",
         "download")  # fmt: skip


def _getter(base: str) -> Callable[[str], bytes]:
    def get(path: str) -> bytes:
        with urllib.request.urlopen(base + path) as answer:
            return answer.read()

    return get


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def read_whole(base: str, root: str, collection: str) -> tuple[float, float, int]:
    """Seconds in which GDAL's OAPIF driver reads a collection, seconds of processor time that GDAL
    itself took, and how many features it got."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "all.csv"
        started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [
                *(peers.need("ogr2ogr"), "-q", "-f", "CSV", str(into), f"OAPIF:{base}{root}"),
                *(collection, "-oo", f"PAGE_SIZE={PAGE_SIZE}", "-select", "name"),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
            timeout=900,
        )
        seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        with into.open(encoding="utf-8") as lines:
            return seconds, own, sum(1 for _ in lines) - 1


def measure(
    servers: dict[str, Address], sample: Sample, options: argparse.Namespace
) -> dict[str, dict[str, Load | None]]:
    """Prints a line for each kind of request and server; gives the medians of the rounds."""
    asked = {name: ADDRESSES[name](_getter(base), sample) for name, base in servers.items()}
    kinds = [kind for kind in KINDS if not options.only or any(w in kind for w in options.only)]
    found: dict[str, dict[str, Load | None]] = {}
    print(f"\n{'kind':14} {'server':10} {'rate':>10} {'p95':>10} {'errors':>7}   times as many")
    for kind in kinds:
        if kind == FULL_READ:
            _whole(servers, options.rounds)
            continue
        rounds: dict[str, list[Load]] = {}
        for number in range(options.rounds + 1):
            for name, base in servers.items():
                paths = asked[name].get(kind)
                if not paths or status_of(base + paths[0]) == 404:
                    continue
                one = load([base + path for path in paths], clients=options.clients,
                           seconds=options.seconds, encoding="identity")  # fmt: skip
                if number:  # The first one fills what each server keeps in memory.
                    rounds.setdefault(name, []).append(one)
        found[kind] = {name: _median(each) for name, each in rounds.items()}
        _print(kind, servers, found[kind])
    return found


def _median(rounds: list[Load]) -> Load:
    statuses: dict[int, int] = {}
    for each in rounds:
        for code, count in each.statuses.items():
            statuses[code] = statuses.get(code, 0) + count
    return Load(
        statistics.median(each.rate for each in rounds),
        statistics.median(each.median for each in rounds),
        statistics.median(each.p95 for each in rounds),
        statistics.median(each.p99 for each in rounds),
        statuses,
    )


def _print(kind: str, servers: dict[str, Address], found: dict[str, Load]) -> None:
    ours = found.get("site")
    for name in servers:
        if name not in found:
            print(f"{kind:14} {name:10} {'has none':>10}", flush=True)
            continue
        each = found[name]
        times = f"{ours.rate / each.rate:8.1f}" if ours and name != "site" and each.rate else ""
        print(
            f"{kind:14} {name:10} {each.rate:8.1f}/s {each.p95:7.1f} ms {each.errors:7} {times}",
            flush=True,
        )


def _whole(servers: dict[str, Address], rounds: int) -> None:
    """Full reads; `floor` is a server that has the answers of the site ready."""
    taken: dict[str, list[tuple[float, float, float]]] = {}
    with recorded(servers["site"], PAGE_SIZE) as floor:
        for number in range(rounds + 1):
            for name, base in {**servers, "floor": floor}.items():
                root = "/ogc" if name in ("site", "floor") else ""
                processor = getattr(base, "processor", lambda: 0.0)
                before = processor()
                try:
                    seconds, own, count = read_whole(base, root, GDAL[name])
                except (peers.MissingError, subprocess.SubprocessError) as error:
                    print(f"{FULL_READ:14} {name:10} skipped: {str(error)[:90]}", flush=True)
                    continue
                if number:
                    taken.setdefault(name, []).append((seconds, own, processor() - before))
    ours = _medians(taken["site"])
    for name, each in taken.items():
        seconds, own, there = _medians(each)
        times = "" if name == "site" else f"{seconds / ours[0]:8.1f}"
        if name in servers and name != "site":
            times += f", server {there / max(ours[2], 0.01):.1f}"
        print(
            f"{FULL_READ:14} {name:10} {count / seconds:8.0f}/s {seconds * 1000:7.0f} ms, processor: "
            f"GDAL {own * 1000:.0f} ms, server {there * 1000:.0f} ms {times}",
            flush=True,
        )


def _medians(rounds: list[tuple[float, ...]]) -> list[float]:
    return [statistics.median(part) for part in zip(*rounds, strict=True)]


def fill(names: int, data_dir: str) -> None:
    """A register of so many names in DATA_DIR or at DATABASE_URL, unless it is there already,
    with the files for download that are made each night."""
    env = {**os.environ, "DATA_DIR": data_dir}
    env["DJANGO_SETTINGS_MODULE"] = "civil_affairs.settings.demonstration"
    manage("prepare", env=env)
    if names != 5832:
        script = Path(__file__).with_name("fill_register.py")
        subprocess.run(
            [shutil.which("python") or "python", str(script), str(names)], env=env, check=True
        )
    manage("make_downloads", env=env)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--names", nargs="+", type=int, default=[5832])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--data-dir", help="a prepared folder; one of its own otherwise")
    parser.add_argument("--only", nargs="+", help="kinds of requests, by a part of their name")
    parser.add_argument("--without-peers", action="store_true")
    options = parser.parse_args()
    for names in options.names:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            data_dir = options.data_dir or str(folder / "data")
            fill(names, data_dir)
            base = stack.enter_context(served(data_dir, API_REQUESTS_PER_MINUTE="0"))
            geopackage = folder / "place-names.gpkg"
            urllib.request.urlretrieve(f"{base}/place-names/download/place-names.gpkg", geopackage)
            servers = {"site": base}
            for peer in () if options.without_peers else (peers.pygeoapi, peers.tipg):
                try:
                    servers[peer.__name__] = stack.enter_context(peer(folder, geopackage))
                except peers.MissingError as missing:
                    print(f"{peer.__name__} skipped: {missing}")
            sample = Sample.of_file(geopackage)
            print(f"\n{sample.total:,} public names of {names:,}, {options.clients} clients")
            measure(servers, sample, options)


if __name__ == "__main__":
    main()
