"""What an approval does to the register: a new record, a renaming or an abolition."""

from django.core.exceptions import ValidationError

from place_names.models import Category, NamingApplication, PlaceName, PlaceSubdistrict
from place_names.names.abolition import abolish
from place_names.names.decided_spellings import spell
from place_names.names.duplicates import alike
from place_names.names.renaming import Approval, HistoryError, Told, fault_of, next_code, rename

from . import parts
from .findings import SIZES
from .requirements import ProcedureError, lists_for

Action = NamingApplication.Action


def enter(application: NamingApplication, user) -> PlaceName:
    """The record that the approval makes or changes. Raises ProcedureError; the caller's
    transaction is to be rolled back then."""
    approval = Approval(application.authority, application.document, application.decided_on)
    basis = basis_of(application)
    year = approval.day.year
    try:
        if application.action == Action.ABOLISH:
            abolish(application.place, year, basis, user=user)
            return application.place
        if application.action == Action.RENAME:
            _is_free(application.name, application.place.category)
            return rename(
                application.place,
                application.name,
                year,
                basis=basis,
                approval=approval,
                told=Told(application.meaning, described(application), _point(application)),
                user=user,
            )
        return _named(application, approval, user)
    except HistoryError as error:
        raise ProcedureError(str(error)) from error
    except ValidationError as error:
        raise ProcedureError("地名库没有收下：" + "".join(dict.fromkeys(error.messages))) from error


def basis_of(application: NamingApplication) -> str:
    """Who decided by which document, as the history of the record tells it."""
    return f"{application.authority} {application.document}"


def described(application: NamingApplication) -> str:
    """Position and size, as the record describes the place."""
    sizes = sizes_of(application.measures)
    return application.location + (f"\n{sizes}。" if sizes else "")


def sizes_of(measures: dict[str, float]) -> str:
    return "，".join(
        SIZES[name].format(f"{value:.12g}") for name, value in measures.items() if name in SIZES
    )


def _named(application: NamingApplication, approval: Approval, user) -> PlaceName:
    kind = application.kind
    category = Category.objects.filter(code=kind.category).first()
    if category is None:
        raise ProcedureError(f"没有类别{kind.category}，请先在“地名类别”里登记。")
    _is_free(application.name, category)
    split = parts.split(application.name, kind.slug, lists_for(kind))
    place = PlaceName(
        code=next_code(category.code, [application.subdistrict.code]),
        name=application.name,
        specific=split.specific,
        generic=split.generic,
        romanisation=spell(application.name, split.specific, split.generic, category.code),
        category=category,
        year_established=approval.day.year,
        approving_body=approval.body,
        approval_document=approval.document,
        approved_on=approval.day,
        geometry=_point(application),
        meaning=application.meaning,
        description=described(application),
    )
    if fault := fault_of(place):
        raise ProcedureError(fault)
    place.place_subdistricts = [PlaceSubdistrict(subdistrict=application.subdistrict, sort_order=0)]
    place.save()
    place.save_revision(user=user).publish(user=user)
    return place


def _is_free(name: str, category: Category) -> None:
    """The rule of today holds for what is entered today, whatever day the decision bears."""
    if refusal := alike(name, category).refusal:
        raise ProcedureError(f"“{name}”{refusal}")


def _point(application: NamingApplication) -> dict | None:
    point = (application.lon, application.lat)
    return None if None in point else {"type": "Point", "coordinates": list(point)}
