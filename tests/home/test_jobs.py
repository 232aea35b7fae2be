from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from home import jobs
from home.models import JobRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_jobs(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})


def test_a_job_runs_once_per_interval():
    runs = []
    jobs.register("count", every=timedelta(hours=1), run=lambda: runs.append(1))
    assert jobs.run_due() == ["count"]
    assert jobs.run_due() == []
    JobRun.objects.update(started_at=timezone.now() - timedelta(hours=2))
    assert jobs.run_due() == ["count"]
    assert len(runs) == 2


def test_a_failing_job_does_not_stop_the_others_and_keeps_no_message():
    def fail():
        raise ValueError("44010519900101001X")

    runs = []
    jobs.register("a", every=timedelta(hours=1), run=fail)
    jobs.register("b", every=timedelta(hours=1), run=lambda: runs.append(1))
    assert jobs.run_due() == ["a", "b"]
    assert runs == [1]
    assert JobRun.objects.get(name="a").error == "ValueError"


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_one_round():
    runs = []
    jobs.register("count", every=timedelta(hours=1), run=lambda: runs.append(1))
    call_command("work", once=True)
    assert runs == [1]
