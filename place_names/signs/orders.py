"""Orders of signs that follow from the approval of a name."""

from place_names.models import NamingApplication, PlaceName, Sign, SignOrder

Task, Action = SignOrder.Task, NamingApplication.Action
TASKS = {
    Action.NAME: Task.PUT_UP,
    Action.RENAME: Task.REPLACE,
    Action.ABOLISH: Task.TAKE_DOWN,
}
KINDS = (
    ("2351", Sign.Kind.ROAD),
    ("236", Sign.Kind.BRIDGE),
    ("22", Sign.Kind.ESTATE),
    ("261", Sign.Kind.ESTATE),
    ("252", Sign.Kind.SITE),
    ("21", Sign.Kind.AREA),
)
"""The first digits of a class and the kind of its signs (GB 17733-2008)."""


def kind_of(place: PlaceName) -> str:
    code = place.category.code
    return next((kind for start, kind in KINDS if code.startswith(start)), Sign.Kind.OTHER)


def order_for(application: NamingApplication) -> SignOrder | None:
    """The order of an approved application: new signs, as many as there are with the old name, or
    their removal. None where no sign is to be taken down, or where there is an order already."""
    if application.sign_orders.exists():
        return None
    place, task = application.result, TASKS[application.action]
    standing = Sign.objects.filter(place=place).count()
    if task == Task.TAKE_DOWN and not standing:
        return None
    return SignOrder.objects.create(
        place=place,
        application=application,
        task=task,
        kind=kind_of(place),
        quantity=1 if task == Task.PUT_UP else max(standing, 1),
        inscription=place.name,
        romanisation=place.romanisation,
        ordered_on=application.decided_on,
    )
