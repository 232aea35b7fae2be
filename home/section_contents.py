"""What is filed in a section, whichever app its pages come from.

Apps above this one register their page types at start; a listing then needs one query,
however many types there are.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Page

from .visibility import open_to_all


@dataclass(frozen=True)
class Kind:
    """A type of page that can be filed in a section, as listings name it."""

    key: str
    label: str
    model: type[Model]
    in_tree_order: bool = False

    @property
    def accessor(self) -> str:
        return self.model._meta.model_name


_kinds: dict[str, Kind] = {}


def register_kind(key: str, label: str, model: type[Model], *, in_tree_order: bool = False) -> None:
    """Let pages of `model` (with a `section` and a `summary`) show in sections.

    They are listed newest first, or in the order that editors gave them in the tree.
    """
    _kinds[key] = Kind(key, label, model, in_tree_order)


def key_of(model: type[Model]) -> str:
    """The key under which pages of `model` were registered; empty when they were not."""
    return next((kind.key for kind in _kinds.values() if kind.model is model), "")


def _filed_in(section: int | None) -> QuerySet:
    """Open pages of the section with that key; none of one that is not yet saved."""
    if section is None:
        return Page.objects.none()
    wanted = Q(pk__in=[])
    for kind in _kinds.values():
        wanted |= Q(**{f"{kind.accessor}__section": section})
    return open_to_all(Page.objects).filter(wanted)


def _content_types() -> dict[int, Kind]:
    types = ContentType.objects.get_for_models(*(kind.model for kind in _kinds.values()))
    return {types[kind.model].pk: kind for kind in _kinds.values()}


def kinds_in(section: int | None) -> list[tuple[str, str, int]]:
    """(key, label, number of pages) of each kind that the section (its key) holds."""
    by_type = _content_types()
    counts = dict(_filed_in(section).values_list("content_type").annotate(Count("pk")).order_by())
    return [
        (kind.key, kind.label, counts[type_id])
        for type_id, kind in by_type.items()
        if type_id in counts
    ]


def pages_of(section: int | None, kind: str = "") -> QuerySet:
    """Open pages filed in the section with that key, each with `kind_label` and `kind_summary`.

    In the order in which the kinds were registered (guides first), within one newest first
    or as they stand in the tree. `kind`: only that one.
    """
    pages = _filed_in(section)
    by_type = _content_types()
    if kind in _kinds:
        pages = pages.filter(**{f"{_kinds[kind].accessor}__isnull": False})
    order = list(_kinds)
    by_tree = [pk for pk, kind in by_type.items() if kind.in_tree_order]
    return pages.annotate(
        kind_label=Case(
            *(When(content_type=pk, then=Value(k.label)) for pk, k in by_type.items()),
            default=Value(""),
        ),
        kind_order=Case(
            *(When(content_type=pk, then=Value(order.index(k.key))) for pk, k in by_type.items()),
            default=Value(len(order)),
        ),
        place_in_kind=Case(When(content_type__in=by_tree, then=F("path")), default=Value("")),
        kind_summary=Coalesce(
            *(F(f"{k.accessor}__summary") for k in _kinds.values()), Value(""), Value("")
        ),
    ).order_by("kind_order", "place_in_kind", "-first_published_at", "pk")
