"""Orders of signs that are not carried out yet, when the name that they are for changes."""

from django.db.models import QuerySet

from place_names.models import PlaceName, SignOrder

Task, State = SignOrder.Task, SignOrder.State
SEPARATOR = "；"


def open_orders(place: PlaceName) -> QuerySet[SignOrder]:
    return SignOrder.objects.filter(place=place, state=State.ORDERED).order_by("pk")


def follow(old: PlaceName, new: PlaceName) -> None:
    """Orders of new or changed signs go to the new name, and the workshop writes that."""
    for order in open_orders(old).exclude(task=Task.TAKE_DOWN):
        order.place = new
        order.inscription = order.inscription.replace(old.name, new.name)[:60]
        order.romanisation = new.romanisation
        _note(order, f"原为“{old.name}”")


def respell(place: PlaceName, was: str) -> None:
    """The name of the record was wrong: what is ordered bears the right one."""
    for order in open_orders(place):
        order.inscription = order.inscription.replace(was, place.name)[:60]
        order.romanisation = place.romanisation
        _note(order, f"原为“{was}”")


def cancel(place: PlaceName) -> None:
    """No sign is put up or changed for a name that has ended; those to be taken down are."""
    for order in open_orders(place).exclude(task=Task.TAKE_DOWN):
        order.state = State.CANCELLED
        _note(order, _ended(place))


def reopen(place: PlaceName) -> None:
    """The name is in force again, and so are the orders that ended with it."""
    ended = _ended(place)
    cancelled = SignOrder.objects.filter(place=place, state=State.CANCELLED)
    for order in cancelled.filter(remarks__startswith=ended):
        order.state = State.ORDERED
        order.remarks = order.remarks.removeprefix(ended).removeprefix(SEPARATOR)
        order.save()


def _ended(place: PlaceName) -> str:
    return f"“{place.name}”不再使用"


def _note(order: SignOrder, told: str) -> None:
    """Saves the order with a word of why it changed, before older remarks."""
    longest = SignOrder._meta.get_field("remarks").max_length
    order.remarks = SEPARATOR.join(filter(None, (told, order.remarks)))[:longest]
    order.save()
