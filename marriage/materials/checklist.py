"""The materials that a couple must bring, from their answers: the 一次性告知."""

from django.utils.translation import gettext

from home.material_lists import ListedMaterial, MaterialList

from ..identity.papers import MILITARY, ORIGIN_WORDS
from ..models import Service
from .questions import is_met, usual_answers


def materials_for(service, answers: dict) -> list[dict]:
    """[{"title", "detail", "quantity", "basis"}] in the editor's order; one query. The same
    for those who booked online and those who come or call, of whom the papers alone are known."""
    answers = usual_answers(service) | answers
    return [
        {
            "title": material.title,
            "detail": material.detail,
            "quantity": material.quantity,
            "basis": material.basis,
        }
        for material in service.materials.all()
        if is_met(material.condition, answers)
    ]


def list_of_service(slug: str, facts: dict) -> MaterialList | None:
    """The same list for somebody of whom only `facts` are known, in the language in use: what hangs on a question that
    is not among them is listed with the case in which it is needed. Two queries."""
    service = Service.objects.filter(slug=slug).first()
    if service is None:
        return None
    materials = []
    for material in service.materials.all():
        case = ""
        if not _is_decided(material.condition, facts):
            when = gettext(material.get_condition_display())
            case = gettext("只在这种情况带：%(when)s") % {"when": when}
        elif not is_met(material.condition, facts):
            continue
        said = (gettext(text) for text in (material.quantity, material.detail) if text)
        note = gettext("；").join(filter(None, (*said, case)))
        materials.append(ListedMaterial(gettext(material.title), note))
    offered = service.is_offered
    return MaterialList(
        materials=tuple(materials),
        label=f"预约{service.title}" if offered else "",
        address=service.get_absolute_url() if offered else "",
    )


def _is_decided(condition: str, facts: dict) -> bool:
    """Whether the facts decide a condition. Where people are from does not tell who serves
    in the army."""
    key = condition.partition("=")[0]
    return condition == "always" or (key in facts and condition != f"origin={MILITARY}")


def titles_of_services() -> list[tuple[str, str]]:
    return list(Service.objects.values_list("slug", "title"))


def facts_of_origin() -> list[tuple[str, str]]:
    """What may be known of a couple before it is asked: where both are from."""
    return [(f"origin={key}", label) for key, label in ORIGIN_WORDS.items()]
