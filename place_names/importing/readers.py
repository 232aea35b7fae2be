"""Files → rows of text. Nothing is believed of a file: not its name, size or encoding.

The file is only looked at here; `formats` reads it, in a process of its own.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from home import sandbox

from . import formats, mapping
from .problems import FileRefusedError
from .reading import MAX_UNPACKED, Description, Layer, Reading
from .systems import needs_asking
from .text_encoding import ENCODINGS

MAX_BYTES = 100 * 1024 * 1024
MAX_HEADINGS = 500


@dataclass(frozen=True)
class Allowance:
    """What reading a file may cost, by who brings it."""

    limits: sandbox.Limits
    max_unpacked: int = MAX_UNPACKED


STAFF = Allowance(sandbox.Limits(seconds=180, output=1 << 30))
PUBLIC = Allowance(sandbox.Limits(seconds=15, output=32 << 20), max_unpacked=40 << 20)
"""A list of 5,000 names with twenty columns unpacks to 10 MB."""
LIBRARIES = {
    "xlsx": ["openpyxl"],
    "kml": ["defusedxml.ElementTree"],
    "vector": ["shapely", "pyproj", "pyogrio"],
}
KINDS = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "vector",
    ".shp": "vector",
    ".zip": "vector",
    ".kml": "kml",
}
READABLE = "CSV、XLSX、GeoJSON、GeoPackage（.gpkg）、KML和Shapefile（压缩为.zip）"


@dataclass
class SourceRow:
    """A row as the file has it: line in the file, text by heading, faults by heading.

    A fault says why the text of a cell is not what the file shows.
    """

    line: int
    values: dict[str, str]
    geometry: dict | None = None
    faults: dict[str, str] = field(default_factory=dict)


@dataclass
class Source:
    """A file that was recognised and can be read, as often as needed."""

    path: Path
    name: str
    kind: str
    found: Description
    sha256: str
    allowance: Allowance = STAFF

    @property
    def headings(self) -> list[str]:
        return self.found.headings

    @property
    def encoding(self) -> str:
        return self.found.reading.encoding

    @property
    def notes(self) -> list[str]:
        """What was found out about the file that its owner should know."""
        row = self.found.reading.heading_row
        notes = [f"表头在第{row}行，其上不导入。"] if row > 1 else []
        if blank := self._without_heading():
            notes.append(f"第{'、'.join(map(str, blank))}列没有表头，不导入。")
        return [*notes, *self.found.notes]

    def _without_heading(self) -> list[int]:
        """Columns (from 1) that have content in the first rows, and no heading."""
        below = self.found.top[self.found.reading.heading_row :]
        return [
            number
            for number, heading in enumerate(self.headings, 1)
            if not heading.strip()
            and any("".join(row[number - 1 : number]).strip() for row in below)
        ]

    def questions(self, system: str = "") -> dict[str, str]:
        """What the officer must decide before the file can be read: field → question.

        `system` is the coordinate system that was chosen; empty where none was.
        """
        asked: dict[str, str] = {}
        if len(self.found.layers) > 1 and not self.found.reading.layer:
            names = "、".join(f"“{each.name}”" for each in self.found.layers)
            what = "工作表" if self.kind == "xlsx" else "图层"
            asked["layer"] = (
                f"“{self.name}”里有{len(self.found.layers)}个{what}：{names}，每次导入一个，请选定。"
            )
        if self.found.doubts:
            shown = "；".join(
                f"{ENCODINGS.get(key, key)}：{text}" for key, text in self.found.doubts.items()
            )
            asked["encoding"] = f"“{self.name}”的文字编码看不准，请选定读得通的一种（{shown}）。"
        if question := needs_asking(self.found.crs, self.found.crs_name, system):
            asked["system"] = question
        return asked

    def rows(self, system: str = "") -> Iterator[SourceRow]:
        """All rows in the order of the file, coordinates as they stand there.

        Raises FileRefusedError where it breaks off, and while a question is open: nothing is
        read by a guess.
        """
        if asked := self.questions(system):
            raise FileRefusedError("".join(asked.values()))
        found = sandbox.read(
            formats.rows,
            self.path,
            limits=self.allowance.limits,
            libraries=LIBRARIES.get(self.kind, ()),
            kind=self.kind,
            name=self.name,
            reading=self.found.reading.as_json(),
        )
        for line, values, geometry, faults in found:
            yield SourceRow(line, values, geometry, faults)


def open_source(
    path: Path,
    name: str = "",
    encoding: str = "",
    *,
    layer: str = "",
    heading_row: int = 0,
    known: Iterable[str] = mapping.KNOWN,
    allowance: Allowance = STAFF,
) -> Source:
    """Recognise a file. `name` is what its owner calls it, `encoding` a key of ENCODINGS.

    `layer` is a layer or sheet, `heading_row` the row of the headings (from 1), `known` what
    headings may be called; without the first two the file itself tells, or `Source.questions`.

    Raises FileRefusedError with a message for the officer; reads no more than needed for that.
    """
    path = Path(path)
    name = name or path.name
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None:
        hint = "请先解压，上传其中的.kml。" if name.lower().endswith(".kmz") else ""
        raise FileRefusedError(
            f"不认识“{Path(name).suffix or name}”类型的文件。可导入{READABLE}。{hint}"
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
    [found] = sandbox.read_all(
        formats.describe,
        path,
        limits=allowance.limits,
        libraries=LIBRARIES.get(kind, ()),
        kind=kind,
        name=name,
        reading=Reading(
            encoding, layer, heading_row, max_unpacked=allowance.max_unpacked
        ).as_json(),
        known=list(known),
    )
    source = Source(path, name, kind, Description.from_json(found), _hash(path), allowance)
    if not any(heading.strip() for heading in source.headings):
        why = (
            "的图层没有属性（只有图形），不知道是哪些地名"
            if kind in ("vector", "geojson")
            else "没有表头"
        )
        raise FileRefusedError(f"文件“{name}”{why}。")
    if len(source.headings) > MAX_HEADINGS:
        raise FileRefusedError(f"文件“{name}”有{len(source.headings)}列，不像地名表。")
    return source


def few_rows(source: Source, limit: int, what: str) -> Iterator[SourceRow]:
    """The rows of a file that is known to be short; one that is not is refused."""
    for number, row in enumerate(source.rows()):
        if number == limit:
            raise FileRefusedError(f"“{source.name}”超过{limit}条，不像{what}。")
        yield row


def _refuse_wrong_label(name: str, kind: str, head: bytes) -> None:
    zipped, sqlite = head.startswith(b"PK\x03\x04"), head.startswith(b"SQLite format 3")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefusedError(f"“{name}”是旧版Excel（.xls）文件，请另存为.xlsx或CSV再导入。")
    if name.lower().endswith(".shp"):
        raise FileRefusedError(
            f"“{name}”只有图形，没有属性：请把同名的.shp、.shx、.dbf、.prj、.cpg一起压缩为.zip再导入。"
        )
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


__all__ = [
    "ENCODINGS",
    "MAX_BYTES",
    "PUBLIC",
    "Layer",
    "Source",
    "SourceRow",
    "few_rows",
    "open_source",
]
