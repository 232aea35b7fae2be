"""Counts the places of each cell of the map that an index made before has."""

from collections import defaultdict

from django.db import migrations

from search.places.embedded.cells import LEAF, UNIT, number_of
from search.places.mercator import tile_at


def fill(apps, schema_editor):
    documents = apps.get_model("search", "PlaceDocument").objects.exclude(lon=None)
    columns = ("lon", "lat", "combination", "since", "until")
    sums = defaultdict(lambda: [0, 0, 0])
    for lon, lat, *facets in documents.values_list(*columns).iterator(chunk_size=10_000):
        there = sums[number_of(tile_at(lon, lat, LEAF)), *facets]
        there[0] += 1
        there[1] += round(lon * UNIT)
        there[2] += round(lat * UNIT)
    cell = apps.get_model("search", "PlaceCell")
    cell.objects.all().delete()
    cell.objects.bulk_create(
        (
            cell(cell=number, combination=combination, since=since, until=until,
                 number=count, lon=lon, lat=lat)
            for (number, combination, since, until), (count, lon, lat) in sorted(
                sums.items(), key=lambda item: item[0][0]
            )
        ),
        batch_size=500,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("search", "0008_place_cells")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
