from datetime import time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from marriage.models import Slot, WeeklyTemplate, WorkingDay

from ..factories import make_office, make_service

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("generate_slots", stdout=out, **options)
    return out.getvalue()


def test_days_and_slots_are_made_once():
    service = make_service()
    office = make_office(service)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for weekday in range(7):
        WeeklyTemplate.objects.create(
            office=office, service=service, weekday=weekday, start=time(9), end=time(10)
        )
    WorkingDay.objects.create(date=tomorrow, is_working=True, is_confirmed=True)
    run(days=10)
    assert WorkingDay.objects.count() == 11
    made = Slot.objects.count()
    assert made >= 2
    assert Slot.objects.filter(date=tomorrow).count() == 2
    assert "0 slots made" in run(days=10)
    assert Slot.objects.count() == made


@pytest.mark.parametrize("days", [0, -3, 9999])
def test_an_absurd_number_of_days_is_refused(days):
    with pytest.raises(CommandError):
        run(days=days)
