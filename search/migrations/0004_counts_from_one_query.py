import django.db.models.deletion
from django.db import migrations, models

import search.models.place_index


def forget_index(apps, schema_editor):
    """Rows of the old form cannot answer; `rebuild_search_index --if-outdated` writes new ones."""
    for name in ("PlaceToken", "PlaceFacet", "PlaceDocument"):
        apps.get_model("search", name).objects.all().delete()
    apps.get_model("search", "IndexState").objects.filter(engine="embedded").delete()
    if schema_editor.connection.vendor == "postgresql":
        # PostgreSQL alters no table while checks of deleted rows wait for the commit.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_index_being_built")]

    operations = [
        migrations.RunPython(forget_index, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            "placedocument",
            "status",
            models.CharField(max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "placedocument", "has_variant", models.BooleanField(default=False)
        ),
        migrations.AddField(
            "placedocument",
            "combination",
            search.models.place_index.TokenField(max_length=400, default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "placedocument",
            models.Index(fields=["combination"], name="search_place_by_facets"),
        ),
        migrations.AlterField(
            "placetoken",
            "document",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tokens",
                to="search.placedocument",
            ),
        ),
        migrations.AlterField(
            "placefacet",
            "document",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="facets",
                to="search.placedocument",
            ),
        ),
    ]
