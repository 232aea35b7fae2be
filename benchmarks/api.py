"""The open interfaces beside pygeoapi (GeoPackage) and tipg (PostGIS), with the same place names.

    python benchmarks/api.py [--names N ...] [--seconds 3] [--rounds 3] [--clients 16]
                             [--data-dir DIR] [--only items one ...] [--without-peers]

The site is served as `./run` does it, its names are written as GeoPackage, and the peers serve
that file; `peers.py` says how they are installed. Each server runs two processes. For each kind of
request the servers are asked in turn within a round, so that what else the machine does falls on
all of them; a figure is the median of the rounds after one that is not counted. No two requests of a round are for the same
address as long as there are others, and answers are asked for without compression.

With `--names 5832 1000000` registers of these sizes are made and measured one after the other
(a million takes long to make: give it a `--data-dir` to keep it); DATABASE_URL says where, SQLite
in the data folder otherwise. Prints answers per second, the 95th percentile, errors, and how many
times as many answers as each peer gives.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from math import asinh, floor, pi, radians, tan
from pathlib import Path
from urllib.parse import quote

import peers
from load import Load, load
from served import manage, served

SAMPLE = 500
BOX = 0.02
"""Degrees on a side: a box holds more than 100 of 5,832 names in the built-up middle."""
ZOOM = 15


@dataclass(frozen=True)
class Sample:
    """What is asked for: names that are in the data, from everywhere in it."""

    codes: list[str]
    names: list[str]
    points: list[tuple[float, float]]
    total: int

    @classmethod
    def of(cls, geopackage: Path) -> "Sample":
        with sqlite3.connect(geopackage) as database:
            total = database.execute("SELECT count(*) FROM place_names").fetchone()[0]
            rows = database.execute(
                "SELECT code, name, lon, lat FROM place_names WHERE lon IS NOT NULL "
                f"AND rowid % {max(1, total // (2 * SAMPLE))} = 0 ORDER BY code"
            ).fetchall()
        chosen = random.Random(20).sample(rows, min(SAMPLE, len(rows)))
        return cls(
            [row[0] for row in chosen],
            [row[1] for row in chosen],
            [(row[2], row[3]) for row in chosen],
            total,
        )

    def boxes(self) -> list[str]:
        half = BOX / 2
        return [
            f"{lon - half:.5f},{lat - half:.5f},{lon + half:.5f},{lat + half:.5f}"
            for lon, lat in self.points
        ]

    def tiles(self) -> list[tuple[int, int, int]]:
        side = 2**ZOOM
        return [
            (
                ZOOM,
                floor((lon + 180) / 360 * side),
                floor((1 - asinh(tan(radians(lat))) / pi) / 2 * side),
            )
            for lon, lat in self.points
        ]


def of_the_site(base: str, sample: Sample) -> dict[str, list[str]]:
    items, api = "/ogc/collections/place-names/items", "/api/v1/place-names/"
    return {
        "items, 10": _pages(base, f"{items}?f=json&limit=10"),
        "one item": [f"{items}/{code}?f=json" for code in sample.codes],
        "bbox, 100": [f"{items}?f=json&limit=100&bbox={box}" for box in sample.boxes()],
        "search": [f"{api}?q={quote(name)}&limit=10" for name in sample.names],
        "suggest": [
            f"{api}suggest?q={quote(name[:2])}&n={n}" for n, name in enumerate(sample.names)
        ],
        "reverse": [f"{api}reverse?x={lon:.5f}&y={lat:.5f}" for lon, lat in sample.points],
        "tile": [f"/place-names/map/names/{z}/{x}/{y}.mvt" for z, x, y in sample.tiles()],
        "download": ["/place-names/download/place-names.geojson"],
    }


def of_pygeoapi(base: str, sample: Sample) -> dict[str, list[str]]:
    items = f"/collections/{peers.TABLE}/items"
    starts = range(0, min(sample.total, 10 * SAMPLE), 10)
    return {
        "items, 10": [f"{items}?f=json&limit=10&offset={start}" for start in starts],
        "one item": [f"{items}/{code}?f=json" for code in sample.codes],
        "bbox, 100": [f"{items}?f=json&limit=100&bbox={box}" for box in sample.boxes()],
        "search": [f"{items}?f=json&limit=10&name={quote(name)}" for name in sample.names],
        "download": [f"{items}?f=json&limit=10000"],
    }


def of_tipg(base: str, sample: Sample) -> dict[str, list[str]]:
    collection = f"/collections/public.{peers.TABLE}"
    same = of_pygeoapi(base, sample)
    own = {
        kind: [path.replace(f"/collections/{peers.TABLE}", collection) for path in paths]
        for kind, paths in same.items()
    }
    tiles = [f"{collection}/tiles/WebMercatorQuad/{z}/{x}/{y}" for z, x, y in sample.tiles()]
    return own | {"tile": tiles}


ADDRESSES: dict[str, Callable[[str, Sample], dict[str, list[str]]]] = {
    "site": of_the_site,
    "pygeoapi": of_pygeoapi,
    "tipg": of_tipg,
}
GDAL = {
    "site": "place-names",
    "pygeoapi": peers.TABLE,
    "tipg": f"public.{peers.TABLE}",
}
FULL_READ = "read by GDAL"
KINDS = ("items, 10", "one item", "bbox, 100", FULL_READ, "search", "suggest", "reverse", "tile",
         "download")  # fmt: skip


def _pages(base: str, path: str) -> list[str]:
    """The addresses of the first pages, as each names the next one."""
    found = [path]
    while len(found) < SAMPLE:
        with urllib.request.urlopen(base + found[-1]) as answer:
            links = json.load(answer)["links"]
        following = [each["href"] for each in links if each["rel"] == "next"]
        if not following:
            break
        found.append("/" + following[0].split("/", 3)[3])
    return found


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def read_whole(base: str, root: str, collection: str) -> tuple[float, int]:
    """Seconds in which GDAL's OAPIF driver reads a collection, and how many features it got."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "all.csv"
        started = time.monotonic()
        subprocess.run(
            [
                *(peers.need("ogr2ogr"), "-q", "-f", "CSV", str(into), f"OAPIF:{base}{root}"),
                *(collection, "-oo", "PAGE_SIZE=1000", "-select", "name"),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
            timeout=900,
        )
        seconds = time.monotonic() - started
        with into.open(encoding="utf-8") as lines:
            return seconds, sum(1 for _ in lines) - 1


def measure(
    servers: dict[str, str], sample: Sample, options: argparse.Namespace
) -> dict[str, dict[str, Load | None]]:
    """Prints a line for each kind of request and server; gives the medians of the rounds."""
    asked = {name: ADDRESSES[name](base, sample) for name, base in servers.items()}
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


def _print(kind: str, servers: dict[str, str], found: dict[str, Load]) -> None:
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


def _whole(servers: dict[str, str], rounds: int) -> None:
    taken: dict[str, list[float]] = {}
    counts: dict[str, int] = {}
    for _ in range(rounds):
        for name, base in servers.items():
            root = "/ogc" if name == "site" else ""
            try:
                seconds, counts[name] = read_whole(base, root, GDAL[name])
            except (peers.MissingError, subprocess.SubprocessError) as error:
                print(f"{FULL_READ:14} {name:10} skipped: {str(error)[:90]}", flush=True)
                continue
            taken.setdefault(name, []).append(seconds)
    for name, each in taken.items():
        seconds = statistics.median(each)
        times = seconds / statistics.median(taken["site"]) if "site" in taken else 0
        print(
            f"{FULL_READ:14} {name:10} {counts[name] / seconds:8.0f}/s {seconds * 1000:7.0f} ms "
            f"{counts[name]:7} features {'' if name == 'site' else f'{times:8.1f}'}",
            flush=True,
        )


def fill(names: int, data_dir: str) -> None:
    """A register of so many names in DATA_DIR or at DATABASE_URL, unless it is there already."""
    env = {**os.environ, "DATA_DIR": data_dir}
    env["DJANGO_SETTINGS_MODULE"] = "civil_affairs.settings.demonstration"
    if names != 5832:
        manage("prepare", env=env)
        script = Path(__file__).with_name("fill_register.py")
        subprocess.run(
            [shutil.which("python") or "python", str(script), str(names)], env=env, check=True
        )


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
            servers = {"site": str(base)}
            for peer in () if options.without_peers else (peers.pygeoapi, peers.tipg):
                try:
                    servers[peer.__name__] = stack.enter_context(peer(folder, geopackage))
                except peers.MissingError as missing:
                    print(f"{peer.__name__} skipped: {missing}")
            sample = Sample.of(geopackage)
            print(f"\n{sample.total:,} public names of {names:,}, {options.clients} clients")
            measure(servers, sample, options)


if __name__ == "__main__":
    main()
