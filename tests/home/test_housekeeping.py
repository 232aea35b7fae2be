from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home import jobs
from home.housekeeping import clear_expired
from home.models import RateCount

pytestmark = pytest.mark.django_db


def test_what_has_expired_is_deleted_daily_and_nothing_else():
    now, day = timezone.now(), timedelta(days=1)
    for key, at in (("old", now - day), ("new", now + day)):
        Session.objects.create(session_key=key, session_data="", expire_date=at)
        RateCount.objects.create(key=key, count=1, expires_at=at)
    for finished in (now - 20 * day, now - day, None):
        DBTaskResult.objects.create(
            status="READY" if finished is None else "SUCCESSFUL",
            finished_at=finished,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="home.links.check_quietly",
            backend_name="later",
            exception_class_path="",
            traceback="",
        )
    clear_expired()
    assert [session.session_key for session in Session.objects.all()] == ["new"]
    assert [count.key for count in RateCount.objects.all()] == ["new"]
    assert DBTaskResult.objects.count() == 2
    (job,) = (job for job in jobs.registered() if job.run is clear_expired)
    assert job.every == day
