"""An uploaded file as a temporary file on disk."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from .problems import FileRefusedError
from .readers import MAX_BYTES


@contextmanager
def on_disk(upload):
    """The path of a copy of an uploaded file; the copy is gone afterwards.

    Raises FileRefusedError before anything is copied when the file is too large.
    """
    if upload.size > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise FileRefusedError(
            f"文件“{upload.name}”有{upload.size // 1024 // 1024}MB，超过{limit}MB的上限。"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as file:
            for block in upload.chunks():
                file.write(block)
        yield path
