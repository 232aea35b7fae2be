"""What the child gives up before it opens a file from outside. Nothing is ever taken back.

Limits of the process hold everywhere. On Linux 5.13 and newer Landlock also takes away the
file system (all but the private folder and the installed libraries), and from 6.7 on TCP:
whatever a file talks its library into, the site's database and files are out of reach.
"""

import ctypes
import os
import resource
import sys
from pathlib import Path

FORBIDDEN = (
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
)
LIBRARIES = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/urandom")
DEVICES = ("/dev/null",)

# linux/landlock.h; the numbers of the calls are the same on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG, PATH_BENEATH, NO_NEW_PRIVILEGES = 1, 1, 38
WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
FILE_RIGHTS = WRITE_FILE | READ_FILE | TRUNCATE
RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}  # bits; 16 from version 5 on
TCP, SCOPES = 0b11, 0b11


def confine(folder: Path, limits: dict) -> None:
    """Limit this process to `folder` and to `limits` (the fields of sandbox.Limits)."""
    # The hard limit lies above the soft one, else the kernel kills without a reason.
    seconds = max(1, round(limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for name, size in (
        ("RLIMIT_AS", limits["memory"]),
        ("RLIMIT_FSIZE", limits["scratch"]),
        ("RLIMIT_NOFILE", 64),
        ("RLIMIT_CORE", 0),
    ):
        resource.setrlimit(getattr(resource, name), (size, size))
    restrict_file_system(folder)
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not for a reader")


def landlock_version() -> int:
    """The version of Landlock that the kernel has; 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, _libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG))


def restrict_file_system(folder: Path) -> bool:
    """Leave only `folder` to write and the libraries to read; whether the kernel can."""
    if not (version := landlock_version()):
        return False
    libc = _libc()
    handled = (1 << RIGHTS_BY_VERSION.get(version, 16)) - 1
    attributes = (ctypes.c_uint64 * 3)(handled, TCP * (version >= 4), SCOPES * (version >= 6))
    ruleset = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(8 * 3), 0)
    if ruleset < 0:  # An older kernel knows fewer fields.
        size = ctypes.c_size_t(8 if version < 4 else 16)
        ruleset = libc.syscall(CREATE_RULESET, attributes, size, 0)
    if ruleset < 0:
        return False
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    for path in {*LIBRARIES, *prefixes}:
        _allow(libc, ruleset, path, handled & (READ_FILE | READ_DIR))
    for path in DEVICES:
        _allow(libc, ruleset, path, handled & FILE_RIGHTS)
    _allow(libc, ruleset, folder, handled & ~1)  # Everything but to execute.
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    restricted = libc.syscall(RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return restricted


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def _allow(libc, ruleset: int, path: str | Path, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):
        rights &= FILE_RIGHTS
    rule = _PathBeneath(rights, parent)
    libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(parent)


def _libc():
    return ctypes.CDLL(None, use_errno=True)
