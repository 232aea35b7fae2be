"""An import in the admin from upload to decision: its files wait in a folder of their own."""

import json
import re
import shutil
import time
import uuid
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

from .planning import Plan, make_plan
from .problems import FileRefusedError
from .readers import MAX_BYTES, Source, open_source
from .shape_files import shapes_by_code

KEPT_SECONDS = 24 * 3600


@dataclass
class Job:
    """What was uploaded and how it is to be read. `counts` is empty until it was checked."""

    id: str
    user_id: int
    name: str
    shapes_name: str = ""
    encoding: str = ""
    system: str = "CGCS2000"
    columns: dict[str, str] | None = None
    remove_missing: bool = False
    skip_invalid: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return _root() / self.id

    def source(self) -> Source:
        return open_source(self.folder / "upload", self.name, self.encoding)

    def plan(self) -> Plan:
        """The plan as it was made; its lines lie in the job's folder."""
        return Plan(self.source(), self.folder, Counter(self.counts))

    def check(self) -> Plan:
        """Make the plan anew from the uploaded file."""
        shapes = None
        if self.shapes_name:
            shapes = shapes_by_code(open_source(self.folder / "shapes", self.shapes_name))
        plan = make_plan(
            self.source(),
            columns=self.columns,
            system=self.system,
            shapes_by_code=shapes,
            remove_missing=self.remove_missing,
            folder=self.folder,
        )
        self.counts = dict(plan.counts)
        self.save()
        return plan

    def save(self) -> None:
        (self.folder / "job.json").write_text(json.dumps(asdict(self)), encoding="utf-8")

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _root() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def begin(user, upload, shapes=None, *, encoding: str = "", system: str = "CGCS2000") -> Job:
    """Keep an uploaded file (a Django UploadedFile). Raises FileRefusedError, keeping nothing."""
    for each in filter(None, (upload, shapes)):
        if each.size > MAX_BYTES:
            raise FileRefusedError(
                f"文件“{each.name}”有{each.size // 1024 // 1024}MB，"
                f"超过{MAX_BYTES // 1024 // 1024}MB的上限。请分成几个文件导入。"
            )
    _sweep()
    job = Job(uuid.uuid4().hex, user.pk, Path(upload.name).name, encoding=encoding, system=system)
    job.folder.mkdir(parents=True, mode=0o700)
    try:
        _keep(upload, job.folder / "upload")
        job.source()
        if shapes:
            job.shapes_name = Path(shapes.name).name
            _keep(shapes, job.folder / "shapes")
            shapes_by_code(open_source(job.folder / "shapes", job.shapes_name))
        job.save()
    except BaseException:
        job.discard()
        raise
    return job


def find(job_id: str, user) -> Job | None:
    """The job of this user, or None: unknown, too old, or somebody else's."""
    if not re.fullmatch(r"[0-9a-f]{32}", job_id):
        return None
    try:
        text = (_root() / job_id / "job.json").read_text(encoding="utf-8")
    except OSError:
        return None
    job = Job(**json.loads(text))
    return job if job.user_id == user.pk else None


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
