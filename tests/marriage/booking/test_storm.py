"""kill -9 in the middle of a storm of bookings: what was confirmed is there, nothing is
lost or sold twice, and holds run out by themselves."""

import datetime
import threading
import time
from http.client import HTTPException

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from marriage.booking import bookings
from marriage.models import Booking, BookingRules, Slot
from marriage.models.states import USES_CAPACITY, State

from ..factories import make_asking_service, make_coming_slot, make_couple, make_office
from ..serving import database_url, free_port, kill, server
from ..walker import ServerError, Walker

CLIENTS, ENOUGH = 8, 12


@pytest.mark.django_db(transaction=True)
def test_confirmed_bookings_survive_kill_9(tmp_path):
    rules = BookingRules.load()
    rules.holds_per_address_hour = rules.challenge_after = 100_000
    rules.save()
    service = make_asking_service(slug="marriage")
    office = make_office(service)
    slots = [make_coming_slot(service, office, hour=hour, capacity=20) for hour in (9, 10, 11)]
    couples = [[make_couple() for _ in range(60)] for _ in range(CLIENTS)]
    confirmed, failures = [], []
    port = free_port()
    options = (database_url(connection), tmp_path, settings.PERSONAL_DATA_KEYS, port)
    connection.close()

    def client(number):
        for turn, couple in enumerate(couples[number]):
            walker = Walker(port)
            try:
                walker.begin(office.pk)
                if walker.hold(slots[(number + turn) % 3].pk) and walker.finish(couple):
                    confirmed.append(couple[0]["name"] + couple[0]["id_number"])
            except ServerError as error:
                failures.append(error)
            except (OSError, KeyError, HTTPException):
                return  # The server is gone.
            finally:
                walker.close()

    with server(*options) as process:
        threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        end = time.monotonic() + 90
        while len(confirmed) < ENOUGH and time.monotonic() < end:
            time.sleep(0.01)
        kill(process)
        for thread in threads:
            thread.join(60)

    assert not failures
    assert len(confirmed) >= ENOUGH
    there = {
        party.person["name"] + party.person["id_number"]
        for booked in Booking.objects.filter(state=State.BOOKED)
        for party in booked.parties.filter(position=1)
    }
    assert set(confirmed) <= there
    for slot in Slot.objects.all():
        taking = Booking.objects.filter(slot=slot, state__in=USES_CAPACITY).count()
        assert slot.taken == taking <= slot.capacity

    bookings.expire_holds(timezone.now() + datetime.timedelta(minutes=rules.hold_minutes + 1))
    booked = Booking.objects.filter(state=State.BOOKED).count()
    assert sum(Slot.objects.values_list("taken", flat=True)) == booked == len(there)

    with server(*options):  # And it goes on where it was.
        walker = Walker(port)
        walker.begin(office.pk)
        assert walker.hold(slots[2].pk)
        assert walker.finish(make_couple())
        walker.close()
