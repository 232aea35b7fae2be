import unicodedata

from django.db import migrations


def fill(apps, schema_editor):
    """The oldest of several spellings of one number has its key, and is found by it."""
    receipts = apps.get_model("marriage", "Acceptance").objects
    used = set()
    for pk, number in receipts.order_by("pk").values_list("pk", "receipt_number"):
        text = unicodedata.normalize("NFKC", number).upper()
        key = "".join(c for c in text if c.isalnum() and c not in "第号")
        if not key or key in used:
            key = f"{key}/{pk}"
        used.add(key)
        receipts.filter(pk=pk).update(number_key=key)


class Migration(migrations.Migration):
    dependencies = [("marriage", "0024_receipt_number_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
