"""The state of an import in the admin, from upload to completion, in a folder of its own.

The folder says how far it is, so that the officer may leave the page and come back, and so
that a worker that died is noticed: it held a lock on the folder, and the system let go of it.
"""

import fcntl
import json
import os
import re
import shutil
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

from .planning import Plan, make_plan
from .problems import FileRefusedError
from .readers import MAX_BYTES, Source, open_source
from .shape_files import shapes_by_code

KEPT_SECONDS = 24 * 3600
UPLOADED, CHECKING, CHECKED = "uploaded", "checking", "checked"
APPLYING, UNDOING, DONE, FAILED = "applying", "undoing", "done", "failed"
WORKING = (CHECKING, APPLYING, UNDOING)
WAITING, RUNNING, INTERRUPTED = "waiting", "running", "interrupted"


@dataclass
class Job:
    """What was uploaded, how it is to be read, and what was done. `counts` are of the dry run.

    An undo is a job too, without a file; `record` is the ImportRecord it takes back.
    """

    id: str
    user_id: int
    name: str
    shapes_name: str = ""
    encoding: str = ""
    system: str = ""  # a key of SYSTEMS, an EPSG code, or empty: as the file says
    layer: str = ""
    heading_row: int = 0
    columns: dict[str, str] | None = None
    decisions: dict[str, str] = field(default_factory=dict)
    remove_missing: bool = False
    clear_blank: bool = False
    new_pending: bool = False
    skip_invalid: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    stage: str = UPLOADED
    started: bool = False
    record: int | None = None
    error: str = ""

    @property
    def folder(self) -> Path:
        return _root() / self.id

    def source(self) -> Source:
        return open_source(
            self.folder / "upload",
            self.name,
            self.encoding,
            layer=self.layer,
            heading_row=self.heading_row,
        )

    def plan(self) -> Plan:
        """The plan as it was made; its lines lie in the job's folder."""
        return Plan(self.source(), self.folder, Counter(self.counts))

    def check(self) -> None:
        """Makes the plan again from the uploaded file."""
        shapes = None
        if self.shapes_name:
            shapes = shapes_by_code(
                open_source(self.folder / "shapes", self.shapes_name), self.system
            )
        plan = make_plan(
            self.source(),
            columns=self.columns,
            system=self.system,
            shapes_by_code=shapes,
            decisions=self.decisions,
            remove_missing=self.remove_missing,
            clear_blank=self.clear_blank,
            new_pending=self.new_pending,
            folder=self.folder,
            progress=self.tell,
        )
        self.counts = dict(plan.counts)

    def go_to(self, stage: str, *, error: str = "", started: bool = False) -> None:
        self.stage, self.error, self.started = stage, error, started
        self.save()

    def save(self) -> None:
        _write(self.folder / "job.json", json.dumps(asdict(self)))

    def tell(self, message: str) -> None:
        """Progress for the page; outside the transaction, else nobody would see it."""
        _write(self.folder / "progress", message)

    @property
    def progress(self) -> str:
        try:
            return (self.folder / "progress").read_text(encoding="utf-8")
        except OSError:
            return ""

    @contextmanager
    def held(self, patience: float = 0) -> Iterator[bool]:
        """Hold the job as its only worker; False when another one does.

        A page that asks holds it for a moment: a worker tries for `patience` seconds.
        """
        end = time.monotonic() + patience
        with (self.folder / "lock").open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() < end:
                        time.sleep(0.05)
                        continue
                    yield False
                else:
                    yield True
                return

    def activity(self) -> str:
        """WAITING for a worker, RUNNING, INTERRUPTED, or empty when nothing is to be done."""
        if self.stage not in WORKING:
            return ""
        with self.held() as free:
            if not free:
                return RUNNING
            return INTERRUPTED if self.started else WAITING

    def finish(self, record: int) -> None:
        """Only the note of what was done is kept, for a day."""
        self.record = record
        self.go_to(DONE)
        for path in self.folder.iterdir():
            if path.name != "job.json":
                path.unlink()

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _root() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def _write(path: Path, text: str) -> None:
    """Whole or not at all: the page reads while the worker writes."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


def begin(user, upload, shapes=None, *, encoding: str = "", system: str = "") -> Job:
    """Keep an uploaded file (a Django UploadedFile). Raises FileRefusedError, keeping nothing."""
    for each in filter(None, (upload, shapes)):
        if each.size > MAX_BYTES:
            raise FileRefusedError(
                f"文件“{each.name}”有{each.size // 1024 // 1024}MB，"
                f"超过{MAX_BYTES // 1024 // 1024}MB的上限。请分成几个文件导入。"
            )
    job = _new(user, Path(upload.name).name, encoding=encoding, system=system)
    try:
        _keep(upload, job.folder / "upload")
        job.source()
        if shapes:
            job.shapes_name = Path(shapes.name).name
            _keep(shapes, job.folder / "shapes")
            kept = open_source(job.folder / "shapes", job.shapes_name)
            # Whether its system is to be converted is asked with the columns.
            shapes_by_code(kept, system or kept.found.crs)
        job.save()
    except BaseException:
        job.discard()
        raise
    return job


def begin_undo(user, record) -> Job:
    """A job that takes back an ImportRecord."""
    job = _new(user, record.file_name, stage=UNDOING, record=record.pk)
    job.save()
    return job


def find(job_id: str, user) -> Job | None:
    """The job of this user, or None: unknown, too old, or somebody else's."""
    job = load(job_id)
    return job if job and job.user_id == user.pk else None


def load(job_id: str) -> Job | None:
    if not re.fullmatch(r"[0-9a-f]{32}", job_id):
        return None
    try:
        text = (_root() / job_id / "job.json").read_text(encoding="utf-8")
    except OSError:
        return None
    return Job(**json.loads(text))


def open_jobs(user) -> list[Job]:
    """What this user began and has not ended, newest first."""
    if not _root().exists():
        return []
    folders = sorted(_root().iterdir(), key=lambda f: f.stat().st_mtime, reverse=True)
    found = [find(folder.name, user) for folder in folders]
    return [job for job in found if job and job.stage != DONE]


def _new(user, name: str, **values) -> Job:
    _sweep()
    job = Job(uuid.uuid4().hex, user.pk, name, **values)
    job.folder.mkdir(parents=True, mode=0o700)
    return job


def _keep(upload, path: Path) -> None:
    with path.open("wb") as file:
        for block in upload.chunks():
            file.write(block)


def _sweep() -> None:
    """Uploads that nobody decided on are thrown away after a day."""
    if not _root().exists():
        return
    for folder in _root().iterdir():
        if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
