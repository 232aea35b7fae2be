"""Each office gets the service place of its name, or one made from what it said itself."""

from django.db import migrations


def link(apps, schema_editor):
    Office = apps.get_model("marriage", "Office")
    ServicePlace = apps.get_model("home", "ServicePlace")
    for office in Office.objects.filter(place=None):
        place = ServicePlace.objects.filter(kind="registry", name=office.name).first()
        if place is None:
            slug, number = office.code, 1
            while slug.isdigit() or ServicePlace.objects.filter(slug=slug).exists():
                number += 1
                slug = f"{office.code}-{number}"
            place = ServicePlace.objects.create(
                kind="registry",
                slug=slug,
                name=office.name,
                address=office.address,
                directions=office.directions[:200],
                phone=office.phone,
                hours_note=office.opening_text[:160],
                longitude=office.longitude,
                latitude=office.latitude,
                is_sample=office.is_sample,
            )
        office.place = place
        office.save(update_fields=["place"])


def give_back(apps, schema_editor):
    """Before the link the office kept its own copy."""
    for office in apps.get_model("marriage", "Office").objects.select_related("place"):
        place = office.place
        office.address, office.phone = place.address, place.phone
        office.directions, office.opening_text = place.directions, place.hours_note
        office.longitude, office.latitude = place.longitude, place.latitude
        office.save()


class Migration(migrations.Migration):
    dependencies = [("marriage", "0006_office_place")]

    operations = [migrations.RunPython(link, give_back, elidable=True)]
