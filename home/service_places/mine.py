"""Which service places are shown first: those that serve the visitor's own subdistrict."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from home.subdistrict_choice import chosen_code
from home.subdistricts import subdistricts

from .models import ServicePlace

Kind = ServicePlace.Kind
LOCAL_KINDS = frozenset({Kind.HALL, Kind.CARE, Kind.MEALS, Kind.SOCIAL_WORK})
"""Kinds of which each subdistrict has its own; others serve the whole district."""
MAX_PLACES = 3
"""So many are shown in full without being chosen from."""


@dataclass(frozen=True)
class Arranged:
    """`shown`: in full; `to_choose`: by name, as they are too many; `is_local`: a choice of the
    subdistrict changes what is shown; `is_missing`: the chosen subdistrict has none of them."""

    shown: Sequence[ServicePlace]
    to_choose: Sequence[ServicePlace] = ()
    is_local: bool = False
    is_missing: bool = False


def my_subdistrict(request: HttpRequest | None) -> tuple[str, str]:
    """(code, name) of the subdistrict that the visitor chose; two empty texts without a choice."""
    code = chosen_code(request)
    name = dict(subdistricts()).get(code, "") if code else ""
    return (code, name) if name else ("", "")


def is_local(place) -> bool:
    """Whether the place, a `ServicePlace` or `ListedPlace`, serves one subdistrict alone."""
    return place.kind in LOCAL_KINDS and bool(place.subdistrict_code)


def is_of(place, code: str) -> bool:
    """Whether the place serves the subdistrict with that code alone."""
    return bool(code) and is_local(place) and place.subdistrict_code == code


def mine_first(places: Sequence, code: str) -> list:
    """The places in their order, those of the subdistrict before the others."""
    return sorted(places, key=lambda place: not is_of(place, code))


def arranged(places: Sequence[ServicePlace], code: str) -> Arranged:
    """The places of a guide for somebody of the subdistrict with that code, or of none.

    Few places are all shown, mine first. Of many, mine and those of the whole district are shown
    in full; without mine, the local ones are there to choose from.
    """
    if len(places) <= MAX_PLACES or not subdistricts():
        return Arranged(mine_first(places, code)[:MAX_PLACES])
    local = [place for place in places if is_local(place)]
    if len(local) <= 1:
        return Arranged(places[:MAX_PLACES])
    of_district = [place for place in places if not is_local(place)]
    mine = [place for place in local if is_of(place, code)]
    if mine:
        return Arranged([*mine, *of_district][: max(MAX_PLACES, len(mine))], is_local=True)
    return Arranged(of_district[:MAX_PLACES], local, is_local=True, is_missing=bool(code))
