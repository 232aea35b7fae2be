"""Fills the configured register with made-up names: `benchmarks/fill_register.py TOTAL`.

Each name of the demonstration that is a point is copied as often as needed: with two other
characters in front of the same rest, so that lengths, classes and numerals stay alike, with a code
of its own, and moved by up to 300 m, so that the crowded parts stay crowded. The database copies
the rows; the index for search is built as `rebuild_search_index` builds it, which takes ten minutes
of processor time for a million names. Run by api.py and map.py.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator

from project import set_up

MOVED = 0.003
"""Degrees."""
FIRST_SERIAL = 100_000
BATCH = 10_000
COPIED = (
    "pattern bigint, id bigint, code text, name text, \"specific\" text, romanisation text, "
    "romanisation_plain text, sort_key text, lon double precision, lat double precision"
)  # fmt: skip


def fill(total: int) -> None:
    """Up to so many names. A register that has more than it began with is taken for filled."""
    from django.db import connection, transaction

    from home.cache.invalidation import invalidate
    from place_names.models import PlaceName, PlaceSubdistrict
    from search.places import indexing
    from search.places.embedded import EmbeddedEngine

    there = PlaceName.objects.count()
    if there >= total or PlaceName.objects.filter(pk__gt=there * 2).exists():
        return
    json_ = "json_build" if connection.vendor == "postgresql" else "json"
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(f"CREATE TEMPORARY TABLE copies ({COPIED})")
        marks = ", ".join(["%s"] * len(COPIED.split(",")))
        rows = _copies(total - there)
        while some := [row for _, row in zip(range(BATCH), rows, strict=False)]:
            cursor.executemany(f"INSERT INTO copies VALUES ({marks})", some)
        own = {"id", "code", "name", "specific", "romanisation", "romanisation_plain", "sort_key"}
        where = dict.fromkeys(("lon", "min_lon", "max_lon"), "c.lon") | dict.fromkeys(
            ("lat", "min_lat", "max_lat"), "c.lat"
        )
        changed = {column: f"c.{connection.ops.quote_name(column)}" for column in own} | where
        changed |= {"latest_revision_id": "NULL", "live_revision_id": "NULL"}
        changed["geometry"] = (
            f"{json_}_object('type', 'Point', 'coordinates', {json_}_array(c.lon, c.lat))"
        )
        _copy(cursor, PlaceName, changed, "t.id = c.pattern")
        last = f"(SELECT max(id) FROM {PlaceSubdistrict._meta.db_table})"
        parts = {"id": f"{last} + row_number() OVER ()", "place_id": "c.id"}
        _copy(cursor, PlaceSubdistrict, parts, "t.place_id = c.pattern")
        cursor.execute("DROP TABLE copies")
    engine = EmbeddedEngine()
    engine.delete(engine.ids())  # An empty index is filled without keeping its order meanwhile.
    indexing.rebuild_embedded()
    with transaction.atomic():
        invalidate()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copies(number: int) -> Iterator[tuple]:
    """Rows of COPIED."""
    from place_names.models import PlaceName
    from place_names.pinyin_order import sort_key
    from search.analysis import Name
    from search.analysis.pinyin import character_readings

    patterns = PlaceName.objects.published().filter(subdistrict__isnull=False, lon__isnull=False)
    listed = [
        (*row, Name(row[2], romanisation=row[4]).spelling)
        for row in patterns.filter(geometry__type="Point").values_list(
            "pk", "code", "name", "specific", "romanisation", "lon", "lat"
        )
        if len(row[2]) > 3
    ]
    listed = [row for row in listed if len(row[-1]) == len(row[2])]
    characters = sorted({character for row in listed for character in row[3][:2]})
    first = PlaceName.objects.order_by("pk").last().pk * 10
    serials, chance = Counter(), random.Random(5832)
    for at in range(number):
        pattern, code, name, specific, _, lon, lat, spelling = listed[at % len(listed)]
        begin = chance.choice(characters) + chance.choice(characters)
        syllables = [*(character_readings(each)[0] for each in begin), *spelling[2:]]
        spelt = " ".join(syllables).capitalize()
        shown = begin + name[2:]
        serials[code[:14]] += 1
        yield (
            *(pattern, first + at, f"{code[:14]}{FIRST_SERIAL + serials[code[:14]]}"),
            *(shown, begin + specific[2:], spelt, spelt, sort_key(shown, spelt)),
            lon + chance.uniform(-MOVED, MOVED),
            lat + chance.uniform(-MOVED, MOVED),
        )


def _copy(cursor, model, changed: dict[str, str], match: str) -> None:
    """Insert a copy of each row for each row of `copies` that `match` joins; `changed` are SQL."""
    from django.db import connection

    columns = [field.column for field in model._meta.concrete_fields]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(map(quote, columns))
    values = ", ".join(changed.get(column, f"t.{quote(column)}") for column in columns)
    statement = (
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t JOIN copies c ON {match}"
    )
    cursor.execute(statement)


def main() -> None:
    set_up()
    fill(int(sys.argv[1]))


if __name__ == "__main__":
    main()
