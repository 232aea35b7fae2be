"""The child's side, run as a program of its own: confine itself, read, answer in JSON lines.

Each line is an object with one key: `value`, and last `end`, or `refused` (the reader's own
message), `memory` or `room` (a limit), or `failed` (type and place of any other error).
"""

import errno
import importlib
import json
import os
import re
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

BATCH_SECONDS = 0.2
_SURROGATES = re.compile("[\ud800-\udfff]")


def main() -> None:
    task = json.loads(sys.stdin.buffer.read())
    answers = _take_stdout()
    sys.path.insert(0, task["root"])
    from home.sandbox.confinement import confine
    from home.sandbox.errors import FileRefusedError

    try:
        module, name = task["reader"].split(":")
        reader = getattr(importlib.import_module(module), name)
        for library in task["libraries"]:
            with suppress(ImportError):  # The reader says itself what it cannot do without.
                importlib.import_module(library)
        confine(Path(task["path"]).parent, task["limits"])
        sent = 0.0
        for value in reader(Path(task["path"]), **task["arguments"]):
            _tell(answers, "value", value)
            if time.monotonic() - sent > BATCH_SECONDS:
                answers.flush()
                sent = time.monotonic()
        _tell(answers, "end", None)
    except FileRefusedError as error:
        _tell(answers, "refused", str(error))
    except MemoryError:
        _tell(answers, "memory", None)
    except BrokenPipeError:
        pass  # The parent has seen enough.
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            _tell(answers, "room", None)
        else:
            _tell(answers, "failed", _place(error))
    # Nothing is tidied up: a broken library may crash or hang while it is taken down.
    answers.flush()
    os._exit(0)


def _take_stdout():
    """Our own end of the pipe; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _tell(answers, kind: str, value) -> None:
    # Half a surrogate pair would fail much later, on the way to the database.
    line = _SURROGATES.sub(
        "\N{REPLACEMENT CHARACTER}", json.dumps({kind: value}, ensure_ascii=False)
    )
    answers.write(line.encode() + b"\n")


def _place(error: Exception) -> str:
    """Type and place of an error without its message, which may quote the file."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    return f"{type(error).__name__} at {' > '.join(places)}"


if __name__ == "__main__":
    main()
