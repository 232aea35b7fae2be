"""What api.py and growth.py ask for: names that are in the data, from everywhere in it."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import asinh, floor, pi, radians, tan
from pathlib import Path
from urllib.parse import quote

SAMPLE = 500
BOX = 0.02
"""Degrees on a side: a box holds more than 100 of 5,832 names in the built-up middle."""
ZOOM = 15
ITEMS, API = "/ogc/collections/place-names/items", "/api/v1/place-names/"
DOWNLOAD = "/place-names/download/place-names.geojson"
TABLE = "place_names"
"""As the peers call the names, see peers.py."""

Addresses = dict[str, list[str]]


@dataclass(frozen=True)
class Sample:
    codes: list[str]
    names: list[str]
    points: list[tuple[float, float]]
    total: int

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, float, float]], total: int) -> "Sample":
        """Of rows of code, name and point in a fixed order."""
        listed = list(rows)
        chosen = random.Random(20).sample(listed, min(SAMPLE, len(listed)))
        return cls(
            [row[0] for row in chosen],
            [row[1] for row in chosen],
            [(row[2], row[3]) for row in chosen],
            total,
        )

    @classmethod
    def of_file(cls, geopackage: Path) -> "Sample":
        with sqlite3.connect(geopackage) as database:
            total = database.execute("SELECT count(*) FROM place_names").fetchone()[0]
            rows = database.execute(
                "SELECT code, name, lon, lat FROM place_names WHERE lon IS NOT NULL "
                f"AND rowid % {max(1, total // (2 * SAMPLE))} = 0 ORDER BY code"
            )
            return cls.of(rows, total)

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


def of_the_site(get: Callable[[str], bytes], sample: Sample) -> Addresses:
    """`get` answers an address of the site."""
    return {"items, 10": _pages(get, f"{ITEMS}?f=json&limit=10")} | of_sample(sample)


def of_sample(sample: Sample) -> Addresses:
    """Addresses of the site that need no answer before them."""
    return {
        "one item": [f"{ITEMS}/{code}?f=json" for code in sample.codes],
        "bbox, 100": [f"{ITEMS}?f=json&limit=100&bbox={box}" for box in sample.boxes()],
        "search": [f"{API}?q={quote(name)}&limit=10" for name in sample.names],
        "suggest": [
            f"{API}suggest?q={quote(name[:2])}&limit={8 + n % 13}"
            for n, name in enumerate(sample.names)
        ],
        "reverse": [f"{API}reverse?x={lon:.5f}&y={lat:.5f}" for lon, lat in sample.points],
        "tile": [f"/place-names/map/names/{z}/{x}/{y}.mvt" for z, x, y in sample.tiles()],
        "download": [DOWNLOAD],
    }


def of_pygeoapi(get: Callable[[str], bytes], sample: Sample) -> Addresses:
    items = f"/collections/{TABLE}/items"
    starts = range(0, min(sample.total, 10 * SAMPLE), 10)
    return {
        "items, 10": [f"{items}?f=json&limit=10&offset={start}" for start in starts],
        "one item": [f"{items}/{code}?f=json" for code in sample.codes],
        "bbox, 100": [f"{items}?f=json&limit=100&bbox={box}" for box in sample.boxes()],
        "search": [f"{items}?f=json&limit=10&name={quote(name)}" for name in sample.names],
        "download": [f"{items}?f=json&limit=10000"],
    }


def of_tipg(get: Callable[[str], bytes], sample: Sample) -> Addresses:
    collection = f"/collections/public.{TABLE}"
    own = {
        kind: [path.replace(f"/collections/{TABLE}", collection) for path in paths]
        for kind, paths in of_pygeoapi(get, sample).items()
    }
    tiles = [f"{collection}/tiles/WebMercatorQuad/{z}/{x}/{y}" for z, x, y in sample.tiles()]
    return own | {"tile": tiles}


def following(answer: bytes) -> str | None:
    """The path of the next page, as a page of features names it."""
    links = json.loads(answer)["links"]
    found = [each["href"] for each in links if each["rel"] == "next"]
    return "/" + found[0].split("/", 3)[3] if found else None


def _pages(get: Callable[[str], bytes], first: str) -> list[str]:
    """The addresses of the first pages, as each names the next one."""
    found = [first]
    while len(found) < SAMPLE and (path := following(get(found[-1]))):
        found.append(path)
    return found
