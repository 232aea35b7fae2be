"""Zip archives (also .docx, .xlsx, .kmz), for readers: nothing in their directory is believed.

What a member unpacks to is counted while it is unpacked, in blocks, against what the
directory says and against a limit for the whole archive.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from .errors import BrokenFileError, FileRefusedError

BLOCK = 1 << 16
MAX_MEMBERS = 5_000
MAX_UNPACKED = 200 << 20
TOO_LARGE = "压缩的内容解开后超过{size}MB，不能读取。请减少图片或者拆成几个文件再试。"
BROKEN = "文件已损坏，不是完整的压缩文件。请重新保存后再试。"
LOCKED = "文件设了打开密码，不能读取。请去掉密码再试。"


def check(path: Path | IO[bytes], *, max_unpacked: int = MAX_UNPACKED) -> list[str]:
    """The names of the members of a whole, honest archive of at most `max_unpacked` bytes.

    Raises FileRefusedError for any other. Until this was called no library may open the
    archive: most unpack a member whole, whatever its directory says.
    """
    with _opened(path) as archive:
        unpacked = 0
        for member in archive.infolist():
            for block in _blocks(archive, member):
                unpacked += len(block)
                if unpacked > max_unpacked:
                    raise FileRefusedError(TOO_LARGE.format(size=max_unpacked >> 20))
        return archive.namelist()


def unpack(path: Path, folder: Path, wanted: dict[str, str]) -> None:
    """Write members of a checked archive: `wanted` is {name in the archive: file name}."""
    with _opened(path) as archive:
        for name, target in wanted.items():
            if PurePosixPath(target).name != target:
                raise BrokenFileError(BROKEN)
            with (folder / target).open("wb") as file:
                for block in _blocks(archive, archive.getinfo(name)):
                    file.write(block)


def _opened(path: Path | IO[bytes]) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenFileError(BROKEN) from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise FileRefusedError(f"压缩文件里有{len(members)}个文件，最多能读{MAX_MEMBERS}个。")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):  # Two readers might see two different files.
        raise BrokenFileError(BROKEN)
    return archive


def _blocks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member unpacks to, in blocks; it must end where the directory says."""
    if member.flag_bits & 1:
        raise FileRefusedError(LOCKED)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BrokenFileError(BROKEN)
    # Opening it compares both headers; the bytes are then unpacked here, to their real end.
    try:
        with archive.open(member):
            pass
        archive.fp.seek(member.header_offset)
        header = archive.fp.read(30)
        archive.fp.seek(
            int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1
        )
        unpacked, checksum = 0, 0
        for block in _inflated(archive.fp, member):
            unpacked += len(block)
            checksum = zlib.crc32(block, checksum)
            yield block
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error) as error:
        if isinstance(error, FileRefusedError):
            raise
        raise BrokenFileError(BROKEN) from error
    if unpacked != member.file_size or checksum != member.CRC:
        raise BrokenFileError(BROKEN)


def _inflated(file, member: zipfile.ZipInfo) -> Iterator[bytes]:
    left = member.compress_size
    stream = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = file.read(min(BLOCK, left))
        if not packed:
            raise BrokenFileError(BROKEN)
        left -= len(packed)
        if stream is None:
            yield packed
            continue
        while packed and not stream.eof:
            yield stream.decompress(packed, BLOCK)
            packed = stream.unconsumed_tail
    if stream is not None:
        # What is still inside comes in blocks too.
        while not stream.eof:
            if not (block := stream.decompress(b"", BLOCK)):
                break
            yield block
        if not stream.eof:
            raise BrokenFileError(BROKEN)
