"""The pages filed in a section or directly below it, from all apps.

The apps above register their page types at start; a listing then takes one query, however many
types there are.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Page

from .visibility import open_to_all


@dataclass(frozen=True)
class Kind:
    """A page type that can be filed in a section, with its label in listings."""

    key: str
    label: str
    model: type[Model]
    in_tree_order: bool = False
    icon: str = "document"

    @property
    def accessor(self) -> str:
        return self.model._meta.model_name

    @property
    def has_icon(self) -> bool:
        return any(field.name == "icon" for field in self.model._meta.fields)


_kinds: dict[str, Kind] = {}


def register_kind(
    key: str,
    label: str,
    model: type[Model],
    *,
    in_tree_order: bool = False,
    icon: str = "document",
) -> None:
    """Lists pages of `model` (which has `section` and `summary`) in sections, marked with the icon.

    They are listed newest first, or in the order that editors gave them in the tree.
    """
    _kinds[key] = Kind(key, label, model, in_tree_order, icon)


Links = list[tuple[str, str]]

_links: dict[str, Callable[[int, str], Links]] = {}


def register_links(title: str, gather: Callable[[int], Links]) -> None:
    """`gather(section)` returns (URL, label) links shown under `title` on the section with that
    key: where its business is begun, who does it, what the numbers are."""
    _links[title] = lambda section, code: gather(section)


def register_local_links(title: str, gather: Callable[[int, str], Links]) -> None:
    """As `register_links`, with `gather(section, code)`: the code is that of the subdistrict which
    the visitor chose, empty without a choice."""
    _links[title] = gather


def links_of(section: int | None, code: str = "") -> list[tuple[str, Links]]:
    """(title, links) of what the apps have registered for a section, without the empty ones.

    `code`: what serves the subdistrict with that code comes first.
    """
    if section is None:
        return []
    gathered = ((title, gather(section, code)) for title, gather in _links.items())
    return [(title, links) for title, links in gathered if links]


def key_of(model: type[Model]) -> str:
    """The key under which `model` was registered; empty if it was not."""
    return next((kind.key for kind in _kinds.values() if kind.model is model), "")


def _filed_in(section: int | None, parent: Page | None = None) -> QuerySet:
    """Public pages of the section with that primary key, and those below `parent`; none if it
    is not saved yet."""
    if section is None:
        return Page.objects.none()
    wanted = Q(pk__in=[])
    for kind in _kinds.values():
        wanted |= Q(**{f"{kind.accessor}__section": section})
    if parent is not None and parent.numchild:
        children = Page.objects.child_of(parent).filter(content_type__in=_content_types())
        wanted |= Q(pk__in=children.values("pk"))
    return open_to_all(Page.objects).filter(wanted)


def _content_types() -> dict[int, Kind]:
    types = ContentType.objects.get_for_models(*(kind.model for kind in _kinds.values()))
    return {types[kind.model].pk: kind for kind in _kinds.values()}


def kinds_in(section: int | None, parent: Page | None = None) -> list[tuple[str, str, int]]:
    """(key, label, number of pages) of each kind that the section (its key) holds."""
    by_type = _content_types()
    filed = _filed_in(section, parent)
    counts = dict(filed.values_list("content_type").annotate(Count("pk")).order_by())
    return [
        (kind.key, kind.label, counts[type_id])
        for type_id, kind in by_type.items()
        if type_id in counts
    ]


def pages_of(section: int | None, kind: str = "", parent: Page | None = None) -> QuerySet:
    """Open pages filed in the section with that key, each with `kind_label`, `kind_summary`,
    `kind_icon`, and `own_icon`, the name of the icon that the page itself has or "".

    In the order in which the kinds were registered (guides first), within one newest first
    or as they stand in the tree. `kind`: only that one. `parent`: with the pages below it.
    """
    pages = _filed_in(section, parent)
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
        kind_icon=Case(
            *(When(content_type=pk, then=Value(k.icon)) for pk, k in by_type.items()),
            default=Value("document"),
        ),
        own_icon=Coalesce(
            *(F(f"{k.accessor}__icon") for k in _kinds.values() if k.has_icon), Value(""), Value("")
        ),
    ).order_by("kind_order", "place_in_kind", "-first_published_at", "pk")
