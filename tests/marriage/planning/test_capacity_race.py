"""A manager takes places away while people book: nobody loses a place, none is sold twice."""

import pytest

from marriage.booking import bookings
from marriage.models import Booking, Slot
from marriage.models.states import State
from marriage.planning import applying

from ..booking.test_race import storm
from ..factories import make_coming_slot


@pytest.mark.django_db(transaction=True)
def test_places_are_cut_while_people_book():
    slot = make_coming_slot(capacity=30)

    def act(number):
        if number % 4 == 0:
            try:
                # Ever fewer: the first cuts succeed, the last must be refused.
                applying.set_capacities({Slot.objects.get(pk=slot.pk): 30 - number // 4})
            except applying.CapacityError:
                return "refused"
            return "cut"
        try:
            bookings.hold(slot.pk)
        except bookings.FullError:
            return "full"
        return "held"

    results = storm(act, clients=120)
    slot.refresh_from_db()
    held = Booking.objects.filter(slot=slot, state=State.HELD).count()
    assert slot.taken == held == results.count("held") <= slot.capacity
    assert results.count("held") + results.count("full") == 90
    assert results.count("refused") + results.count("cut") == 30
    assert "refused" in results
