"""Whether an uploaded file is what its name says, and the words inside it.

Reads plain text, CSV, Word (.docx), Excel (.xlsx) and PDF, in the child process of
`home.sandbox`: nothing here may import Django.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import defusedxml.ElementTree

from home.sandbox import BrokenFileError, FileRefusedError, archives

MAX_LENGTH = 4_000
MAX_UNPACKED = 500 << 20
MAX_CELLS = 100_000
MAX_PAGES = 20
PDF_STARTS_WITHIN = 1024  # ISO 32000-1, annex H.3.4.1: as readers accept it
PDF_OBJECT = b"obj"  # 7.3.10: a document is made of objects; readers repair much else.
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# A file of these formats is an archive that holds this part.
PARTS = {
    "docx": "[Content_Types].xml",
    "xlsx": "[Content_Types].xml",
    "pptx": "[Content_Types].xml",
    "odt": "mimetype",
    "zip": "",
}
LIBRARIES = {"xlsx": ["openpyxl"], "pdf": ["pypdf"]}


def inspect(path: Path, extension: str) -> Iterator[str]:
    """Yield an empty text once the file is found to be what it says, then its words.

    Raises FileRefusedError for a file that is not, that is broken or locked, or that unpacks
    to more than MAX_UNPACKED. Other formats are not looked into.
    """
    if extension == "pdf":
        with path.open("rb") as file:
            start = file.read(PDF_STARTS_WITHIN)
            rest = start + file.read()
        if b"%PDF-" not in start or PDF_OBJECT not in rest:
            raise _not_what_it_says(extension)
    if extension in PARTS:
        try:
            members = archives.check(path, max_unpacked=MAX_UNPACKED)
        except BrokenFileError as error:
            raise _not_what_it_says(extension) from error
        if PARTS[extension] and PARTS[extension] not in members:
            raise _not_what_it_says(extension)
    yield ""
    yield _preview(path, extension)


def _not_what_it_says(extension: str) -> FileRefusedError:
    return FileRefusedError(f"文件已损坏，或者不是.{extension}格式。请打开看看，重新保存后再上传。")


def _preview(path: Path, extension: str) -> str:
    """The first MAX_LENGTH characters of the words in the file."""
    lines: list[str] = []
    length = 0
    for line in READERS.get(extension, _none)(path):
        if line.strip():
            lines.append(line.strip())
            length += len(line)
        if length >= MAX_LENGTH:
            break
    return "\n".join(lines).replace("\x00", "")[:MAX_LENGTH]


def _none(path: Path) -> Iterator[str]:
    return iter(())


def _plain(path: Path) -> Iterator[str]:
    try:
        yield _beginning(path, "utf-8-sig", "strict")
    except UnicodeDecodeError:
        yield _beginning(path, "gb18030", "replace")


def _beginning(path: Path, encoding: str, errors: str) -> str:
    """Read as a stream: bytes cut off by number may end within a character."""
    with path.open("rb") as file:
        return io.TextIOWrapper(file, encoding, errors).read(MAX_LENGTH)


def _word(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        root = defusedxml.ElementTree.fromstring(archive.read("word/document.xml"))
    for paragraph in root.iter(f"{WORD}p"):
        yield "".join(text.text or "" for text in paragraph.iter(f"{WORD}t"))


def _excel(path: Path) -> Iterator[str]:
    from openpyxl import load_workbook  # Takes longer to import than to read a short file.

    with path.open("rb") as file:  # A path without .xlsx is refused.
        book = load_workbook(file, read_only=True, data_only=True)
        count = 0
        for sheet in book.worksheets:
            yield sheet.title
            sheet.reset_dimensions()  # What the file says of its size pads every row.
            for row in sheet.iter_rows(values_only=True):
                count += 1 + len(row)
                if count > MAX_CELLS:
                    return
                yield " ".join(str(cell) for cell in row if cell is not None)


def _pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader  # As above.

    for page in PdfReader(path).pages[:MAX_PAGES]:
        yield from page.extract_text().splitlines()


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "txt": _plain,
    "csv": _plain,
    "docx": _word,
    "xlsx": _excel,
    "pdf": _pdf,
}
