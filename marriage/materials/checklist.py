"""The materials that a couple must bring, from their answers: the 一次性告知."""

from django.utils.translation import gettext

from home.cache.memoize import memoized
from home.material_lists import ListedMaterial, MaterialList
from home.personal_data.encryption import encrypt

from ..identity.papers import MAINLAND, MILITARY, ORIGIN_WORDS
from ..models import Material, Office, Service
from ..models.services import BY_CASE
from .questions import is_met, needs_power_for_foreign, usual_answers


def materials_for(service, answers: dict) -> list[dict]:
    """[{"title", "detail", "quantity", "basis"}] in the editor's order; one query. The same
    for those who booked online and those who come or call, of whom the papers alone are known.
    With "by_case" where only `detail` says who brings it, with "form" where there is an empty one."""
    answers = usual_answers(service) | answers
    return [
        {
            "title": material.title,
            "detail": material.detail,
            "quantity": material.quantity,
            "basis": material.basis,
        }
        | ({"by_case": True} if material.condition == BY_CASE else {})
        | ({"form": material.form.url} if material.form else {})
        for material in service.materials.select_related("form")
        if is_met(material.condition, answers)
    ]


def checklist_of(booking) -> list[dict]:
    """What the couple of a booking brings: today's list until the visit is over, then the list
    by which it ended. So the counter asks for what the couple reads, whenever it was booked."""
    if not booking.is_live:
        return booking.checklist
    return materials_for(booking.service, booking.details.get("answers", {}))


def keep_checklist(booking) -> None:
    """Store today's list with a booking whose visit ends now."""
    today, details = checklist_of(booking), booking.details
    if today != details.get("checklist"):
        booking.encrypted = encrypt(details | {"checklist": today})
        booking.save(update_fields=["encrypted"])


def list_of_service(slug: str, facts: dict) -> MaterialList | None:
    """The same list for somebody of whom only `facts` are known, in the language in use: what hangs on a question that
    is not among them is listed with the case in which it is needed. One query."""
    rows = list(Material.objects.filter(service__slug=slug).select_related("service", "form"))
    service = rows[0].service if rows else Service.objects.filter(slug=slug).first()
    if service is None:
        return None
    materials = []
    for material in rows:
        case = ""
        if not _is_decided(material.condition, facts):
            when = gettext(material.get_condition_display())
            case = gettext("只在这种情况带：%(when)s") % {"when": when}
        elif not is_met(material.condition, facts):
            continue
        texts = (material.title, material.quantity, material.detail)
        materials.append(
            ListedMaterial(
                *(gettext(text) if text else "" for text in texts),
                case=case,
                is_by_case=bool(case) or material.condition == BY_CASE,
                form=material.form,
            )
        )
    offered = service.is_offered
    return MaterialList(
        materials=tuple(materials),
        label=f"预约{service.title}" if offered else "",
        address=service.get_absolute_url() if offered else "",
        not_at=_places_without_power(facts),
    )


def _places_without_power(facts: dict) -> frozenset[int]:
    """Where nobody serves a couple of whom one is not of the mainland; read once until the
    content changes."""

    def read() -> frozenset[int]:
        return frozenset(
            Office.objects.filter(accepts_foreign=False).values_list("place", flat=True)
        )

    if not needs_power_for_foreign(facts):
        return frozenset()
    return memoized("places without power", read)


def _is_decided(condition: str, facts: dict) -> bool:
    """Whether the facts decide a condition. That one is of the mainland does not tell who serves
    in the army; of others nobody does."""
    key = condition.partition("=")[0]
    if condition == f"origin={MILITARY}" and MAINLAND in facts.get(key, ()):
        return False
    return condition in ("always", BY_CASE) or key in facts


def titles_of_services() -> list[tuple[str, str]]:
    return list(Service.objects.values_list("slug", "title"))


def facts_of_origin() -> list[tuple[str, str]]:
    """What may be known of a couple before it is asked: where both are from."""
    return [(f"origin={key}", label) for key, label in ORIGIN_WORDS.items()]
