"""Two hundred people want twenty places at once. First the race is shown to be real with the
guard off, then that the guard holds. Runs on whichever database the tests run on."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from marriage.booking import bookings
from marriage.models import Booking, Slot
from marriage.models.states import State

from ..factories import make_asking_service, make_coming_slot, make_couple

CLIENTS, PLACES, THREADS = 200, 20, 40


def storm(act, clients=CLIENTS):
    """Run act(number) for each client, 40 at a time; returns the results in order."""
    start = threading.Barrier(THREADS)

    def client(number):
        if number < THREADS:
            start.wait(20)
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(client, range(clients)))


@pytest.mark.django_db(transaction=True)
def test_the_race_is_real_without_the_guard():
    slot = make_coming_slot(capacity=PLACES)

    def unguarded(number):
        seen = Slot.objects.get(pk=slot.pk)
        if seen.taken >= seen.capacity:
            return False
        time.sleep(0.002)  # Anything that takes time between looking and taking.
        Booking.objects.create(
            slot=slot, office=slot.office, service=slot.service, state=State.BOOKED
        )
        seen.taken += 1
        seen.save(update_fields=["taken"])
        return True

    assert sum(storm(unguarded)) > PLACES, "the test cannot show the race"


@pytest.mark.django_db(transaction=True)
def test_two_hundred_clients_get_exactly_twenty_places():
    slot = make_coming_slot(capacity=PLACES)
    couples = [make_couple() for _ in range(CLIENTS)]

    def client(number):
        try:
            held = bookings.hold(slot.pk)
        except bookings.FullError:
            return "full"
        return bookings.confirm(held.hold_token, couples[number]).state

    results = storm(client)
    assert results.count(State.BOOKED) == PLACES
    assert results.count("full") == CLIENTS - PLACES
    assert Booking.objects.filter(slot=slot, state=State.BOOKED).count() == PLACES
    assert Slot.objects.get(pk=slot.pk).taken == PLACES


@pytest.mark.django_db(transaction=True)
def test_a_couple_that_books_from_forty_windows_gets_one_booking():
    service = make_asking_service()
    slot = make_coming_slot(service, capacity=THREADS)
    couple = make_couple()

    def client(number):
        held = bookings.hold(slot.pk)
        try:
            return bookings.confirm(held.hold_token, couple).state
        except bookings.AlreadyBookedError:
            return "already"

    results = storm(client, THREADS)
    assert results.count(State.BOOKED) == 1
    assert results.count("already") == THREADS - 1


@pytest.mark.django_db(transaction=True)
def test_people_who_swap_times_do_not_block_each_other():
    service = make_asking_service()
    slots = [make_coming_slot(service, hour=hour, capacity=THREADS) for hour in (9, 10)]
    booked = []
    for number in range(THREADS):
        held = bookings.hold(slots[number % 2].pk)
        booked.append(bookings.confirm(held.hold_token, make_couple()))

    def client(number):
        return bookings.move(booked[number], slots[(number + 1) % 2].pk).slot_id

    results = storm(client, THREADS)
    assert [results.count(slot.pk) for slot in slots] == [THREADS // 2] * 2
    assert [Slot.objects.get(pk=slot.pk).taken for slot in slots] == [THREADS // 2] * 2
