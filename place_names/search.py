"""The places of the register as the search index takes them, and when they are reindexed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.db.models.signals import post_delete, post_save, pre_save

from search.analysis import Name, name_key
from search.places import indexing
from search.places.place import Place
from search.places.source import register_source

from .geometry.coordinates import published_point
from .models import (
    Category,
    NameVariant,
    NonStandardName,
    PlaceName,
    PlaceSubdistrict,
    RegisterSettings,
)
from .names.history import validity_of
from .pinyin_order import sort_key


class RegisterSource:
    """Published names with their variants."""

    def ids(self) -> list[int]:
        return list(PlaceName.objects.published().order_by("pk").values_list("pk", flat=True))

    def places(self, ids: Iterable[int]) -> Iterator[Place]:
        """In batches of plain rows: an import indexes 100,000 names, and records are dear."""
        classes = _ancestors()
        decimals = RegisterSettings.load().published_decimals
        wanted = list(ids)
        rows = PlaceName.objects.published().filter(pk__in=wanted).order_by("pk")
        variants = _grouped(
            NameVariant.objects.filter(place__in=wanted)
            .order_by("place_id", "sort_order", "pk")
            .values_list("place_id", "name", "kind", "romanisation", "year_from", "year_to")
        )
        crossed = _grouped(
            PlaceSubdistrict.objects.filter(place__in=wanted)
            .order_by("place_id", "sort_order", "pk")
            .values_list("place_id", "subdistrict__code")
        )
        improper = _grouped(
            NonStandardName.objects.published()
            .filter(place__in=wanted)
            .order_by("place_id", "pk")
            .values_list("place_id", "name")
        )
        for row in map(_Row._make, rows.values_list(*_Row._fields)):
            names = [
                *_names(row, variants.get(row.pk, ())),
                *(Name(name, "alias", "不规范名称") for (name,) in improper.get(row.pk, ())),
            ]
            former = _years_of_former_names(variants.get(row.pk, ()))
            yield _place(row, classes, decimals, names, former, crossed.get(row.pk, ()))


class _Row(NamedTuple):
    """The columns that the index takes of a name."""

    pk: int
    code: str
    name: str
    specific: str
    romanisation: str
    sort_key: str
    category_id: int
    status: str
    year_established: int | None
    year_abolished: int | None
    lon: float | None
    lat: float | None


def _grouped(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    return {key: [row[1:] for row in own] for key, own in groupby(rows, lambda row: row[0])}


def _names(row: _Row, variants: Sequence[tuple]) -> Iterator[Name]:
    yield Name(row.name, specific=name_key(row.specific), romanisation=row.romanisation)
    for name, kind, romanisation, _, _ in variants:
        yield Name(name, kind, NameVariant.Kind(kind).label, romanisation=romanisation)


def _years_of_former_names(variants: Sequence[tuple]) -> list[tuple[int | None, int | None]]:
    return [(start, end) for _, kind, _, start, end in variants if kind == NameVariant.Kind.FORMER]


def _place(
    row: _Row,
    classes: dict[int, tuple[str, ...]],
    decimals: int,
    names: Sequence[Name],
    former: Sequence[tuple[int | None, int | None]],
    crossed: Sequence[tuple[str]],
) -> Place:
    # No finer than published: distances from chosen points would give the rest away.
    lon, lat = published_point(row.lon, row.lat, decimals) or (None, None)
    since, until = validity_of(row.status, row.year_established, row.year_abolished, former)
    return Place(
        id=row.pk,
        code=row.code,
        names=tuple(names),
        categories=classes[row.category_id],
        subdistricts=tuple(code for (code,) in crossed),
        status=row.status,
        since=since,
        until=until,
        lon=lon,
        lat=lat,
        sort_key=row.sort_key or sort_key(row.name, row.romanisation),
    )


def _ancestors() -> dict[int, tuple[str, ...]]:
    """For each class its code and those of the classes above it."""
    listed = Category.objects.values_list("pk", "code", "parent_id")
    rows = {pk: (code, parent) for pk, code, parent in listed}
    paths: dict[int, tuple[str, ...]] = {}
    for pk in rows:
        path: list[str] = []
        at: int | None = pk
        while at is not None and rows[at][0] not in path:
            code, at = rows[at]
            path.append(code)
        paths[pk] = tuple(path)
    return paths


def _place_changed(sender, instance: PlaceName, **kwargs) -> None:
    indexing.update([instance.pk])


def _part_changed(sender, instance: NameVariant | PlaceSubdistrict, **kwargs) -> None:
    indexing.update([instance.place_id])


def _standard_name_leaves(sender, instance: NonStandardName, **kwargs) -> None:
    """The name that it pointed to so far, which it may no longer do."""
    instance.indexed_before = set(
        NonStandardName.objects.filter(pk=instance.pk).values_list("place_id", flat=True)
    )


def _non_standard_changed(sender, instance: NonStandardName, **kwargs) -> None:
    before = getattr(instance, "indexed_before", set())
    if changed := {instance.place_id, *before} - {None}:
        indexing.update(sorted(changed))


def connect() -> None:
    """Index every record in the transaction that saves it. Called in AppConfig.ready.

    Bulk statements send no signals: whoever uses them calls `search.places.indexing.update(ids)`.
    """
    register_source(RegisterSource())
    pre_save.connect(_standard_name_leaves, NonStandardName, dispatch_uid="search non-standard")
    for signal, when in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(_place_changed, PlaceName, dispatch_uid=f"search place {when}")
        signal.connect(
            _non_standard_changed, NonStandardName, dispatch_uid=f"search non-standard {when}"
        )
        for part in (NameVariant, PlaceSubdistrict):
            uid = f"search {part.__name__} {when}"
            signal.connect(_part_changed, part, dispatch_uid=uid)
