"""One address of every public page type of the demonstration: extend it with each new type.

The accessibility tests open every one of them at two widths and in four views.
"""

from collections.abc import Iterator

from guides.models import Figure, GuidePage, InterpretationPage, PolicyPage, TopicPage
from home.models import DownloadPage, EventPage, NoticePage, SectionPage
from place_names.models import PlaceName, PublicationIndexPage, PublicationPage, Succession

FIXED = {
    "home": "/",
    "guides": "/guides/",
    "questions": "/guides/questions/",
    "question, date": "/guides/questions/funeral-subsidies/",
    "question, choice": "/guides/questions/marriage-materials/",
    "policies": "/policies/",
    "notices": "/notices/",
    "events": "/notices/?kind=event",
    "figures": "/figures/",
    "search": "/search/?q=结婚",
    "search without result": "/search/?q=没有这样的词语",
    "place names": "/place-names/",
    "place names, none found": "/place-names/?q=没有这样的地名",
    "subdistricts": "/place-names/subdistricts/",
    "subdistrict": "/place-names/subdistricts/440105001/",
    "boundaries": "/place-names/boundaries/",
    "statistics": "/place-names/statistics/",
    "list of names": "/place-names/compare/",
    "progress of a name": "/place-names/check/progress/",
    "great map": "/place-names/map/?year=1985",
    "service places": "/service-places/",
    "service places, none found": "/service-places/?kind=rescue&subdistrict=440105001",
    "service place": "/service-places/chigang-hall/",
    "places of a subdistrict": "/service-places/440105001/",
    "my subdistrict": "/my-subdistrict/",
    "booking": "/marriage/",
    "manage a booking": "/marriage/manage/",
    "marriage planner": "/marriage/planner/",
    "sign-ups": "/notices/sign-ups/",
    "feedback": "/feedback/",
    "feedback state": "/feedback/status/",
    "site map": "/site-map/",
    "plain page": "/about/",
    "not found": "/no-such-page/",
    "English home": "/en/",
    "English guides": "/en/guides/",
    "English guide": "/en/guides/marriage-registration/",
    "English page": "/en/who-does-what/",
    "English search": "/en/search/?q=lost+certificate",
    "English feedback": "/en/feedback/",
    "English, not found": "/en/no-such-page/",
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
    "publications": PublicationIndexPage,
    "publication": PublicationPage,
}


def addresses() -> Iterator[tuple[str, str]]:
    """(page type, address); types that the demonstration has no page of are left out."""
    yield from FIXED.items()
    for name, model in FIRST_OF.items():
        page = model.objects.live().order_by("path").first()
        if page is not None:
            yield name, page.url
    online = EventPage.objects.live().filter(sign_up_online=True).first()
    if online is not None:
        yield "event with sign-up", online.url
        yield "sign-up", f"{online.url}sign-up/"
    figure = Figure.objects.order_by("slug").first()
    yield "figure", figure.get_absolute_url()
    yield "figure with a chart", "/figures/dibao-standard/"
    guide = GuidePage.objects.live().order_by("path").first()
    yield "changes of a guide", f"{guide.url}changes/"
    for name in PlaceName.objects.published().order_by("pk")[:1]:
        yield "place name", name.get_absolute_url()
    for link in Succession.objects.select_related("predecessor")[:1]:
        yield "place name no longer in use", link.predecessor.get_absolute_url()
