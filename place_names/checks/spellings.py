"""The findings on spelling, told again where an officer has just decided."""

from django.db import transaction

from place_names.fault_kinds import SPELLING
from place_names.models import CheckRun, PlaceName, RegisterFault
from place_names.names.decided_spellings import decided
from place_names.names.spelling_doubts import Doubt, doubts

from .entries import IN_USE


def doubts_about(place: PlaceName, told: dict[str, str] | None = None) -> list[Doubt]:
    told = decided() if told is None else told
    parts = place.specific, place.generic, place.category.code
    return doubts(place.name, place.romanisation, *parts, told)


@transaction.atomic
def check_again(text: str) -> None:
    """Replaces the findings on the names that contain a text, in the last run."""
    run = CheckRun.objects.first()
    if run is None:
        return
    places = PlaceName.objects.filter(live=True, status__in=IN_USE, name__contains=text)
    told = decided()
    RegisterFault.objects.filter(run=run, kind=SPELLING, place__in=places).delete()
    RegisterFault.objects.bulk_create(
        RegisterFault(run=run, kind=SPELLING, place=place, message="\n".join(map(str, found)))
        for place in places.select_related("category").order_by("id")
        if (found := doubts_about(place, told))
    )
