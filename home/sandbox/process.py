"""The parent's side: start the child, pass it a copy of the file, read its lines.

The child gets none of our environment (it holds keys and passwords) and none of our open
files. It answers in JSON: nothing that it says is ever unpickled or executed.
"""

import json
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from .concurrency import limited
from .errors import BrokenFileError, FileRefusedError, LimitExceededError

logger = logging.getLogger("civil_affairs.sandbox")

CHILD = Path(__file__).with_name("child.py")
ROOT = CHILD.parents[2]
BLOCK = 1 << 16
NO_TIME = (
    "文件太大或者太复杂，{seconds:g}秒内没有读完，已经停止。请拆成几个小文件，或者另存一份再试。"
)
NO_MEMORY = "文件展开后太大，超过了读取时可用的内存。请拆成几个小文件，或者另存一份再试。"
NO_ROOM = "文件展开后的内容太多，已经停止读取。请拆成几个小文件再试。"


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost.

    `seconds` is the time that the caller waits for values, and the CPU time of the child:
    the caller's own work between two values does not count. `memory` is the address space
    in bytes, `output` all bytes of JSON that come back, `scratch` the size of any one file
    that the reader writes in its private folder.
    """

    seconds: float = 20
    memory: int = 1 << 30
    output: int = 256 << 20
    scratch: int = 256 << 20


DEFAULT_LIMITS = Limits()


def read(
    reader: Callable[..., Iterable],
    file: Path | IO[bytes] | bytes,
    *,
    limits: Limits = DEFAULT_LIMITS,
    libraries: Iterable[str] = (),
    **arguments,
) -> Iterator:
    """Yield what `reader(path, **arguments)` yields, read in a limited child process.

    `file` is copied first, so a reader may rename its copy and write next to it. Arguments
    and values are JSON. `libraries` are imported before the child is confined: name those
    that look around in the system while they are imported. The first value comes at once,
    later ones in batches. Closing the iterator early kills the child.

    Raises FileRefusedError: with the reader's own message when the reader raised one,
    LimitExceededError when a limit was reached, BrokenFileError for any other failure. Raises
    BusyError, which a view answers with 503, while too many others are read.
    """
    with limited(), tempfile.TemporaryDirectory(prefix="reading-") as folder:
        path = Path(folder) / "file"
        _copy(file, path)
        task = {
            "root": str(ROOT),
            "reader": f"{reader.__module__}:{reader.__qualname__}",
            "libraries": list(libraries),
            "path": str(path),
            "arguments": arguments,
            "limits": asdict(limits),
        }
        with _child(task, folder) as child:
            yield from _values(child, limits)


def read_all(reader: Callable[..., Iterable], file, **options) -> list:
    """All values of `read` at once, for what is known to be short."""
    return list(read(reader, file, **options))


def _copy(file: Path | IO[bytes] | bytes, path: Path) -> None:
    if isinstance(file, bytes):
        path.write_bytes(file)
    elif isinstance(file, os.PathLike):
        shutil.copyfile(file, path)
    else:
        file.seek(0)
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        file.seek(0)


@contextmanager
def _child(task: dict, folder: str) -> Iterator[subprocess.Popen]:
    child = subprocess.Popen(  # noqa: S603 - our own program, no argument from outside
        [sys.executable, "-I", "-B", "-X", "utf8", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        cwd=folder,
        start_new_session=True,
    )
    try:
        # A child that died at once is told by the end of its output.
        try:
            child.stdin.write(json.dumps(task).encode())
            child.stdin.close()
        except BrokenPipeError:
            pass
        yield child
    finally:
        _kill(child)
        child.stdout.close()


def _environment(folder: str) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("LD_LIBRARY_PATH", "TZ") if key in os.environ}
    return kept | {
        "HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        # Each thread of a numerical library takes address space that it never uses.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _kill(child: subprocess.Popen) -> None:
    """End the child and whatever it started, and leave no zombie."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _values(child: subprocess.Popen, limits: Limits) -> Iterator:
    for line in _lines(child, limits):
        try:
            answer = json.loads(line)
            kind, value = answer.popitem()
        except (ValueError, AttributeError, KeyError, RecursionError) as error:
            raise BrokenFileError from error
        if kind == "value":
            yield value
        elif kind == "end":
            return
        elif kind == "refused":
            raise FileRefusedError(value)
        elif kind == "memory":
            raise LimitExceededError(NO_MEMORY)
        elif kind == "room":
            raise LimitExceededError(NO_ROOM)
        else:
            # Types and places only: the message of an error may quote the file.
            logger.warning("Reader failed: %s", value)
            raise BrokenFileError
    _raise_for_end(child, limits)


def _lines(child: subprocess.Popen, limits: Limits) -> Iterator[bytes]:
    """The complete lines of the child's output, within the limits."""
    stdout = child.stdout.fileno()
    poll = select.poll()
    poll.register(stdout, select.POLLIN | select.POLLHUP)
    waited, received, rest = 0.0, 0, []
    while True:
        began = time.monotonic()
        ready = poll.poll(max(0, limits.seconds - waited) * 1000)
        waited += time.monotonic() - began
        if not ready:
            raise LimitExceededError(NO_TIME.format(seconds=limits.seconds))
        block = os.read(stdout, BLOCK)
        if not block:
            return
        received += len(block)
        if received > limits.output:
            raise LimitExceededError(NO_ROOM)
        first, *others = block.split(b"\n")
        rest.append(first)
        for other in others:
            yield b"".join(rest)
            rest = [other]


def _raise_for_end(child: subprocess.Popen, limits: Limits) -> None:
    """The child ended without its last line: say why."""
    code = child.wait()
    logger.warning("Reader ended with %s", code)
    if code == -signal.SIGXCPU:
        raise LimitExceededError(NO_TIME.format(seconds=limits.seconds))
    if code == -signal.SIGKILL:  # As a rule the kernel, out of memory.
        raise LimitExceededError(NO_MEMORY)
    raise BrokenFileError
