"""Runs the checks over the register and stores the faults.

A run reads all names in a fixed number of queries, replaces the faults of the run before
it in one transaction, and takes about a second for 5,832 names.
"""

import time
from collections import defaultdict
from collections.abc import Iterator

import shapely
from django.db import transaction
from django.db.models import Count
from django.db.models.signals import post_save
from django.urls import reverse
from shapely.geometry import shape

from home.staff.desk.lists import DeskItem
from place_names.fault_kinds import KINDS, LINE_APART
from place_names.models import (
    BoundaryLine,
    CheckRun,
    ImportRecord,
    NameVariant,
    PlaceName,
    PlaceSubdistrict,
    RegisterFault,
    Subdistrict,
)

from . import rules
from .wording import active_wordings


def run(user=None, cause=""):
    """Check the whole register; returns the stored ``CheckRun`` with its faults."""
    start = time.monotonic()
    places = entries()
    areas = dict(Subdistrict.objects.values_list("code", "geometry"))
    names = dict(Subdistrict.objects.values_list("code", "name"))
    found = rules.all_faults(places, areas, active_wordings(), names)
    lines = list(apart_lines(areas))
    with transaction.atomic():
        RegisterFault.objects.all().delete()
        kept = CheckRun.objects.create(user=user, cause=cause, checked=len(places))
        RegisterFault.objects.bulk_create(
            [
                *(
                    RegisterFault(run=kept, kind=f.kind, place_id=f.entry, message=f.message)
                    for f in found
                ),
                *(
                    RegisterFault(run=kept, kind=LINE_APART, line_id=line, message=message)
                    for line, message in lines
                ),
            ],
            batch_size=500,
        )
        kept.seconds = round(time.monotonic() - start, 2)
        kept.save(update_fields=["seconds"])
    return kept


def waiting_faults(user) -> Iterator[DeskItem]:
    """For the desk: what the last run found, a line per kind, the most frequent first."""
    found = RegisterFault.objects.values_list("kind").annotate(number=Count("pk"))
    address = reverse("place_name_checks:index")
    for kind, number in found.order_by("-number", "kind"):
        yield DeskItem(KINDS[kind], f"{address}?kind={kind}", f"{number}处")


def connect():
    """Check the register after every import and every undoing of one."""
    post_save.connect(_after_import, sender=ImportRecord, dispatch_uid="check after import")


def _after_import(sender, instance, created, **kwargs):
    cause = "导入后检查" if created else "撤销导入后检查"
    # Robust: a failure is logged and never fails the import, which is through by then.
    transaction.on_commit(lambda: run(user=instance.user, cause=cause), robust=True)


def entries():
    """All live names as plain entries, in three queries."""
    crossed, variants = defaultdict(list), defaultdict(list)
    through = PlaceSubdistrict.objects.order_by("sort_order", "id")
    for place, code in through.values_list("place_id", "subdistrict__code"):
        crossed[place].append(code)
    # The reading in the dialect is no name of its own.
    spelt = (NameVariant.Kind.DIALECT, NameVariant.Kind.FOREIGN)
    named = NameVariant.objects.exclude(kind__in=spelt)
    for place, name in named.values_list("place_id", "name"):
        variants[place].append(name)
    fields = ("id", "code", "name", "romanisation", "category__code", "status", "geometry")
    return [
        rules.Entry(
            id=row[0],
            code=row[1],
            name=row[2],
            romanisation=row[3],
            category=row[4],
            status=row[5],
            geometry=row[6],
            subdistricts=tuple(crossed[row[0]]),
            variants=tuple(variants[row[0]]),
        )
        for row in PlaceName.objects.filter(live=True).values_list(*fields).iterator()
    ]


def apart_lines(areas):
    """(id, message) of boundary lines that do not run along the areas on their sides."""
    polygons = {code: shape(geometry) for code, geometry in areas.items() if geometry}
    lines = BoundaryLine.objects.filter(geometry__isnull=False)
    for pk, geometry, left, right in lines.values_list(
        "id", "geometry", "left__code", "right__code"
    ):
        figure = shape(geometry)
        sides = [code for code in (left, right) if code in polygons]
        apart = [
            code for code in sides if not shapely.dwithin(polygons[code], figure, rules.TOLERANCE)
        ]
        if apart:
            names = Subdistrict.objects.filter(code__in=apart).values_list("name", flat=True)
            yield pk, f"界线没有挨着{'、'.join(names)}"
