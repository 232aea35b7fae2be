"""Lists of guides that other apps show."""

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from wagtail.models import Page

from home.blocks.tasks import leads_to
from home.models import ServicePlace
from home.pages.visibility import open_to_all
from home.service_places.mine import is_local, is_of
from home.subdistricts import subdistricts

from ..figures.models import Figure
from .models import GuidePage

MAX_FIGURES = 6


def guides_of_subdistrict(code: str) -> list[tuple[str, str]]:
    """(URL, title) of the live guides that are done at a place of the subdistrict."""
    return _guides(places__subdistrict_code=code, places__is_public=True, places__live=True)


def guides_of_place(place) -> list[tuple[str, str]]:
    """(URL, title) of the live guides that are done at the place."""
    return _guides(places=place)


def begun_online(section: int) -> list[tuple[str, str]]:
    """(URL, label) of where business of the section is begun at once: what the buttons of its
    guides open, then its question trees."""
    with_button = Q(guidepage__section=section) & ~Q(guidepage__action_label="")
    pages = open_to_all(Page.objects).filter(Q(questiontreepage__section=section) | with_button)
    buttons, trees = {}, {}
    for page in pages.annotate(
        label=F("guidepage__action_label"), address=F("guidepage__action_address")
    ).order_by("path"):
        if page.label is None:
            trees[page.url] = page.title
        elif opened := leads_to(page.address):
            buttons[opened] = page.label
    return list((buttons | {url: buttons.get(url, title) for url, title in trees.items()}).items())


def places_of_section(section: int, code: str = "") -> list[tuple[str, str]]:
    """(URL, label) of the service places where the guides of the section are done: one place by
    its name, several of a kind by the directory.

    Those of the subdistrict with that code come first; without one, the choice of a subdistrict.
    """
    chosen = Q(guides__in=_open_guides(section=section).values("pk"))
    kinds: dict[str, list[ServicePlace]] = {}
    for place in ServicePlace.objects.public().filter(chosen).distinct():
        kinds.setdefault(place.kind, []).append(place)
    directory = reverse("home:service_places")
    every = [place for places in kinds.values() for place in places]
    mine = [(place.get_absolute_url(), place.name) for place in every if is_of(place, code)]
    is_by_subdistrict = len([place for place in every if is_local(place)]) > 1 and subdistricts()
    choice = (reverse("home:my_subdistrict"), "更换街道" if mine else "先选您的街道")
    return [*mine, *([choice] if is_by_subdistrict else []), *_by_kind(kinds, directory)]


def _by_kind(kinds: dict[str, list[ServicePlace]], directory: str) -> list[tuple[str, str]]:
    return [
        (places[0].get_absolute_url(), places[0].name)
        if len(places) == 1
        else (f"{directory}?kind={kind}", f"{ServicePlace.Kind(kind).label}（{len(places)}处）")
        for kind, places in kinds.items()
    ]


def figures_of_section(section: int) -> list[tuple[str, str]]:
    """(URL, name) of the figures that the section and its guides show most, then of all."""
    pages = open_to_all(Page.objects).filter(Q(pk=section) | Q(guidepage__section=section))
    used = Figure.objects.filter(live=True, uses__page__in=pages.values("pk"))
    shown = used.annotate(times=Count("uses")).order_by("-times", "pk")[:MAX_FIGURES]
    links = [(figure.get_absolute_url(), figure.name) for figure in shown]
    return [*links, (reverse("guides:figure_index"), "全部民政数据")] if links else []


def _open_guides(**conditions) -> QuerySet[GuidePage]:
    guides = open_to_all(GuidePage.objects).filter(**conditions)
    return guides.defer_streamfields().order_by("path")


def _guides(**conditions) -> list[tuple[str, str]]:
    return [(guide.url, guide.title) for guide in _open_guides(**conditions).distinct()]
