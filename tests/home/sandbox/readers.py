"""Readers that misbehave, run in the child. Each takes the path of its copy of the file."""

import ctypes
import os
import socket
import subprocess
import sys
import time


def words(path, *, times=1):
    for _ in range(times):
        yield from path.read_text(encoding="utf-8").split()


def environment(path):
    yield dict(os.environ)


def spin(path):
    while True:
        pass


def sleep(path):
    time.sleep(3600)
    yield


def allocate(path):
    kept = []
    while True:
        kept.append(bytearray(16 << 20))
    yield


def crash(path):
    ctypes.string_at(0)
    yield


def leave(path):
    os._exit(3)
    yield


def fail(path):
    raise KeyError("a secret of the file")
    yield


def print_lines(path):
    print('{"value": "forged"}')
    os.write(1, b'{"value": "forged"}\n')
    yield "true"


def flood(path):
    while True:
        yield "x" * (1 << 20)


def fill_the_disk(path):
    with path.with_name("big").open("wb") as file:
        while True:
            file.write(b"x" * (1 << 20))
    yield


def pid(path):
    yield os.getpid()
    time.sleep(3600)


def open_file(path, *, name):
    with open(name, "rb") as file:
        yield len(file.read(10))


def open_in_c(path, *, name):
    """As GDAL would: past Python."""
    yield ctypes.CDLL(None).open(os.fsencode(name), os.O_RDONLY)


def connect_in_c(path, *, port):
    libc = ctypes.CDLL(None, use_errno=True)
    address = (2).to_bytes(2, sys.byteorder) + port.to_bytes(2, "big") + bytes([127, 0, 0, 1])
    handle = libc.socket(2, 1, 0)
    yield libc.connect(handle, address + bytes(8), 16)


def run_program(path):
    yield subprocess.run(["/bin/true"], check=False).returncode


def connect(path, *, port):
    socket.create_connection(("127.0.0.1", port), timeout=1)
    yield "connected"


def odd_letters(path):
    yield {"\ud800": "\udc00甲\u2028\n"}
