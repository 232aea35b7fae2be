"""Files → rows of text. Nothing is believed of a file: not its name, size or encoding."""

import codecs
import csv
import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .features import NotGeoJSONError, features
from .problems import FileRefusedError

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_CELL = 100_000
MAX_HEADINGS = 500
ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB18030（含GBK、GB2312）"}
KINDS = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "vector",
    ".shp": "vector",
    ".zip": "vector",
}


@dataclass
class SourceRow:
    """A row as the file has it: line in the file (1 is the heading), text by heading."""

    line: int
    values: dict[str, str]
    geometry: dict | None = None


@dataclass
class Source:
    """A file that was recognised and can be read, as often as needed."""

    path: Path
    name: str
    kind: str
    encoding: str
    headings: list[str]
    sha256: str

    def rows(self) -> Iterator[SourceRow]:
        """All rows in the order of the file; raises FileRefusedError where it breaks off."""
        return _READERS[self.kind][1](self)


def open_source(path: Path, name: str = "", encoding: str = "") -> Source:
    """Recognise a file. `name` is what its owner calls it, `encoding` a key of ENCODINGS.

    Raises FileRefusedError with a message for the officer; reads no more than needed for that.
    """
    path = Path(path)
    name = name or path.name
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None:
        raise FileRefusedError(
            f"不认识“{Path(name).suffix or name}”类型的文件。"
            "可导入CSV、XLSX、GeoJSON、GeoPackage（.gpkg）和Shapefile（压缩为.zip）。"
        )
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise FileRefusedError(f"无法读取文件“{name}”：{error.strerror}。") from error
    if size == 0:
        raise FileRefusedError(f"文件“{name}”是空的。")
    if size > MAX_BYTES:
        raise FileRefusedError(
            f"文件“{name}”有{size // 1024 // 1024}MB，超过{MAX_BYTES // 1024 // 1024}MB的上限。"
            "请分成几个文件导入。"
        )
    _refuse_wrong_label(name, kind, head)
    found = encoding or (_encoding_of(path, name) if kind in ("csv", "geojson") else "")
    source = Source(path, name, kind, found, [], _hash(path))
    source.headings = _READERS[kind][0](source)
    if not any(heading.strip() for heading in source.headings):
        raise FileRefusedError(f"文件“{name}”没有表头。")
    if len(source.headings) > MAX_HEADINGS:
        raise FileRefusedError(f"文件“{name}”有{len(source.headings)}列，不像地名表。")
    return source


def few_rows(source: Source, most: int, what: str) -> Iterator[SourceRow]:
    """The rows of a file that is known to be short; one that is not is refused."""
    for number, row in enumerate(source.rows()):
        if number == most:
            raise FileRefusedError(f"“{source.name}”超过{most}条，不像{what}。")
        yield row


def _refuse_wrong_label(name: str, kind: str, head: bytes) -> None:
    zipped, sqlite = head.startswith(b"PK\x03\x04"), head.startswith(b"SQLite format 3")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefusedError(f"“{name}”是旧版Excel（.xls）文件，请另存为.xlsx或CSV再导入。")
    if kind == "xlsx" and not zipped:
        raise FileRefusedError(f"“{name}”的内容不是XLSX表格。")
    text_like = (
        not zipped and not sqlite and not head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8"))
    )
    if kind == "csv" and (not text_like or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")):
        raise FileRefusedError(f"“{name}”的内容不是CSV文本，请核对文件类型。")
    if kind == "geojson" and not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        raise FileRefusedError(f"“{name}”的内容不是GeoJSON。")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _encoding_of(path: Path, name: str) -> str:
    """UTF-8 if every byte of the file is UTF-8, else GB18030 if that holds."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    if "\x00" in decoder.decode(block):
                        raise FileRefusedError(f"“{name}”含有空字符，不是文本文件。")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileRefusedError(f"“{name}”的编码既不是UTF-8也不是GB18030，请另存为UTF-8再导入。")


def _csv_headings(source: Source) -> list[str]:
    with source.path.open(encoding=source.encoding, newline="") as file:
        try:
            return next(csv.reader(file, strict=True), [])
        except (csv.Error, UnicodeDecodeError) as error:
            raise FileRefusedError(f"“{source.name}”的第一行读不出表头：{error}。") from error


def _csv_rows(source: Source) -> Iterator[SourceRow]:
    csv.field_size_limit(MAX_CELL)
    with source.path.open(encoding=source.encoding, newline="") as file:
        reader = csv.reader(file, strict=True)
        line = 1
        try:
            next(reader, None)
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield SourceRow(line, _by_heading(source, cells, line))
                line = reader.line_num + 1
        except csv.Error as error:
            reason = _csv_reason(str(error))
            raise FileRefusedError(f"“{source.name}”从第{line}行起读不下去：{reason}。") from error
        except UnicodeDecodeError as error:
            raise FileRefusedError(f"“{source.name}”第{line}行附近的编码有误。") from error


def _csv_reason(told: str) -> str:
    if "field limit" in told:
        return f"一格超过{MAX_CELL}字，可能是引号没有成对"
    return "引号没有成对" if "end of data" in told or "expected" in told else told


def _by_heading(source: Source, cells: list[str], line: int) -> dict[str, str]:
    """More cells than headings would silently shift a row, so they are refused."""
    extra = [cell for cell in cells[len(source.headings) :] if cell.strip()]
    if extra:
        raise FileRefusedError(
            f"“{source.name}”第{line}行有{len(cells)}格，表头只有{len(source.headings)}格："
            "可能是文字里的逗号没有加引号。"
        )
    return dict(zip(source.headings, cells, strict=False))


def _workbook(source: Source):
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(source.path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise FileRefusedError(f"“{source.name}”解压后过大。")
        return load_workbook(source.path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        if isinstance(error, FileRefusedError):
            raise
        raise FileRefusedError(f"“{source.name}”已损坏，或不是XLSX表格。") from error


def _xlsx_cells(source: Source) -> Iterator[list[str]]:
    book = _workbook(source)
    try:
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell_text(cell) for cell in cells]
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise FileRefusedError(f"“{source.name}”的表格内容已损坏。") from error
    finally:
        book.close()


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _xlsx_headings(source: Source) -> list[str]:
    return next(_xlsx_cells(source), [])


def _xlsx_rows(source: Source) -> Iterator[SourceRow]:
    for line, cells in enumerate(_xlsx_cells(source), 1):
        if line > 1 and any(cell.strip() for cell in cells):
            yield SourceRow(line, _by_heading(source, cells, line))


def _features(source: Source) -> Iterator[dict]:
    with source.path.open(encoding=source.encoding) as file:
        try:
            for feature in features(file):
                yield feature if isinstance(feature, dict) else {}
        except NotGeoJSONError as error:
            raise FileRefusedError(f"“{source.name}”不是完整的GeoJSON：{error}。") from error


def _geojson_headings(source: Source) -> list[str]:
    seen: dict[str, None] = {}
    for feature in _features(source):
        properties = feature.get("properties")
        if isinstance(properties, dict):
            seen.update(dict.fromkeys(properties))
    return list(seen)


def _geojson_rows(source: Source) -> Iterator[SourceRow]:
    """The line of a feature is its number plus one, as in a table with a heading."""
    for number, feature in enumerate(_features(source), 2):
        properties = feature.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        geometry = feature.get("geometry")
        values = {key: _cell_text(value) for key, value in properties.items()}
        yield SourceRow(number, values, geometry if isinstance(geometry, dict) else None)


def _vector_headings(source: Source) -> list[str]:
    from . import vector

    return vector.headings(source)


def _vector_rows(source: Source) -> Iterator[SourceRow]:
    from . import vector

    return vector.rows(source)


_READERS = {
    "csv": (_csv_headings, _csv_rows),
    "xlsx": (_xlsx_headings, _xlsx_rows),
    "geojson": (_geojson_headings, _geojson_rows),
    "vector": (_vector_headings, _vector_rows),
}
