"""Runs the checks over the register and stores the faults.

A run reads all names in a fixed number of queries, replaces the faults of the run before
it in one transaction, and takes about a second for 5,832 names.
"""

import time
from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.signals import post_save
from django.urls import reverse

from home.plain_inserts import insert_rows
from home.staff.desk.lists import DeskItem
from place_names.fault_kinds import KINDS
from place_names.models import (
    CheckRun,
    ImportRecord,
    NameVariant,
    PlaceName,
    PlaceSubdistrict,
    RegisterFault,
    Subdistrict,
)
from place_names.names.decided_spellings import decided

from . import rules
from .boundary_lines import line_faults
from .entries import Entry
from .wording import active_wordings

FIELDS = (
    "id", "code", "name", "romanisation", "category__code", "status", "geometry", "description",
    "specific", "generic",
)  # fmt: skip


def run(user=None, cause=""):
    """Check the whole register; returns the stored ``CheckRun`` with its faults."""
    start = time.monotonic()
    places = Entries()
    areas = dict(Subdistrict.objects.values_list("code", "geometry"))
    names = dict(Subdistrict.objects.values_list("code", "name"))
    found = rules.all_faults(places, areas, active_wordings(), names, decided())
    lines = list(line_faults(areas, names))
    with transaction.atomic():
        RegisterFault.objects.all().delete()
        kept = CheckRun.objects.create(user=user, cause=cause, checked=places.count)
        names = ((f.kind, f.entry, None, f.message) for f in found)
        figures = ((kind, None, line, message) for line, kind, message in lines)
        insert_rows(
            RegisterFault,
            ("run_id", "kind", "place_id", "line_id", "message"),
            ((kept.pk, *row) for row in chain(names, figures)),
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


class Entries:
    """All live names as plain entries, read again each time: three queries side by side."""

    count = 0

    def __iter__(self) -> Iterator[Entry]:
        through = PlaceSubdistrict.objects.order_by("place_id", "sort_order", "id")
        # The reading in the dialect is no name of its own.
        spelt = (NameVariant.Kind.DIALECT, NameVariant.Kind.FOREIGN)
        named = NameVariant.objects.exclude(kind__in=spelt).order_by("place_id", "sort_order", "id")
        crossed = _Parts(through.values_list("place_id", "subdistrict__code"))
        variants = _Parts(named.values_list("place_id", "name"))
        rows = PlaceName.objects.filter(live=True).order_by("id").values_list(*FIELDS)
        self.count = 0
        for row in rows.iterator(1000):
            key, code, name, romanisation, category, status, geometry, told, *parts = row
            self.count += 1
            yield Entry(
                id=key,
                code=code,
                name=name,
                romanisation=romanisation,
                category=category,
                status=status,
                geometry=geometry,
                description=told,
                subdistricts=crossed.of(key),
                variants=variants.of(key),
                specific=parts[0],
                generic=parts[1],
            )


class _Parts:
    """What belongs to each record, of rows (record, text) that are ordered by record."""

    def __init__(self, rows: QuerySet):
        self.groups = groupby(rows.iterator(), itemgetter(0))
        self.at, self.group = next(self.groups, (None, iter(())))

    def of(self, record: int) -> tuple[str, ...]:
        """The texts of a record; records are asked for in their order."""
        while self.at is not None and self.at < record:
            self.at, self.group = next(self.groups, (None, iter(())))
        if self.at != record:
            return ()
        return tuple(text for _, text in self.group)
