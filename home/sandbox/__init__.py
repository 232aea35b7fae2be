"""Reading files from outside in a process of its own, with limits.

    from home import sandbox

    for row in sandbox.read(rows, path, sheet=0):
        ...

`rows` is a plain function, importable without Django, that takes the path of a private copy
of the file and yields JSON values. Whatever it raises, however long it takes and however much
it unpacks, the caller sees values or a FileRefusedError with a message for the user.
See docs/sandbox.md.
"""

from .concurrency import limited
from .errors import BrokenFileError, BusyError, FileRefusedError, LimitExceededError
from .process import Limits, read, read_all

__all__ = [
    "BrokenFileError",
    "BusyError",
    "FileRefusedError",
    "LimitExceededError",
    "Limits",
    "limited",
    "read",
    "read_all",
]
