"""Fills the order of names, in batches."""

from django.db import migrations

BATCH = 2000


def fill(apps, schema_editor):
    from place_names.pinyin_order import sort_key

    names = apps.get_model("place_names", "PlaceName").objects.using(schema_editor.connection.alias)
    batch = []
    for place in names.filter(sort_key="").only("pk", "name", "romanisation").iterator(BATCH):
        place.sort_key = sort_key(place.name, place.romanisation)
        batch.append(place)
        if len(batch) == BATCH:
            names.bulk_update(batch, ["sort_key"], batch_size=200)
            batch = []
    names.bulk_update(batch, ["sort_key"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("place_names", "0016_changes_in_time")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
