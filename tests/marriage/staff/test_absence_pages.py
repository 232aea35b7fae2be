"""Fewer counters on a day: what would change nothing is refused in words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marriage.models import CounterAbsence

from .pages import text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("counters", "typed", "words"),
    [
        (3, {"start": "14:00"}, "已填“从”"),
        (3, {"end": "14:00"}, "已填“到”"),
        (3, {"start": "14:00", "end": "10:00"}, "“到”要晚于“从”"),
        (3, {"counters": "0"}, "至少要少开1个窗口"),
        (3, {"counters": "4"}, "只有3个窗口"),
        (3, {"days": -1}, "这一天已经过去"),
        (3, {"date": "2026-13-40"}, "一年有12个月，您输入了13月"),
        (3, {"start": "25:00", "end": "26:00"}, "没有25点00分这个时间"),
        (None, {}, "没有填窗口数"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(manager, slot, today, counters, typed, words):
    slot.office.counters = counters
    slot.office.save()
    day = today + timedelta(days=typed.pop("days", 3))
    data = {"office": slot.office_id, "date": day, "counters": "1", "reason": "培训", **typed}
    page = text(manager.post(reverse("marriage_absences:add"), data))
    assert words in page
    assert 'value="培训"' in page
    assert not CounterAbsence.objects.exists()


@pytest.mark.parametrize("hours", [{}, {"start": "10:00", "end": "14:00"}])
def test_an_absence_that_changes_something_is_kept(manager, slot, today, hours):
    slot.office.counters = 3
    slot.office.save()
    day = today + timedelta(days=3)
    data = {"office": slot.office_id, "date": day, "counters": "3", "reason": "培训", **hours}
    manager.post(reverse("marriage_absences:add"), data)
    assert CounterAbsence.objects.get().counters == 3
