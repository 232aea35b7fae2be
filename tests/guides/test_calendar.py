"""What of guides and figures stands in the editors' calendar."""

import datetime

import pytest

from home.staff.teamwork.calendar import entries

from .factories import make_figure, make_policy

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 29)


def test_the_calendar_tells_when_figures_and_documents_end(admin_user, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 29, 4, tzinfo=datetime.UTC), tick=False)
    make_figure("dibao", ("2026-01-01", "2026-12-31", 1080), name="低保标准")
    make_figure("later", ("2026-01-01", "2027-12-31", 1080), name="远期标准")
    make_figure("review", name="孤儿标准", review_due=datetime.date(2026, 12, 1))
    make_policy(title="某办法", ends_on=datetime.date(2027, 1, 5))
    told = [
        (day.isoformat(), entry.what, entry.title)
        for day, of_day in entries(admin_user, TODAY)
        for entry in of_day
    ]
    assert told == [
        ("2026-12-01", "数据该复核", "孤儿标准"),
        ("2026-12-31", "数据到期", "低保标准（1,080元）"),
        ("2027-01-05", "文件有效期至", "某办法"),
    ]


def test_who_sees_no_figures_reads_none_of_them(django_user_model):
    make_figure("dibao", ("2026-01-01", "2026-12-31", 1080), name="低保标准")
    assert entries(django_user_model.objects.create_user("other"), TODAY) == []
