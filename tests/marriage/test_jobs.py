from datetime import time, timedelta

import pytest
from django.utils import timezone

from home.jobs import registered, run_due
from home.models import JobRun
from marriage.models import Slot, WeeklyTemplate, WorkingDay
from marriage.models.states import State

from .factories import make_booking, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db


def test_the_night_fills_up_slots_marks_no_shows_and_ends_holds():
    today = timezone.localdate()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    service = make_service()
    office = make_office(service)
    WeeklyTemplate.objects.create(
        office=office, service=service, weekday=tomorrow.weekday(), start=time(9), end=time(10)
    )
    WorkingDay.objects.create(date=tomorrow, is_working=True, is_confirmed=True)
    past = make_slot(office, service, yesterday)
    missed = make_booking(past)
    held = make_booking(past, State.HELD, hold_expires=timezone.now() - timedelta(minutes=1))
    ran = run_due()
    assert {job.name for job in registered() if job.name.startswith("marriage_")} <= set(ran)
    assert not JobRun.objects.filter(name__startswith="marriage_").exclude(error="").exists()
    assert Slot.objects.filter(date=tomorrow).exists()
    missed.refresh_from_db()
    held.refresh_from_db()
    assert (missed.state, held.state) == (State.NO_SHOW, State.EXPIRED)
