"""The words inside an uploaded file, for a preview and for search.

Reads plain text, CSV, Word (.docx), Excel (.xlsx) and PDF. A file that is broken or locked,
that unpacks to something huge, or that holds pictures of pages only, has no preview.
"""

import io
import zipfile
from collections.abc import Callable, Iterator

import defusedxml.ElementTree
from openpyxl import load_workbook
from pypdf import PdfReader

LONGEST = 4_000
BIGGEST_PART = 20_000_000
MOST_PAGES = 20
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class TooLargeError(ValueError):
    """The file would unpack to more than a preview is worth."""


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > BIGGEST_PART:
            raise TooLargeError


def _plain(data: bytes) -> Iterator[str]:
    try:
        yield _beginning(data, "utf-8-sig", "strict")
    except UnicodeDecodeError:
        yield _beginning(data, "gb18030", "replace")


def _beginning(data: bytes, encoding: str, errors: str) -> str:
    """Read as a stream: bytes cut off by number may end within a character."""
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors).read(LONGEST)


def _word(data: bytes) -> Iterator[str]:
    _check_size(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = defusedxml.ElementTree.fromstring(archive.read("word/document.xml"))
    for paragraph in root.iter(f"{WORD}p"):
        yield "".join(text.text or "" for text in paragraph.iter(f"{WORD}t"))


def _excel(data: bytes) -> Iterator[str]:
    _check_size(data)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield " ".join(str(cell) for cell in row if cell is not None)


def _pdf(data: bytes) -> Iterator[str]:
    for page in PdfReader(io.BytesIO(data)).pages[:MOST_PAGES]:
        yield from page.extract_text().splitlines()


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "txt": _plain,
    "csv": _plain,
    "docx": _word,
    "xlsx": _excel,
    "pdf": _pdf,
}


def preview(name: str, data: bytes) -> str:
    """The first `LONGEST` characters of the words in a file; an empty text when unreadable."""
    reader = READERS.get(name.rsplit(".", 1)[-1].lower())
    if reader is None:
        return ""
    lines: list[str] = []
    length = 0
    try:
        for line in reader(data):
            if line.strip():
                lines.append(line.strip())
                length += len(line)
            if length >= LONGEST:
                break
    except Exception:
        # Parsers of office files raise anything at all on a broken file.
        return ""
    return "\n".join(lines).replace("\x00", "")[:LONGEST]
