"""Plain functions that fill the register for tests of search."""

import csv
import re
from pathlib import Path

from place_names.models import Category, NameVariant, PlaceName, PlaceSubdistrict, Subdistrict
from place_names.search import RegisterSource

ROOT = Path(__file__).resolve().parents[2]
VARIANT = re.compile(r"(\w+):([^\[|]+)(?:\[(\d*)-(\d*)\])?")


def gazetteer_rows() -> list[dict[str, str]]:
    path = ROOT / "demonstration" / "place_names" / "place_names.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def variants_of(row: dict[str, str]) -> list[tuple[str, str]]:
    """Pairs (kind, name)."""
    return [match.group(1, 2) for match in VARIANT.finditer(row["variants"])]


def fill_register(rows: list[dict[str, str]] | None = None) -> None:
    """The demonstration gazetteer as records, without an index: as fast as it can be."""
    rows = gazetteer_rows() if rows is None else rows
    classes = _classes()
    codes = sorted({code for row in rows for code in row["subdistricts"].split(";")})
    subdistricts = {
        code: Subdistrict.objects.get_or_create(code=code, defaults={"name": f"街道{code}"})[0]
        for code in codes
    }
    places = PlaceName.objects.bulk_create(
        (
            PlaceName(
                code=row["code"],
                name=row["name"],
                specific=row["specific"],
                generic=row["generic"],
                romanisation=row["romanisation"],
                category=classes[row["category"]],
                status=row["status"],
                year_established=row["year_established"] or None,
                year_abolished=row["year_abolished"] or None,
                subdistrict=subdistricts[row["subdistricts"].split(";")[0]],
                **_position(row),
            )
            for row in rows
        ),
        batch_size=500,
    )
    PlaceSubdistrict.objects.bulk_create(
        PlaceSubdistrict(place=place, subdistrict=subdistricts[code], sort_order=order)
        for place, row in zip(places, rows, strict=True)
        for order, code in enumerate(row["subdistricts"].split(";"))
    )
    NameVariant.objects.bulk_create(
        NameVariant(place=place, kind=kind, name=name)
        for place, row in zip(places, rows, strict=True)
        for kind, name in variants_of(row)
    )


def _classes() -> dict[str, Category]:
    path = ROOT / "place_names" / "data" / "category_codes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: len(row["code"].rstrip("0")))
    found: dict[str, Category] = {}
    for row in rows:
        stem = row["code"].rstrip("0")
        above = [found[c] for c in found if stem.startswith(c.rstrip("0")) and c != row["code"]]
        parent = max(above, key=lambda c: len(c.stem), default=None)
        found[row["code"]], _ = Category.objects.get_or_create(
            code=row["code"], defaults={"name": row["name"], "parent": parent}
        )
    return found


def _position(row: dict[str, str]) -> dict:
    if not row["lon"]:
        return {}
    lon, lat = float(row["lon"]), float(row["lat"])
    return {
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "lon": lon, "lat": lat, "min_lon": lon, "max_lon": lon, "min_lat": lat, "max_lat": lat,
    }  # fmt: skip


def all_places():
    source = RegisterSource()
    return list(source.places(source.ids()))
