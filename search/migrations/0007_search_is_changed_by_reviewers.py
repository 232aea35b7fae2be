"""Takes from editors what changes public search without a review; reviewers have it too."""

from django.db import migrations
from django.db.models import Q


def take_back(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name="编辑").first()
    if group is None:
        return
    models = Q(content_type__app_label="search", content_type__model__in=("synonym", "askedwords", "safetycard"))
    models |= Q(content_type__app_label="wagtailsearchpromotions", content_type__model="searchpromotion")
    found = apps.get_model("auth", "Permission").objects.filter(models).exclude(codename__startswith="view_")
    group.permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("search", "0006_safety_words"),
    ]
    operations = [migrations.RunPython(take_back, migrations.RunPython.noop, elidable=False)]
