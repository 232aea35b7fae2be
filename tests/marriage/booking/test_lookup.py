"""A miss costs the same and says the same, whichever of the two was wrong."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import RateCount
from marriage.booking import lookup, waiting_list
from marriage.identity import hashes
from marriage.models import WaitingEntry
from marriage.models.bookings import REFERENCE_ALPHABET, REFERENCE_LENGTH, new_reference

from ..factories import make_confirmed_booking, make_couple

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(monkeypatch):
    """What a call costs: (statements without their values, hashes computed)."""
    hashed = []
    real = hashes.hmac.new

    def counted(*args, **kwargs):
        hashed.append(1)
        return real(*args, **kwargs)

    monkeypatch.setattr(hashes.hmac, "new", counted)
    return lambda act: _cost(act, hashed)


def _cost(act, hashed):
    hashed.clear()
    with CaptureQueriesContext(connection) as queries:
        act()
    # Without the values: savepoints are numbered, counters are kept under hashes.
    shapes = [re.split(r" WHERE | VALUES |SAVEPOINT", query["sql"])[0] for query in queries]
    return shapes, len(hashed)


def _waiting(person, slot):
    number = person["id_number"]
    return WaitingEntry.objects.create(
        service=slot.service,
        office=slot.office,
        date=slot.date,
        tail_hash=hashes.tail_hash(number),
    )


def test_every_miss_costs_the_same_work(work):
    couple = make_couple()
    booked = make_confirmed_booking(people=couple)
    tail = couple[0]["id_number"][-4:]
    wrong_tail = work(lambda: lookup.find(booked.reference, "0000"))
    wrong_reference = work(lambda: lookup.find("AAAAACCCCC", tail))
    both = work(lambda: lookup.find("AAAAACCCCC", "0000"))
    assert wrong_tail == wrong_reference == both
    assert len(wrong_tail[0]) == 2
    assert wrong_tail[1] == 1
    assert lookup.find(booked.reference, tail) == (booked, 1)


def test_every_miss_on_the_waiting_list_costs_the_same_work(work):
    couple = make_couple()
    entry = _waiting(couple[0], make_confirmed_booking().slot)
    tail = couple[0]["id_number"][-4:]
    wrong_tail = work(lambda: waiting_list.find(entry.reference, "0000"))
    wrong_reference = work(lambda: waiting_list.find("AAAAACCCCC", tail))
    assert wrong_tail == wrong_reference
    assert waiting_list.find(entry.reference, tail) == entry


def test_the_whole_page_costs_the_same_for_every_miss(client, work):
    couple = make_couple()
    booked = make_confirmed_booking(people=couple)
    tail = couple[0]["id_number"][-4:]

    def ask(reference, tail):
        return work(
            lambda: client.post("/marriage/manage/", {"reference": reference, "tail": tail})
        )

    ask("GGGGGCCCCC", "0000")  # Fills what is kept between requests.
    RateCount.objects.all().delete()
    wrong_tail = ask(booked.reference, "0000")
    RateCount.objects.all().delete()
    wrong_reference = ask("AAAAACCCCC", tail)
    assert wrong_tail == wrong_reference


def test_references_are_random_and_long():
    made = {new_reference() for _ in range(2000)}
    assert len(made) == 2000
    assert all(len(one) == REFERENCE_LENGTH for one in made)
    assert len(REFERENCE_ALPHABET) ** REFERENCE_LENGTH > 2**46
    # Every place of the reference takes every sign: nothing counts up, nothing tells a day.
    assert all({one[n] for one in made} == set(REFERENCE_ALPHABET) for n in range(REFERENCE_LENGTH))
