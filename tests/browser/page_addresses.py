"""One address of every public page type of the demonstration: extend it with each new type.

The accessibility tests open every one of them at two widths and in three views.
"""

from collections.abc import Iterator

from guides.models import Figure, GuidePage, InterpretationPage, PolicyPage, TopicPage
from home.models import DownloadPage, EventPage, NoticePage, SectionPage
from place_names.models import PlaceName

FIXED = {
    "home": "/",
    "guides": "/guides/",
    "questions": "/guides/questions/",
    "question, date": "/guides/questions/funeral-subsidies/",
    "question, choice": "/guides/questions/marriage-materials/",
    "policies": "/policies/",
    "notices": "/notices/",
    "figures": "/figures/",
    "search": "/search/?q=结婚",
    "search without result": "/search/?q=没有这样的词语",
    "place names": "/place-names/",
    "subdistricts": "/place-names/subdistricts/",
    "subdistrict": "/place-names/subdistricts/440105001/",
    "boundaries": "/place-names/boundaries/",
    "service places": "/service-places/",
    "service place": "/service-places/chigang-hall/",
    "places of a subdistrict": "/service-places/440105001/",
    "booking": "/marriage/",
    "manage a booking": "/marriage/manage/",
    "marriage planner": "/marriage/planner/",
    "feedback": "/feedback/",
    "feedback state": "/feedback/status/",
    "site map": "/site-map/",
    "plain page": "/about/",
    "not found": "/no-such-page/",
}
FIRST_OF = {
    "section": SectionPage,
    "guide": GuidePage,
    "topic": TopicPage,
    "policy": PolicyPage,
    "interpretation": InterpretationPage,
    "notice": NoticePage,
    "event": EventPage,
    "download": DownloadPage,
}


def addresses() -> Iterator[tuple[str, str]]:
    """(page type, address); types that the demonstration has no page of are left out."""
    yield from FIXED.items()
    for name, model in FIRST_OF.items():
        page = model.objects.live().order_by("path").first()
        if page is not None:
            yield name, page.url
    figure = Figure.objects.order_by("slug").first()
    yield "figure", figure.get_absolute_url()
    guide = GuidePage.objects.live().order_by("path").first()
    yield "changes of a guide", f"{guide.url}changes/"
    for name in PlaceName.objects.order_by("pk")[:1]:
        yield "place name", name.get_absolute_url()
