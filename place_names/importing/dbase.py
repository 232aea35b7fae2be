"""The text fields of a dBASE table as bytes: what tells the encoding of a Shapefile."""

import struct
from collections.abc import Iterator
from pathlib import Path

MAX_BYTES = 32 << 20
# Language driver byte → encoding; 0x57 (ANSI) and 0 tell nothing.
LANGUAGES = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "big5hkscs", 0x78: "big5hkscs"}


def language(path: Path) -> str:
    """The encoding that the language driver byte names; empty when it names none."""
    with path.open("rb") as file:
        head = file.read(32)
    return LANGUAGES.get(head[29], "") if len(head) == 32 else ""


def texts(path: Path) -> Iterator[bytes]:
    """The names of the fields, then the text values of the first MAX_BYTES of records."""
    with path.open("rb") as file:
        head = file.read(32)
        if len(head) < 32:
            return
        count, length, record = struct.unpack("<IHH", head[4:12])
        fields, at = [], 1
        for _ in range(max(0, (length - 33) // 32)):
            field = file.read(32)
            if len(field) < 32 or field[0] == 0x0D:
                break
            yield field[:11].split(b"\x00")[0]
            fields.append((field[11:12], at, field[16]))
            at += field[16]
        file.seek(length)
        for _ in range(min(count, MAX_BYTES // max(record, 1))):
            row = file.read(record)
            if len(row) < record or not record:
                return
            for kind, start, size in fields:
                if kind == b"C":
                    yield row[start : start + size].rstrip(b" \x00")
