"""Long random histories of a registry: whatever happens, the books stay right."""

import contextlib
import datetime

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from marriage.booking import bookings
from marriage.messages import outbox
from marriage.models import Booking, BookingParty, OutboxMessage, Slot, WaitingEntry
from marriage.models.states import (
    BINDS_PERSONS,
    LEGAL_CHANGES,
    USES_CAPACITY,
    IllegalChangeError,
    State,
)
from marriage.planning import applying

from ..factories import make_asking_service, make_coming_slot, make_couple

number = st.integers(0, 30)


class Registry(RuleBasedStateMachine):
    """Three slots of few places, eight couples, a clock that only moves on."""

    def __init__(self):
        super().__init__()
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.undone_at_the_end.__exit__(None, None, None)

    @initialize()
    def open_the_registry(self):
        service = make_asking_service()
        first = make_coming_slot(service, hour=9, capacity=1)
        self.slots = [first] + [
            make_coming_slot(service, first.office, hour=hour, capacity=capacity)
            for hour, capacity in ((10, 2), (11, 3))
        ]
        self.couples = [make_couple() for _ in range(8)]
        self.now = timezone.now()
        self.tokens = []
        self.sent = []

    @rule(slot=number)
    def hold(self, slot):
        try:
            held = bookings.hold(self.slots[slot % 3].pk, now=self.now)
            self.tokens.append(held.hold_token)
        except bookings.FullError:
            pass

    @rule(slot=number, token=number)
    def choose_another_time(self, slot, token):
        if self.tokens:
            old = self.tokens[token % len(self.tokens)]
            try:
                held = bookings.hold(self.slots[slot % 3].pk, replaces=old, now=self.now)
                self.tokens.append(held.hold_token)
            except bookings.FullError:
                pass

    @rule(token=number, couple=number)
    def confirm(self, token, couple):
        if self.tokens:
            with contextlib.suppress(bookings.HoldExpiredError, bookings.AlreadyBookedError):
                bookings.confirm(
                    self.tokens[token % len(self.tokens)], self.couples[couple % 8], now=self.now
                )

    @rule(token=number)
    def give_up(self, token):
        if self.tokens:
            bookings.release_hold(self.tokens[token % len(self.tokens)])

    @rule(which=number, new=st.sampled_from(sorted(State)))
    def change(self, which, new):
        rows = list(Booking.objects.confirmed().order_by("pk"))
        if rows:
            chosen = rows[which % len(rows)]
            if new in LEGAL_CHANGES[State(chosen.state)]:
                # Who is to be bound again may have booked again meanwhile.
                with contextlib.suppress(IllegalChangeError):
                    bookings.change(chosen, new, now=self.now)

    @rule(which=number, slot=number)
    def move(self, which, slot):
        rows = list(Booking.objects.filter(state=State.BOOKED).order_by("pk"))
        if rows:
            with contextlib.suppress(bookings.FullError, bookings.NotOnOfferError):
                bookings.move(rows[which % len(rows)], self.slots[slot % 3].pk, now=self.now)

    @rule()
    def wait(self):
        slot = self.slots[0]
        WaitingEntry.objects.create(service=slot.service, office=slot.office, date=slot.date)

    @rule(slot=number, places=st.integers(0, 4))
    def change_the_places(self, slot, places):
        with contextlib.suppress(applying.CapacityError):
            applying.set_capacities({self.slots[slot % 3]: places})
        self.slots[slot % 3].refresh_from_db()

    @rule(minutes=st.integers(1, 200))
    def time_passes(self, minutes):
        self.now += datetime.timedelta(minutes=minutes)

    @rule()
    def clean_up(self):
        bookings.expire_holds(self.now)

    @rule()
    def send_messages(self):
        outbox.drain(now=self.now)

    @invariant()
    def places_are_what_bookings_and_holds_take(self):
        for slot in Slot.objects.all():
            taking = Booking.objects.filter(slot=slot, state__in=USES_CAPACITY).count()
            assert slot.taken == taking <= slot.capacity

    @invariant()
    def one_active_booking_per_person(self):
        active = list(
            BookingParty.objects.filter(is_active=True).values_list("service", "person_hash")
        )
        assert len(active) == len(set(active))

    @invariant()
    def exactly_the_live_bookings_bind_their_people(self):
        bound = set(BookingParty.objects.filter(is_active=True).values_list("booking", flat=True))
        live = set(Booking.objects.filter(state__in=BINDS_PERSONS).values_list("pk", flat=True))
        assert bound == live

    @invariant()
    def no_message_twice(self):
        keys = list(OutboxMessage.objects.values_list("once_key", flat=True))
        assert len(keys) == len(set(keys))
        assert not OutboxMessage.objects.filter(attempts__gt=1).exists()
        counts = {}
        for key in keys:
            pk, kind, moves, *rest = key.split(":")
            counts[pk, kind, moves, *rest] = counts.get((pk, kind, moves, *rest), 0) + 1
        assert not [key for key, count in counts.items() if count > 1]

    @invariant()
    def nobody_waits_while_a_place_is_free_to_take(self):
        slot = self.slots[0] if hasattr(self, "slots") else None
        if slot and WaitingEntry.objects.filter(state="offered").exists():
            offered = WaitingEntry.objects.filter(state="offered")
            assert offered.filter(booking__state=State.HELD).count() == offered.count()
        assert not Slot.objects.filter(taken__gt=F("capacity")).exists()


@pytest.fixture(autouse=True)
def silent_gateways(settings, tmp_path):
    settings.MESSAGE_GATEWAYS = {"sms": "file", "mail": "file"}
    settings.DATA_DIR = tmp_path


@pytest.mark.django_db
def test_the_books_stay_right_through_long_random_histories():
    run_state_machine_as_test(
        Registry,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
        ),
    )
