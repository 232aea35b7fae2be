"""Bring services, materials and bookings of before into line with the questions by law."""

from django.db import migrations

RENAMED = {"certificates=one_lost": "lost=marriage_one", "certificates=both_lost": "lost=marriage_both"}
TELEPHONE = 1


def forwards(apps, schema_editor):
    service = apps.get_model("marriage", "Service")
    material = apps.get_model("marriage", "Material")
    booking = apps.get_model("marriage", "Booking")
    kinds = ["application", "certificate", "replacement"]
    service.objects.filter(kind__in=kinds).update(asks_origin=True)
    service.objects.filter(kind="replacement").update(asks_certificates=False)
    for old, new in RENAMED.items():
        material.objects.filter(service__kind="replacement", condition=old).update(condition=new)
    # They bound their people when they were made.
    booking.objects.exclude(state__in=["held", "expired", "released"]).update(trust=TELEPHONE)


def backwards(apps, schema_editor):
    material = apps.get_model("marriage", "Material")
    for old, new in RENAMED.items():
        material.objects.filter(service__kind="replacement", condition=new).update(condition=old)


class Migration(migrations.Migration):
    dependencies = [("marriage", "0012_couples")]
    operations = [migrations.RunPython(forwards, backwards)]
