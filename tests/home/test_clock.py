"""A clock that was set, or was once ahead, stops no job and is told."""

import time
from datetime import UTC, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from home import clock, jobs, worker_state
from home.models import JobRun

MONTH = timedelta(days=30)


@pytest.fixture
def set_clock(monkeypatch):
    """`set_clock(by)` sets the clock of this process, but not the steady one."""
    true_time = time.time

    def set_by(by: timedelta) -> None:
        monkeypatch.setattr(time, "time", lambda: true_time() + by.total_seconds())

    return set_by


def test_a_set_clock_is_noticed_once_and_a_small_step_is_not(set_clock):
    watch = clock.ClockWatch()
    assert not watch.jump()
    set_clock(timedelta(seconds=30))
    assert not watch.jump()
    set_clock(MONTH)
    assert abs(watch.jump() - MONTH) < timedelta(minutes=2)
    assert not watch.jump()
    set_clock(timedelta())
    assert abs(watch.jump() + MONTH) < timedelta(minutes=2)


@pytest.mark.django_db
def test_the_database_tells_its_time_with_a_zone():
    told = clock.database_now()
    assert told.utcoffset() == timedelta()
    assert abs(told - timezone.now()) < timedelta(minutes=5)
    assert told.tzinfo is not None
    assert clock.earliest_now() <= timezone.now()
    assert clock.earliest_now().astimezone(UTC) <= told + timedelta(minutes=5)


@pytest.fixture
def own_jobs(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})


@pytest.mark.django_db
def test_a_last_run_in_the_future_does_not_stop_a_job(own_jobs, caplog):
    runs = []
    jobs.register("count", every=timedelta(hours=1), run=lambda: runs.append(1))
    JobRun.objects.create(name="count", started_at=timezone.now() + MONTH)
    assert jobs.run_due() == ["count"]
    assert jobs.run_due() == []
    assert "in the future" in caplog.text
    assert JobRun.objects.get(name="count").started_at <= timezone.now()


@pytest.mark.django_db
def test_the_clock_of_another_machine_may_differ_a_little(own_jobs):
    jobs.register("count", every=timedelta(hours=1), run=lambda: None)
    JobRun.objects.create(name="count", started_at=timezone.now() + timedelta(minutes=2))
    assert jobs.run_due() == []


@pytest.mark.django_db
def test_while_the_clock_is_in_doubt_nothing_is_judged_by_date(own_jobs):
    jobs.register("send", every=timedelta(hours=1), run=lambda: None)
    jobs.register("delete", every=timedelta(hours=1), run=lambda: None, judges_by_date=True)
    assert jobs.run_due(clock_in_doubt=lambda: True) == ["send"]
    assert jobs.run_due() == ["delete"]


def test_what_deletes_or_punishes_by_date_says_so():
    names = {job.name for job in jobs.registered() if job.judges_by_date}
    assert names >= {"marriage_no_shows", "marriage_purge", "forget_sign_ups"}


@pytest.mark.django_db
def test_the_ready_page_tells_of_a_clock_that_is_or_was_wrong(client):
    def told():
        return client.get("/readyz").json()["checks"]["clock"]

    assert told() == "ok"
    ahead = JobRun.objects.create(name="purge", started_at=timezone.now() + MONTH)
    assert "future" in told()
    ahead.delete()
    worker_state.note_clock_jump(-MONTH)
    assert told().startswith("was set by -2592000 s")
    JobRun.objects.update(started_at=timezone.now() - timedelta(days=2))
    assert told() == "ok"


@pytest.mark.django_db
def test_the_ready_page_tells_whether_a_worker_lives(client):
    def told():
        response = client.get("/readyz")
        assert response.status_code == 200
        return response.json()["checks"]["worker"]

    assert told() == "never seen"
    worker_state.note_alive()
    assert told() == "ok"
    JobRun.objects.filter(name="worker").update(started_at=timezone.now() - timedelta(hours=1))
    assert told().startswith("silent since 2")


@pytest.mark.django_db(transaction=True)
def test_the_worker_gives_a_sign_of_life(client, own_jobs):
    call_command("work", once=True)
    assert client.get("/readyz").json()["checks"]["worker"] == "ok"
