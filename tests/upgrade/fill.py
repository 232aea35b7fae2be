"""Run in a checkout of the old commit by make_dumps.sh: makes its demonstration small, and adds
what a demonstration does not hold: bookings, a waiting couple, a draft, feedback."""

import os
import sys

sys.path[:0] = [".", "site"]
os.environ["DJANGO_SETTINGS_MODULE"] = "civil_affairs.settings.test"

import django

django.setup()

from django.db import connection

from home.models import NoticePage
from marriage import booking
from marriage.models import Slot
from place_names.models import PlaceName
from tests.marriage.couples import make_couple

KEPT_NAMES = 150


def main() -> None:
    kept = list(PlaceName.objects.order_by("pk").values_list("pk", flat=True)[:KEPT_NAMES])
    for relation in PlaceName._meta.related_objects:
        rows = relation.related_model._base_manager.filter(
            **{f"{relation.field.name}__isnull": False}
        ).exclude(**{f"{relation.field.name}__in": kept})
        rows._raw_delete("default")  # Without signals, each of which would correct an index.
    PlaceName.objects.exclude(pk__in=kept)._raw_delete("default")
    with connection.cursor() as cursor:
        for table in ("search_placetoken", "search_placefacet", "search_placedocument"):
            column = "place_id" if table == "search_placedocument" else "document_id"
            cursor.execute(f"DELETE FROM {table} WHERE {column} > {kept[-1]}")
    slots = Slot.objects.filter(service__kind="marriage", capacity__gt=0).order_by("-date", "start")
    for number, slot in enumerate(slots[:3], start=40):
        held = booking.hold(slot.pk, check=False)
        made = booking.confirm(held.hold_token, make_couple(number))
        if number == 42:
            booking.cancel(made)
    notice = NoticePage.objects.first()
    notice.title = "还没有发布的标题"
    notice.save_revision()


main()
