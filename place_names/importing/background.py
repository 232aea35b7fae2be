"""The slow steps of an import, which the worker does: check, apply, undo."""

import logging

from django.contrib.auth import get_user_model
from django_tasks import task

from place_names.models import ImportRecord

from . import jobs
from .applying import ImportStoppedError, apply_plan, undo_last
from .jobs import APPLYING, CHECKED, CHECKING, FAILED, UNDOING, Job
from .mapping import MappingError
from .problems import FileRefusedError

logger = logging.getLogger("civil_affairs.place_names")

REFUSALS = (FileRefusedError, MappingError, ImportStoppedError)


def start(job: Job, stage: str) -> None:
    """Queue the next step of a job: CHECKING, APPLYING or UNDOING."""
    job.go_to(stage)
    job.tell("")
    work.enqueue(job.id)


@task(backend="later")
def work(job_id: str) -> None:
    """Do what the job waits for. Run twice, or by two workers, it is done once."""
    job = jobs.load(job_id)
    if job is None:
        return
    with job.held(patience=2) as ours:
        job = jobs.load(job_id) if ours else None
        if job is None or job.stage not in _STEPS or job.started:
            return
        job.go_to(job.stage, started=True)
        stage = job.stage
        try:
            _STEPS[stage](job)
        except REFUSALS as error:
            job.go_to(FAILED, error=str(error))
        except Exception:
            logger.exception("Import job failed while %s", stage)
            job.go_to(FAILED, error="处理时出现意外，数据没有改动。请再试一次，或联系管理员。")


def settle(job: Job) -> None:
    """Note the end of a job whose worker died between the commit and its own note of it."""
    if job.stage == APPLYING and (record := ImportRecord.objects.filter(job=job.id).first()):
        job.finish(record.pk)
    undone = ImportRecord.objects.filter(pk=job.record, state=ImportRecord.State.UNDONE)
    if job.stage == UNDOING and undone.exists():
        job.finish(job.record)


def _check(job: Job) -> None:
    job.check()
    job.go_to(CHECKED)


def _apply(job: Job) -> None:
    record = apply_plan(
        job.plan(),
        user=_user(job),
        skip_invalid=job.skip_invalid,
        job=job.id,
        progress=job.tell,
    )
    job.finish(record.pk)


def _undo(job: Job) -> None:
    job.finish(undo_last(_user(job), expected=job.record, progress=job.tell).pk)


def _user(job: Job):
    return get_user_model().objects.filter(pk=job.user_id).first()


_STEPS = {CHECKING: _check, APPLYING: _apply, UNDOING: _undo}
