"""The places of the register as the search index takes them, and when they are reindexed."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.db.models.signals import post_delete, post_save

from search.analysis import Name, name_key
from search.places import indexing
from search.places.place import Place
from search.places.source import register_source

from .geometry.coordinates import published_point
from .models import Category, NameVariant, PlaceName, PlaceSubdistrict, RegisterSettings
from .names.history import validity
from .pinyin_order import sort_key


class RegisterSource:
    """Published names with their variants."""

    def ids(self) -> list[int]:
        return list(PlaceName.objects.published().order_by("pk").values_list("pk", flat=True))

    def places(self, ids: Iterable[int]) -> Iterator[Place]:
        classes = _ancestors()
        decimals = RegisterSettings.load().published_decimals
        found = (
            PlaceName.objects.published()
            .filter(pk__in=list(ids))
            .only(
                "pk", "code", "name", "specific", "romanisation", "sort_key", "category_id", "status",
                "year_established", "year_abolished", "lon", "lat",
            )
            .prefetch_related(
                Prefetch("variants", NameVariant.objects.order_by("sort_order", "pk")),
                Prefetch(
                    "place_subdistricts",
                    PlaceSubdistrict.objects.select_related("subdistrict").order_by(
                        "sort_order", "pk"
                    ),
                ),
            )
            .order_by("pk")
        )  # fmt: skip
        for place in found:
            yield _place(place, classes, decimals)


def _place(place: PlaceName, classes: dict[int, tuple[str, ...]], decimals: int) -> Place:
    # No finer than published: distances from chosen points would give the rest away.
    lon, lat = published_point(place.lon, place.lat, decimals) or (None, None)
    since, until = validity(place)
    names = [
        Name(place.name, specific=name_key(place.specific), romanisation=place.romanisation),
        *(
            Name(v.name, v.kind, NameVariant.Kind(v.kind).label, romanisation=v.romanisation)
            for v in place.variants.all()
        ),
    ]
    return Place(
        id=place.pk,
        code=place.code,
        names=tuple(names),
        categories=classes[place.category_id],
        subdistricts=tuple(row.subdistrict.code for row in place.place_subdistricts.all()),
        status=place.status,
        since=since,
        until=until,
        lon=lon,
        lat=lat,
        sort_key=place.sort_key or sort_key(place.name, place.romanisation),
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


def connect() -> None:
    """Index every record in the transaction that saves it. Called in AppConfig.ready.

    Bulk statements send no signals: whoever uses them calls `search.places.indexing.update(ids)`.
    """
    register_source(RegisterSource())
    for signal, when in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(_place_changed, PlaceName, dispatch_uid=f"search place {when}")
        for part in (NameVariant, PlaceSubdistrict):
            uid = f"search {part.__name__} {when}"
            signal.connect(_part_changed, part, dispatch_uid=uid)
