"""Shapefile and GeoPackage, through `pyogrio`: an optional extra whose wheel brings GDAL."""

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .problems import FileRefusedError

if TYPE_CHECKING:
    from .readers import Source, SourceRow

BATCH = 2000


def _pyogrio():
    try:
        import pyogrio
    except ImportError as error:
        raise FileRefusedError(
            "本机没有安装读取Shapefile和GeoPackage的组件。"
            "请管理员执行 pip install pyogrio，或先转成GeoJSON再导入。"
        ) from error
    return pyogrio


def _address(source: "Source") -> str:
    """What GDAL opens: for a Shapefile the one .shp in the archive."""
    if not source.name.lower().endswith(".zip"):
        return str(source.path)
    try:
        with zipfile.ZipFile(source.path) as archive:
            shapes = [e.filename for e in archive.infolist() if e.filename.lower().endswith(".shp")]
    except zipfile.BadZipFile as error:
        raise FileRefusedError(f"“{source.name}”不是完整的压缩包。") from error
    if len(shapes) != 1:
        raise FileRefusedError(f"“{source.name}”里须有且只有一个.shp文件，现有{len(shapes)}个。")
    # The braces tell GDAL where the archive ends, whatever its name ends with.
    return f"/vsizip/{{{source.path}}}/{shapes[0]}"


def headings(source: "Source") -> list[str]:
    pyogrio = _pyogrio()
    try:
        return list(pyogrio.read_info(_address(source))["fields"])
    except pyogrio.errors.DataSourceError as error:
        raise FileRefusedError(f"“{source.name}”已损坏，或不是Shapefile、GeoPackage。") from error


def rows(source: "Source") -> Iterator["SourceRow"]:
    from shapely import from_wkb
    from shapely.geometry import mapping

    from .readers import SourceRow, _cell_text

    pyogrio = _pyogrio()
    address, start = _address(source), 0
    while True:
        try:
            meta, _, shapes, columns = pyogrio.raw.read(
                address, skip_features=start, max_features=BATCH
            )
        except pyogrio.errors.DataSourceError as error:
            raise FileRefusedError(f"“{source.name}”从第{start + 1}条起读不下去。") from error
        names = list(meta["fields"])
        for number, shape in enumerate(shapes):
            values = {
                name: _plain(column[number], _cell_text)
                for name, column in zip(names, columns, strict=True)
            }
            geometry = mapping(from_wkb(shape)) if shape is not None else None
            yield SourceRow(start + number + 2, values, _as_lists(geometry))
        if len(shapes) < BATCH:
            return
        start += BATCH


def _plain(value: object, text) -> str:
    value = value.item() if hasattr(value, "item") else value
    return "" if value is None or value != value else text(value)


def _as_lists(geometry: dict | None) -> dict | None:
    if geometry is None:
        return None

    def walk(part):
        return [walk(each) for each in part] if isinstance(part, list | tuple) else part

    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}
