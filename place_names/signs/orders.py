"""Orders of signs: what an approval asks for, and what a finished order changes in the register."""

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log

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
    their removal. A renamed place without a sign gets a new one.

    None where no sign is to be taken down, where there is an order already, or where an open one
    came with the place from its old name.
    """
    if application.sign_orders.exists():
        return None
    place, task = application.result, TASKS[application.action]
    standing = Sign.objects.filter(place=place).count()
    if task == Task.TAKE_DOWN and not standing:
        return None
    if task == Task.REPLACE:
        task = Task.REPLACE if standing else Task.PUT_UP
        open_ones = SignOrder.objects.filter(place=place, state=SignOrder.State.ORDERED)
        if open_ones.filter(task=Task.REPLACE).update(quantity=standing or 1):
            return None
        if not standing and open_ones.exists():
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


def orders_of(application: NamingApplication) -> QuerySet[SignOrder]:
    """Those of the application, and open ones that came with the place from its old name."""
    own = Q(application=application)
    if application.result_id:
        own |= Q(place=application.result_id, state=SignOrder.State.ORDERED)
    return SignOrder.objects.filter(own)


@transaction.atomic
def carry_out(order: SignOrder, user) -> str:
    """Brings the register of signs up to what was done in the street; what to tell the officer.

    Nothing changes where the order is for another number of signs than the register has: which of
    them were done, only the officer knows.
    """
    signs = list(Sign.objects.filter(place=order.place).order_by("number"))
    if order.task == Task.PUT_UP:
        return f"请把新设的{order.quantity}块标志录入“地名标志”，或者导入文件。"
    if len(signs) != order.quantity:
        return (
            f"登记里这个地名有{len(signs)}块标志，设置单是{order.quantity}块。"
            "登记没有改动，请在“地名标志”里逐块更正。"
        )
    numbers = "、".join(sign.number for sign in signs)
    if order.task == Task.TAKE_DOWN:
        for sign in signs:
            log(sign, "wagtail.delete", user=user)
            sign.delete()
        return f"已从登记中删除标志{numbers}。"
    for sign in signs:
        sign.inscription = "" if order.inscription == order.place.name else order.inscription
        sign.state, sign.last_inspection = Sign.State.GOOD, order.done_on
        sign.save()
        log(sign, "wagtail.edit", user=user)
    return f"标志{numbers}已改为“{order.inscription}”，状态完好。"
