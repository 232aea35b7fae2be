"""Every action of the desk, tried in every state: no fault of ours, and the books stay right."""

from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
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

from marriage.desk import day_end
from marriage.models import Booking, BookingParty, Service, Slot
from marriage.models.states import BINDS_PERSONS, LEGAL_CHANGES, USES_CAPACITY, State
from marriage.planning import closures
from marriage.roles import MANAGER, set_up_roles
from marriage.staff import urls

from ..factories import make_booking, make_office, make_service, make_working_days
from .pages import post_twice, url, walk_in_data

# Every page that acts on one booking, found in the addresses: a new one is tried by itself.
ACTIONS = [
    pattern.name for pattern in urls.urlpatterns if str(pattern.pattern).startswith("desk/<int:pk>")
]
KINDS = (
    Service.Kind.MARRIAGE,
    Service.Kind.DIVORCE_APPLICATION,
    Service.Kind.DIVORCE_CERTIFICATE,
)
number = st.integers(0, 20)


class Desk(RuleBasedStateMachine):
    """A manager who presses any button for any of three couples at any time."""

    def __init__(self):
        super().__init__()
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.undone_at_the_end.__exit__(None, None, None)

    @initialize()
    def open_the_desk(self):
        set_up_roles()
        from django.contrib.auth import get_user_model

        user = get_user_model().objects.create_user("manager", password="x")
        user.groups.add(Group.objects.get(name=MANAGER))
        self.client = Client()
        self.client.force_login(user)
        self.today = timezone.localdate()
        make_working_days(self.today, 60, is_working=True)
        services = [make_service(kind=kind, title=kind.label) for kind in KINDS]
        self.office = make_office(*services)
        self.slots = [
            Slot.objects.create(
                office=self.office,
                service=service,
                date=self.today + timedelta(days=days),
                start=time(0),
                end=time(23, 59),
                capacity=30,
            )
            for service in services
            for days in (0, 3)
        ]
        for slot in self.slots[::2]:
            make_booking(slot, receipt_number="外地0001" if slot.service.is_second_visit else "")
        self.states = {}

    def pick(self, which: int) -> Booking:
        found = list(Booking.objects.order_by("pk"))
        return found[which % len(found)]

    def press(self, name: str, booking: Booking, **data):
        """As its page has it; `post` is what comes from no page of ours."""
        self.post(name, booking.pk, shown=booking.shown_as, **data)

    def post(self, name: str, *args, **data):
        response = self.client.post(url(name, *args), data)
        assert response.status_code < 500, name

    @rule(which=number, step=st.sampled_from(State), then=st.sampled_from(["visit", ""]))
    def press_a_step(self, which, step, then):
        self.press("step", self.pick(which), step=step, next=then, missing_reason="照片稍后补交")

    @rule(which=number, step=st.sampled_from([State.CHECKED_IN, State.IN_SERVICE, State.DONE]))
    def go_on_with_a_visit(self, which, step):
        self.press("step", self.pick(which), step=step, missing_reason="材料已另行核对")

    @rule(which=number, name=st.sampled_from(ACTIONS), good=st.booleans(), digit=number)
    def press_anything(self, which, name, good, digit):
        booking = self.pick(which)
        self.client.get(url(name, booking.pk))
        data = {
            "material": ["身份证"],
            "receipt_number": f"SZ-2026-{digit}",
            "accepted_on": f"{self.today}",
            "paper-receipt_number": f"外地000{digit}",
            "paper-accepted_on": f"{self.today - timedelta(days=45)}",
            "paper-is_seen": "on",
            "reason": "person",
            "missing": ["身份证"],
            "act": "move" if digit % 2 else "cancel",
            "slot": self.slots[digit % len(self.slots)].pk,
            "note": "示例",
            "kind": "not_registered",
            "applicant": "1",
            "paper": "撤回申请书",
            "is_sure": "on",
            "text": "示例",
            "counter": "3",
        }
        if good:
            self.press(name, booking, **data)
        else:
            self.post(name, booking.pk)

    @rule(which=number)
    def the_same_couple_takes_a_number(self, which):
        booking = self.pick(which)
        people = [party.person for party in booking.parties.all()]
        self.client.post(
            reverse("marriage_staff:walk_in"),
            walk_in_data(
                booking.slot,
                service=booking.service.pk,
                id_number_1=people[0]["id_number"],
                id_number_2=people[1]["id_number"],
            ),
        )

    @rule(which=number)
    def the_night_comes(self, which):
        """No-shows of the day are marked; the desk goes on the next morning, which is today."""
        booking = self.pick(which)
        if booking.state == State.BOOKED:
            self.press("step", booking, step=State.NO_SHOW)
        day_end.close_unresolved()

    @rule(days=st.sampled_from([0, 3]), part=st.sampled_from(["day", "morning", "afternoon"]))
    def close_a_day(self, days, part):
        day = self.today + timedelta(days=days)
        address = reverse("marriage_staff:day", args=[self.office.pk, day.isoformat()])
        answer = post_twice(self.client, address, {"act": "close", "part": part, "reason": "停电"})
        assert answer.status_code < 500

    @rule(days=st.sampled_from([0, 3]))
    def open_a_day(self, days):
        day = self.today + timedelta(days=days)
        self.post("day", self.office.pk, day.isoformat(), act="open")

    @rule(act=st.sampled_from(["move", "cancel"]))
    def settle_all(self, act):
        waiting = list(closures.to_settle().values_list("pk", flat=True))
        self.post("affected", act=act, booking=waiting, note="停电", sure="1")

    @invariant()
    def every_change_of_state_is_a_legal_one(self):
        for booking in Booking.objects.prefetch_related("audit"):
            for entry in booking.audit.all():
                old, new = entry.old_state, entry.new_state
                if old and old != new:
                    assert State(new) in LEGAL_CHANGES[State(old)], (old, new)

    @invariant()
    def capacity_is_what_the_bookings_use(self):
        for slot in Slot.objects.all():
            assert slot.taken == slot.bookings.filter(state__in=USES_CAPACITY).count()

    @invariant()
    def persons_are_bound_by_their_live_booking_alone(self):
        for party in BookingParty.objects.select_related("booking"):
            assert party.is_active == (party.booking.state in BINDS_PERSONS)


@pytest.mark.django_db
def test_every_action_in_every_state():
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_machine_knows_the_actions():
    assert {
        "step",
        "tick",
        "accept",
        "paper",
        "withdraw",
        "full",
        "rebooking",
        "refuse",
        "notice",
    } <= set(ACTIONS)


@pytest.mark.django_db
def test_late_check_in_after_a_new_number_is_refused_in_words(manager, slot):
    """The unique constraint on persons answered this with a 500."""
    missed = make_booking(slot, State.NO_SHOW)
    people = [party.person for party in missed.parties.all()]
    data = walk_in_data(
        slot, id_number_1=people[0]["id_number"], id_number_2=people[1]["id_number"]
    )
    manager.post(url("walk_in"), data)
    again = Booking.objects.get(is_walk_in=True)
    late = {"step": "checked_in", "next": "visit", "shown": missed.shown_as}
    page = manager.post(url("step", missed.pk), late, follow=True).content.decode()
    assert f"另有一个有效的预约（预约号{again.display_reference}）" in page
    missed.refresh_from_db()
    assert missed.state == State.NO_SHOW
