import hashlib

from django.db import migrations


def fill(apps, schema_editor):
    """Of several open receipts of one couple the newest has the key; the others stay as they are."""
    receipts = apps.get_model("marriage", "Acceptance").objects
    open_couples = set()
    for receipt in receipts.order_by("-accepted_on", "-pk"):
        hashes = sorted({each for each in receipt.person_hashes or [] if each})
        if len(hashes) != 2:
            continue
        key = hashlib.sha256(" ".join(hashes).encode()).hexdigest()
        if not (receipt.finished_on or receipt.withdrawn_on or receipt.deemed_withdrawn_on):
            if key in open_couples:
                continue
            open_couples.add(key)
        receipts.filter(pk=receipt.pk).update(couple_key=key)


class Migration(migrations.Migration):
    dependencies = [("marriage", "0032_couple_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
