"""Standard names that a new name repeats, or sounds like.

《地名管理条例》 (State Council Decree 753) art. 9 (8): villages' and residents' committees of one
county, streets and lanes of one built-up area, and estates and buildings of one built-up area
"should not" bear the same name and should avoid the same sound. The district is one built-up area.
For other classes the law sets no area below the province or the country: a warning is enough. The
rule is in force since 2022-05-01; names that are older are recorded as they are.
"""

from dataclasses import dataclass

from place_names.models import Category, PlaceName
from place_names.tones import without_tones

from .romanisation import homophone_key, romanise

IN_FORCE_SINCE = 2022
# Streets and lanes; estates; buildings; villages and communities; committees.
MUST_DIFFER = ("23510", "22100", "26100", "21610", "21620", "27600", "27610", "27620")
TOGETHER = (("22100", "26100"),)
"""Classes among which no name should repeat: the law names estates and buildings in one breath."""
LAW = "《地名管理条例》第九条"
SHOWN = 3


@dataclass(frozen=True)
class Alike:
    """Names of the class that are in use or approved: the same, and those that sound the same."""

    same: tuple[PlaceName, ...]
    sounding: tuple[PlaceName, ...]
    forbidden: bool
    """The law says that the same name should not be given."""

    @property
    def refusal(self) -> str:
        """Why the name cannot be given; empty when it can."""
        if not (self.same and self.forbidden):
            return ""
        return f"与{_listed(self.same)}重名。{LAW}：同一建成区内的同类地名不应重名。"

    @property
    def warning(self) -> str:
        """What the officer should know before the name is given."""
        told = []
        if self.same and not self.forbidden:
            told.append(f"与{_listed(self.same)}重名")
        if self.sounding:
            told.append(f"与{_listed(self.sounding)}同音（{LAW}：避免同音）")
        return "；".join(told) + "。" if told else ""


def alike(
    name: str,
    category: Category,
    *,
    year: int | None = None,
    romanisation: str = "",
    besides: PlaceName | None = None,
) -> Alike:
    """What of the class is called or sounds like `name`, without the record `besides`.

    `year` is when the name was, or will be, given; unknown: now.
    """
    in_use = PlaceName.objects.filter(
        live=True,
        category__code__in=compared(category.code),
        status__in=(PlaceName.Status.STANDARD, PlaceName.Status.PLANNED),
    )
    if besides and besides.pk:
        in_use = in_use.exclude(pk=besides.pk)
    written = romanisation or romanise(name, category=category.code)
    key = homophone_key(name, written)
    near = in_use.filter(romanisation_plain__istartswith=without_tones(key[:1]))
    sounding = [
        place
        for place in _named(near.exclude(name=name))
        if key and homophone_key(place.name, place.romanisation) == key
    ]
    forbidden = category.code in MUST_DIFFER and (year is None or year >= IN_FORCE_SINCE)
    return Alike(tuple(_named(in_use.filter(name=name))), tuple(sounding), forbidden)


def compared(code: str) -> tuple[str, ...]:
    """The classes in which a name of the class may not repeat."""
    return next((group for group in TOGETHER if code in group), (code,))


def _named(places) -> list[PlaceName]:
    return list(places.only("pk", "code", "name", "romanisation"))


def _listed(places: tuple[PlaceName, ...]) -> str:
    shown = "、".join(f"“{place.name}”（{place.code}）" for place in places[:SHOWN])
    return shown + (f"等{len(places)}条" if len(places) > SHOWN else "")
