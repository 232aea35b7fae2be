"""Tiles of the great map: time to make one, as the register grows.

    python benchmarks/map.py [--names 5832 1000000] [--rounds 5]

Names beyond those of the demonstration are copies of it, each moved by up to 300 m, so that the
crowded parts stay crowded; the lines and areas of the base map are those of the demonstration. The database is a file in a temporary folder, or BENCHMARK_DATABASE_URL;
one that holds the wanted number of names already is used as it is. Tiles lie where names are
densest, at each zoom of the page; nothing comes from a cache. The median of the rounds counts, and
beside it the first tile after a change of content, which reads what is memoized. With SQLite the time
is that of the processor, which other work on the machine does not change; with PostgreSQL, which
works in other processes, it is that of the clock.
"""

import argparse
import gzip
import json
import statistics
import time

from project import ROOT, set_up_alone

folder = set_up_alone()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.test import Client  # noqa: E402

from home.cache import invalidation  # noqa: E402
from place_names.models import PlaceName, Subdistrict  # noqa: E402
from place_names.search import RegisterSource  # noqa: E402
from search.models import PlaceDocument, PlaceFacet  # noqa: E402
from search.places.embedded import cells, writing  # noqa: E402
from search.places.mercator import tile_at  # noqa: E402
from tests.search.gazetteer import fill_register  # noqa: E402

CENTRE = (113.2655, 23.1015)
MOVED = 0.003
FILTERS = {
    "all": "",
    "class of roads": "category=23510",
    "standard names": "status=standard",
    "a subdistrict": "subdistrict=440105004",
    "year 1950": "year=1950",
    "word 江南": "q=江南",
}


def build(total: int) -> None:
    """The demonstration, its lines and areas, and copies of its names up to the total."""
    call_command("migrate", verbosity=0)
    if PlaceDocument.objects.count() == total:
        return
    started = time.perf_counter()
    call_command("flush", verbosity=0, interactive=False)
    fill_register()
    _draw()
    own = RegisterSource().ids()
    writing.write(list(RegisterSource().places(own)))
    with transaction.atomic():
        _copy(len(own), total)
    cells.rebuild()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"  {PlaceDocument.objects.count():,} names in {time.perf_counter() - started:.0f} s")


def _draw() -> None:
    folder = ROOT / "demonstration" / "place_names"
    for name, model in (("subdistricts", Subdistrict), ("shapes", PlaceName)):
        shapes = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        drawn = {each["properties"]["code"]: each["geometry"] for each in shapes}
        records = list(model.objects.filter(code__in=drawn))
        for record in records:
            record.draw(drawn[record.code])
            record.measure()
        fields = ("geometry", "lon", "lat", "min_lon", "min_lat", "max_lon", "max_lat")
        model.objects.bulk_update(records, fields, batch_size=200)


def _copy(own: int, total: int) -> None:
    """Records, documents and facets once more, in the database; the tokens of a million names would
    take an hour and play no part in a tile."""
    is_sqlite = connection.vendor == "sqlite"
    moved = (
        f"(random() % 1000) / 1000.0 * {MOVED}" if is_sqlite else f"(random() - 0.5) * {MOVED * 2}"
    )
    comma = "instr(source, ',')" if is_sqlite else "strpos(source, ',')"
    code = "printf('%020d', {})" if is_sqlite else "lpad(({})::text, 20, '0')"
    step = 10_000
    for number in range(1, -(-total // own)):
        some = min(own, total - number * own)
        key = f"{{}} + {number * step}"
        name = key.format("id")
        point = ("lon", "lat", "lon", "lat", "lon", "lat")
        at = dict(
            zip(("lon", "lat", "min_lon", "min_lat", "max_lon", "max_lat"), point, strict=True)
        )
        _insert(PlaceName, {"id": name, "code": code.format(name), "geometry": "NULL", **at}, some)
        document = {
            "place_id": key.format("place_id"),
            "lon": f"lon + {moved}",
            "lat": f"lat + {moved}",
            "source": f"'[' || ({key.format('place_id')}) || substr(source, {comma})",
        }
        _insert(PlaceDocument, document, some)
        _insert(PlaceFacet, {"id": None, "document_id": key.format("document_id")}, some)


def _insert(model: type[Model], changed: dict[str, str | None], some: int) -> None:
    """The first records of a model once more, some columns changed; those with None are left out."""
    columns = [f.column for f in model._meta.local_fields if changed.get(f.column, "") is not None]
    taken = ", ".join(changed.get(column) or column for column in columns)
    key = "document_id" if model is PlaceFacet else model._meta.pk.column
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken} FROM {table}"
            f" WHERE {key} IN (SELECT place_id FROM search_placedocument"
            f" WHERE place_id < 10000 ORDER BY place_id LIMIT {some})"
        )


def timed(client: Client, url: str, rounds: int) -> tuple[float, float, bytes]:
    """Milliseconds of the first answer after a change and of those after it, and the tile."""
    invalidation._change_version()
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    spans = []
    for _ in range(rounds + 1):
        start = clock()
        answer = client.get(url)
        spans.append((clock() - start) * 1000)
        assert answer.status_code == 200, answer.content
    return spans[0], statistics.median(spans[1:]), answer.content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, nargs="+", default=[5832])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for total in options.names:
        print(f"\n{total:,} names, {connection.vendor}", flush=True)
        build(min(total, total if total > 5832 else 5806))
        client = Client()
        client.get("/place-names/map/names/0/0/0.mvt")
        print(f"  {'tiles':24}" + "".join(f"{f'z{zoom}':>15}" for zoom in range(10, 19)))
        for kind, words in (*(("names", w) for w in FILTERS.values()), ("base", "")):
            cells = []
            for zoom in range(10, 19):
                tile = tile_at(*CENTRE, zoom)
                url = f"/place-names/map/{kind}/{zoom}/{tile.x}/{tile.y}.mvt?{words}"
                first, after, content = timed(client, url, options.rounds)
                cells.append(f"{first:5.0f} {after:4.0f}{len(gzip.compress(content)) / 1000:5.1f}")
            label = (
                next((n for n, w in FILTERS.items() if w == words), "") if kind == "names" else ""
            )
            print(f"  {label or 'base map':24}" + "".join(cells), flush=True)
    print("  of each: ms first, ms after, kB compressed")


if __name__ == "__main__":
    main()
