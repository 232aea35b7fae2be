"""What an application must be before it is taken in, so that an approval cannot fail on it later."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import timezone

from home.typed_text.personal_numbers import personal_numbers
from place_names.models import NamingApplication, NamingKind, PlaceName, Subdistrict
from place_names.plain_names import unwanted_sign

from . import lists, parts

EARLIEST = date(2022, 5, 1)
"""《地名管理条例》 came into force. Steps, terms, filing and notice are those of this law; a name that
was approved before enters the register (地名) with its approval, not through an application."""
LONG_AGO = 365
"""Days after which a day of receipt is taken only when the officer says that it is right."""


class ProcedureError(ValueError):
    """A step that cannot be taken; the message is shown to the officer as it is."""


def fault_of_day(received_on: date) -> str:
    """Why no application can have come on that day; empty where it can."""
    if received_on < EARLIEST:
        return (
            f"收件日期不能早于{EARLIEST.year}年{EARLIEST.month}月{EARLIEST.day}日"
            "（《地名管理条例》施行）。以前批准的地名，请直接录入地名库。"
        )
    if received_on > timezone.localdate():
        return "收件日期不能晚于今天。"
    return ""


def is_long_ago(received_on: date) -> bool:
    return (timezone.localdate() - received_on).days > LONG_AGO


def fault_of_name(name: str, kind: NamingKind) -> str:
    """Why the register cannot hold a name of that kind; empty where it can."""
    if fault := unwanted_sign(name):
        return fault
    if found := personal_numbers(name, landlines=True):
        return f"名称会公开，请删去{'、'.join(found)}。"
    split = parts.split(name, kind.slug, lists_for(kind))
    for part, told in (("specific", "专名"), ("generic", "通名")):
        longest = PlaceName._meta.get_field(part).max_length
        if len(getattr(split, part)) > longest:
            return f"{told}最多{longest}个字，请缩短。"
    return ""


def fault_of_kind(place: PlaceName, kind: NamingKind, kinds: Iterable[NamingKind]) -> str:
    """Why a place cannot be renamed or abolished as that kind; empty where it can.

    A place of a class that no kind has, such as a river, goes with any.
    """
    fitting = [each for each in kinds if _covers(each.category, place)]
    fitting = fitting or [
        each for each in kinds if any(_covers(c, place) for c in each.compared.split())
    ]
    if not fitting or kind in fitting:
        return ""
    return f"“{place.name}”属于{place.category.name}，类别请选“{fitting[0].label}”。"


def _covers(category: str, place: PlaceName) -> bool:
    return place.category.code.startswith(category.rstrip("0") or category)


def fault_of_subdistrict(place: PlaceName, chosen: Subdistrict) -> str:
    """Why the subdistrict is not one of the place's; empty where it is, or where none is known."""
    own = list(place.subdistricts.order_by("code"))
    if not own or chosen in own:
        return ""
    return f"“{place.name}”在{'、'.join(each.name for each in own)}，请选它所在的街道。"


def lists_for(kind: NamingKind) -> lists.Lists:
    """The lists of now; a kind that was switched off meanwhile still counts for its applications."""
    now = lists.stored()
    if kind.slug in now.kinds:
        return now
    row = NamingKind.objects.filter(pk=kind.pk).values().get()
    return replace(now, kinds=now.kinds | {kind.slug: lists.kind_of(row)})


def must_be_fit(application: NamingApplication) -> None:
    """Raises ProcedureError where the application could never be approved as it stands."""
    fault = fault_of_day(application.received_on)
    if not fault and application.action != NamingApplication.Action.ABOLISH:
        fault = fault_of_name(application.name, application.kind)
    if fault:
        raise ProcedureError(fault)
