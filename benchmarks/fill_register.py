"""Fills the configured register with made-up names: `benchmarks/fill_register.py TOTAL`.

Each name of the demonstration that is a point is copied as often as needed, to a place of its own
in the district and with a code of its own. The database copies the rows; the index for search
gets the documents, not the tokens, so searches find the first of the copies alone. Run by api.py.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEST, WIDTH, SOUTH, HEIGHT = 113.23, 0.18, 23.04, 0.08
FIRST_SERIAL = 100_000


def fill(total: int) -> None:
    from django.db import connection, transaction

    from home.cache.invalidation import invalidate
    from place_names.models import PlaceName, PlaceSubdistrict
    from search.models import PlaceDocument

    is_postgresql = connection.vendor == "postgresql"
    chance = "random()" if is_postgresql else "(random() / 18446744073709551616.0 + 0.5)"
    json_ = "json_build_array" if is_postgresql else "json_array"
    point = "json_build_object" if is_postgresql else "json_object"
    there = PlaceName.objects.count()
    patterns = PlaceName.objects.published().filter(subdistrict__isnull=False, lon__isnull=False)
    patterns = patterns.filter(geometry__type="Point", pk__lte=there * 2)
    copies = -(-(total - there) // patterns.count())
    if copies < 1:
        return
    chosen = ",".join(str(key) for key in patterns.values_list("pk", flat=True))
    with connection.cursor() as cursor, transaction.atomic():
        # Where each copy lies, made first, since point, extent and index must agree.
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE copies AS
            WITH RECURSIVE counted(number) AS (
                SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < {copies}
            ), numbered AS (
                SELECT id AS pattern, substr(code, 1, 14) AS before,
                       row_number() OVER (PARTITION BY substr(code, 1, 14) ORDER BY id) AS place,
                       count(*) OVER (PARTITION BY substr(code, 1, 14)) AS size
                FROM place_names_placename WHERE id IN ({chosen})
            )
            SELECT row_number() OVER (ORDER BY number, pattern)
                       + (SELECT max(id) FROM place_names_placename) AS id, pattern,
                   before || CAST({FIRST_SERIAL} + place + size * (number - 1) AS text) AS code,
                   {WEST} + {WIDTH} * {chance} AS lon, {SOUTH} + {HEIGHT} * {chance} AS lat
            FROM numbered CROSS JOIN counted
            """
        )
        where = {
            "id": "c.id", "code": "c.code", "lon": "c.lon", "min_lon": "c.lon", "max_lon": "c.lon",
            "lat": "c.lat", "min_lat": "c.lat", "max_lat": "c.lat", "latest_revision_id": "NULL",
            "live_revision_id": "NULL",
            "geometry": f"{point}('type', 'Point', 'coordinates', {json_}(c.lon, c.lat))",
        }  # fmt: skip
        _copy(cursor, PlaceName, where, "t.id = c.pattern")
        last = f"(SELECT max(id) FROM {PlaceSubdistrict._meta.db_table})"
        parts = {"id": f"{last} + row_number() OVER ()", "place_id": "c.id"}
        _copy(cursor, PlaceSubdistrict, parts, "t.place_id = c.pattern")
        source = (
            "jsonb_set(jsonb_set(jsonb_set(jsonb_set(t.source::jsonb, '{0}', to_jsonb(c.id)), "
            "'{1}', to_jsonb(c.code)), '{8}', to_jsonb(c.lon)), '{9}', to_jsonb(c.lat))::text"
            if is_postgresql
            else "json_set(t.source, '$[0]', c.id, '$[1]', c.code, '$[8]', c.lon, '$[9]', c.lat)"
        )
        document = {"place_id": "c.id", "lon": "c.lon", "lat": "c.lat", "source": source}
        _copy(cursor, PlaceDocument, document, "t.place_id = c.pattern")
        invalidate()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
    import django

    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    django.setup()
    fill(int(sys.argv[1]))


if __name__ == "__main__":
    main()
