"""KML files, for the child of `home.sandbox`.

GDAL's driver for KML reads names and descriptions only, and leaves out a placemark whose shape it
does not know. Here each placemark is a row, with its extended data and its folder as columns.
Nothing that a file refers to is fetched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from home.sandbox import FileRefusedError

from . import text_encoding
from .kml_shapes import shape
from .reading import Description, Reading
from .tables import Row

FOLDER = "folder"
TEXTS = (
    "name",
    "description",
    "address",
    "phoneNumber",
    "Snippet",
    "snippet",
    "when",
    "begin",
    "end",
)
"""Elements of a placemark, or of its time, that become columns of their own."""
ELSEWHERE = {
    "NetworkLink": "网络链接（NetworkLink）",
    "GroundOverlay": "贴图（GroundOverlay）",
    "PhotoOverlay": "照片（PhotoOverlay）",
}
_CONTAINERS = ("Document", "Folder")


def describe(path: Path, name: str, reading: Reading, known: Iterable[str]) -> Description:
    doubts: dict[str, str] = {}
    if not reading.encoding:
        verdict = text_encoding.of_file(path, name)
        doubts = {each: text_encoding.sample(path, each)[:40] for each in verdict.doubts}
        reading = replace(reading, encoding=verdict.encoding)
    others: Counter[str] = Counter()
    headings: dict[str, None] = {}
    count = 0
    for values, _ in _placemarks(path, name, reading.encoding, others):
        headings.update(dict.fromkeys(values))
        count += 1
    if not count:
        raise FileRefusedError(f"“{name}”里没有地标（Placemark），没有地名可以导入。")
    notes = [
        f"文件里有{others[each]}个{told}，不是地名，没有读取。"
        for each, told in ELSEWHERE.items()
        if others[each]
    ]
    first = [each for each in (*TEXTS, FOLDER) if each in headings]
    rest = [each for each in headings if each not in first]
    return Description([*first, *rest], reading, [], doubts, notes=notes)


def rows(path: Path, name: str, reading: Reading) -> Iterator[Row]:
    """The placemarks in order; the first has line 2, as in a table with a heading."""
    found = _placemarks(path, name, reading.encoding, Counter())
    for number, (values, geometry) in enumerate(found, 2):
        yield number, values, geometry, {}


def _placemarks(
    path: Path, name: str, encoding: str, others: Counter[str]
) -> Iterator[tuple[dict[str, str], dict | None]]:
    """(text by heading, shape) of each placemark; what else the file shows is counted."""
    try:
        with path.open(encoding=encoding) as file:
            yield from _read(file, name, others)
    except ParseError as error:
        line, column = error.position
        raise FileRefusedError(
            f"“{name}”不是完整的KML：第{line}行第{column + 1}列起读不下去。"
        ) from error
    except DefusedXmlException as error:
        raise FileRefusedError(
            f"“{name}”里有实体或者文档类型声明（DOCTYPE），KML不需要。"
        ) from error
    except UnicodeError as error:
        raise FileRefusedError(f"“{name}”的编码有误，请另存为UTF-8再导入。") from error


def _read(file, name: str, others: Counter[str]) -> Iterator[tuple[dict[str, str], dict | None]]:
    open_tags: list[str] = []
    folders: list[str] = []
    for event, element in iterparse(file, ("start", "end"), forbid_dtd=True):
        tag = _local(element)
        if event == "start":
            if not open_tags and tag != "kml":
                raise FileRefusedError(f"“{name}”的内容不是KML。")
            open_tags.append(tag)
            if tag in _CONTAINERS:
                folders.append("")
            continue
        open_tags.pop()
        if tag in _CONTAINERS:
            folders.pop()
        elif tag == "name" and open_tags[-1] == "Folder":
            folders[-1] = (element.text or "").strip()
        elif tag == "Placemark":
            yield _values(element, "/".join(filter(None, folders))), shape(element)
        elif tag in ELSEWHERE:
            others[tag] += 1
        if tag == "Placemark" or tag in ELSEWHERE:
            element.clear()


def _values(placemark: Any, folder: str) -> dict[str, str]:
    """The text of a placemark by heading; extended data do not replace its own name."""
    found: dict[str, str] = {FOLDER: folder} if folder else {}
    times = (each for each in placemark if _local(each) in ("TimeStamp", "TimeSpan"))
    for each in chain(placemark, chain.from_iterable(times)):
        if _local(each) in TEXTS:
            found[_local(each)] = "".join(each.itertext()).strip()
    own = {heading.lower(): text for heading, text in found.items()}
    for each in placemark.iter():
        if _local(each) == "SimpleData":
            text = "".join(each.itertext()).strip()
        elif _local(each) == "Data":
            text = "".join(value.text or "" for value in each if _local(value) == "value").strip()
        else:
            continue
        heading = each.get("name", "").strip()
        if own.get(heading.lower()) == text:
            continue
        heading = f"ExtendedData.{heading}" if heading.lower() in own else heading
        found[heading] = f"{found[heading]}；{text}" if found.get(heading) else text
    return found


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2]
