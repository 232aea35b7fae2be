"""Vector formats through GDAL (`pyogrio`), for the child of `home.sandbox`.

GDAL guesses the format from the content and follows what a file refers to: a VRT that calls
itself "x.gpkg" opens the site's database. So one driver alone stays registered, it opens a
plain path in the private folder, and what it may resolve is switched off.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from home.sandbox import FileRefusedError, archives

from . import dbase, geopackage, text_encoding
from .reading import Description, Layer, Reading
from .tables import Row, cell_text

BATCH = 2000
MAX_LAYERS = 100
MAX_UNPACKED = 200 << 20
SQLITE = b"SQLite format 3\x00"
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NO_COMPONENT = (
    "本机没有安装读取Shapefile和GeoPackage的组件。"
    "请管理员执行 pip install pyogrio，或先转成GeoJSON再导入。"
)
# Nothing is fetched, resolved, extended or written next to the file.
OPTIONS = {
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "CPL_CURL_ENABLE_VSIMEM": "NO",
    "GDAL_DISABLE_READDIR_ON_OPEN": "YES",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_PAM_ENABLED": "NO",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_SAVE_RESOLVED_TO": None,
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": None,
    "SPATIALITE_SECURITY": None,
}


@dataclass(frozen=True)
class Format:
    """A format that may be opened: its driver in GDAL and options for opening."""

    driver: str
    suffix: str
    starts: tuple[bytes, ...] = ()
    options: dict[str, str] = field(default_factory=dict)


FORMATS = {
    ".gpkg": Format("GPKG", ".gpkg", (SQLITE,), {"LIST_ALL_TABLES": "NO"}),
    ".shp": Format("ESRI Shapefile", ".shp", (b"\x00\x00\x27\x0a",)),
    ".zip": Format("ESRI Shapefile", ".shp", (b"PK\x03\x04",)),
    ".gml": Format("GML", ".gml", (), {"DOWNLOAD_SCHEMA": "NO", "SKIP_RESOLVE_ELEMS": "ALL"}),
}


def describe(path: Path, name: str, reading: Reading, known: Iterable[str]) -> Description:
    """The layers that have content, and the columns and system of the one to be read."""
    opened = _open(path, name)
    if opened.suffix == ".gpkg":
        geopackage.refuse_what_is_no_line(opened.path, name)
    layers = _layers(opened, name)
    if reading.layer and reading.layer not in [each.name for each in layers]:
        raise FileRefusedError(f"“{name}”里没有图层“{reading.layer}”，或者它是空的。")
    notes: list[str] = []
    doubts: dict[str, str] = {}
    if opened.table:
        encoding, doubts, notes = _table_encoding(opened, reading)
        reading = replace(reading, encoding=encoding)
    layer = reading.layer or layers[0].name
    info = _info(opened, layer, reading, name)
    settled = replace(reading, layer=layer) if len(layers) == 1 else reading
    crs, crs_name = _system(info["crs"])
    return Description(
        list(info["fields"]), settled, layers, doubts, crs=crs, crs_name=crs_name, notes=notes
    )


def rows(path: Path, name: str, reading: Reading) -> Iterator[Row]:
    """The features of a layer; the first has line 2, as in a table with a heading."""
    opened = _open(path, name)
    options = _options(opened, reading) | ({"layer": reading.layer} if reading.layer else {})
    start = 0
    while True:
        try:
            meta, _, shapes, columns = opened.pyogrio.raw.read(
                opened.path, skip_features=start, max_features=BATCH, **options
            )
        except (*_errors(opened.pyogrio), UnicodeError) as error:
            raise FileRefusedError(f"“{name}”从第{start + 1}条起读不下去。") from error
        names, count = list(meta["fields"]), len(columns[0]) if len(columns) else len(shapes)
        for number in range(count):
            values = {
                key: cell_text(_plain(column[number]))
                for key, column in zip(names, columns, strict=True)
            }
            geometry = _geometry(shapes[number]) if shapes is not None else None
            yield start + number + 2, values, geometry, {}
        if count < BATCH:
            return
        start += BATCH


def _layers(opened: "Opened", name: str) -> list[Layer]:
    try:
        names = [str(each) for each, _ in opened.pyogrio.list_layers(opened.path)][:MAX_LAYERS]
        counts = dict(_counts(opened, names))
    except opened.pyogrio.errors.GeometryError as error:
        raise FileRefusedError(
            f"“{name}”里有地名库不能存的图形（三角网、多面体或曲线），请转成折线或多边形再导入。"
        ) from error
    except _errors(opened.pyogrio) as error:
        raise FileRefusedError(f"“{name}”已损坏，或者不是{opened.suffix}格式。") from error
    if not counts:
        raise FileRefusedError(f"“{name}”里没有矢量图层（可能只有影像瓦片），没有地名可以导入。")
    found = [Layer(each, count) for each, count in counts.items() if count]
    return found or [Layer(names[0], 0)]


def _counts(opened: "Opened", names: list[str]) -> Iterator[tuple[str, int]]:
    """(layer, number of its features); other tables of a GeoPackage are listed, but no layers."""
    for name in names:
        with suppress(opened.pyogrio.errors.DataLayerError):
            yield name, _count(opened, name)


def _count(opened: "Opened", layer: str) -> int:
    info = opened.pyogrio.read_info(
        opened.path, layer=layer, force_feature_count=True, **_options(opened, Reading())
    )
    return info["features"]


def _info(opened: "Opened", layer: str, reading: Reading, name: str) -> dict:
    try:
        return opened.pyogrio.read_info(opened.path, layer=layer, **_options(opened, reading))
    except (*_errors(opened.pyogrio), UnicodeError) as error:
        raise FileRefusedError(f"“{name}”已损坏，或者不是{opened.suffix}格式。") from error


def _options(opened: "Opened", reading: Reading) -> dict:
    """Options for reading; the text of a Shapefile is in an encoding that we found out."""
    if not opened.table:
        return opened.options
    encoding = "utf-8" if reading.encoding == "utf-8-sig" else reading.encoding
    return opened.options | {"encoding": encoding or "iso-8859-1"}


def _table_encoding(opened: "Opened", reading: Reading) -> tuple[str, dict[str, str], list[str]]:
    """(encoding, samples of those in doubt, notes) of the attribute table of a Shapefile."""
    texts = list(dbase.texts(opened.table))
    label = opened.table.with_suffix(".cpg")
    said = label.read_text("ascii", "replace")[:40].strip() if label.exists() else ""
    declared = text_encoding.python_name(said) or dbase.language(opened.table)
    odd = [each for each in texts if not each.isascii()]
    if reading.encoding:
        chosen, doubts = reading.encoding, ()
    else:
        verdict = text_encoding.of_fields(texts, declared)
        chosen, doubts = verdict.encoding, verdict.doubts
    samples = {each: b" ".join(odd[:8]).decode(each, "replace")[:40] for each in doubts}
    notes = []
    if said and odd and not doubts and declared != chosen and not reading.encoding:
        notes.append(f"文件自称编码是{said}，但内容不是，已按{chosen.upper()}读取。")
    if cut := text_encoding.cut_off(odd, "utf-8" if chosen == "utf-8-sig" else chosen):
        notes.append(f"有{cut}处文字在字段末尾断在半个字上：原字段太短，请核对这些内容是否完整。")
    return chosen, samples, notes


def _system(found: str | None) -> tuple[str, str]:
    """The system of a layer as (EPSG code or empty, its name); both empty where none is told."""
    if not found:
        return "", ""
    if found.startswith(("EPSG:", "OGC:CRS84")):
        return found, found
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        crs = CRS.from_user_input(found)
        number = crs.to_epsg()
    except CRSError:
        return "", "认不出的坐标系"
    return (f"EPSG:{number}" if number else ""), crs.name[:200]


def _geometry(wkb: bytes | None) -> dict | None:
    """GeoJSON of a geometry; a broken one is told by its type."""
    from shapely import from_wkb
    from shapely.errors import GEOSException, ShapelyError
    from shapely.geometry import mapping

    if wkb is None:
        return None
    try:
        return mapping(from_wkb(wkb))
    except (GEOSException, ShapelyError, ValueError, AttributeError):
        return {"type": "", "fault": "图形读不出，可能没有闭合，或者少于最少的点数"}


@dataclass(frozen=True)
class Opened:
    """Pyogrio with one driver left, the path to open, and the attribute table of a Shapefile."""

    pyogrio: Any
    path: Path
    suffix: str
    options: dict[str, str]
    table: Path | None = None


def _errors(pyogrio) -> tuple[type[Exception], ...]:
    errors = pyogrio.errors
    return (
        errors.DataSourceError, errors.DataLayerError, errors.FeatureError,
        errors.FieldError, errors.GeometryError,
    )  # fmt: skip


def _open(path: Path, name: str) -> Opened:
    """Make a file ready to be opened by its one driver; refuses a wrong label."""
    suffix = PurePosixPath(name.lower()).suffix
    format = FORMATS[suffix]
    with path.open("rb") as file:
        head = file.read(16)
    if format.starts and not head.startswith(format.starts):
        raise FileRefusedError(f"“{name}”已损坏，或者内容不是{suffix}格式。")
    pyogrio = _pyogrio_with(format.driver)
    if suffix == ".zip":
        layer = _unpacked_shapefile(path, name)
        table = layer.with_suffix(".dbf")
        return Opened(pyogrio, layer, suffix, format.options, table if table.exists() else None)
    opened = path.with_name(f"layer{format.suffix}")
    if not opened.exists():
        opened.hardlink_to(path)
    return Opened(pyogrio, opened, suffix, format.options)


def _pyogrio_with(driver: str):
    try:
        import pyogrio
        from pyogrio._ogr import _register_drivers
    except ImportError as error:
        raise FileRefusedError(NO_COMPONENT) from error
    pyogrio.set_gdal_config_options({"GDAL_SKIP": None})
    _register_drivers()  # Brings back what an earlier call has skipped.
    others = sorted(set(pyogrio.list_drivers()) - {driver})
    pyogrio.set_gdal_config_options({**OPTIONS, "GDAL_SKIP": ",".join(others)})
    _register_drivers()
    if set(pyogrio.list_drivers()) != {driver}:
        raise FileRefusedError(NO_COMPONENT)
    return pyogrio


def _unpacked_shapefile(path: Path, name: str) -> Path:
    """The one Shapefile of an archive, unpacked under a name of our own."""
    members = archives.check(path, max_unpacked=MAX_UNPACKED)
    shapes = [each for each in members if each.lower().endswith(".shp")]
    if len(shapes) != 1:
        raise FileRefusedError(f"“{name}”里须有且只有一个.shp文件，现有{len(shapes)}个。")
    stem = shapes[0][:-4]
    lower = {member.lower() for member in members}
    missing = [each for each in (".shx", ".dbf") if f"{stem.lower()}{each}" not in lower]
    if missing:
        raise FileRefusedError(
            f"“{name}”里缺少{'和'.join(missing)}：Shapefile的.shp、.shx、.dbf须一起压缩。"
        )
    wanted = {}
    for member in members:
        part = member[len(stem) :].lower()
        if member.startswith(stem) and part in SHAPEFILE_PARTS:
            wanted[member] = f"layer{part}"
    archives.unpack(path, path.parent, wanted)
    return path.with_name("layer.shp")


def _plain(value: object):
    value = value.item() if hasattr(value, "item") else value
    return None if value is None or value != value else value
