"""What GDAL does not tell of a GeoPackage: arcs that it would replace by short lines, tiles.

Runs in the child of `home.sandbox`; the file is opened read-only and nothing in it is run.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from home.sandbox import FileRefusedError

# Types of WKB that a point, line or polygon of straight parts is not.
CURVED = {
    8: "圆弧线（CircularString）",
    9: "含圆弧的线（CompoundCurve）",
    10: "含圆弧的面（CurvePolygon）",
    11: "含圆弧的线组（MultiCurve）",
    12: "含圆弧的面组（MultiSurface）",
    13: "曲线（Curve）",
    14: "曲面（Surface）",
    15: "多面体（PolyhedralSurface）",
    16: "三角网（TIN）",
    17: "三角形（Triangle）",
}
_ENVELOPES = (0, 32, 48, 48, 64)
_HEAD = 8 + 64 + 5


def refuse_what_is_no_line(path: Path, name: str) -> None:
    """Raise FileRefusedError for a GeoPackage of tiles alone, or with curves or surfaces."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.execute("PRAGMA trusted_schema = OFF")
            kinds = {kind for (kind,) in base.execute("SELECT data_type FROM gpkg_contents")}
            if kinds and not kinds & {"features", "attributes"}:
                raise FileRefusedError(f"“{name}”里只有影像瓦片，没有地名可以导入。")
            for layer, number, kind in _curved(base):
                raise FileRefusedError(
                    f"“{name}”图层“{layer}”第{number}条的图形是{kind}，地名库只存点、线、面。"
                    "请在原软件中转成折线或多边形再导入。"
                )
    except sqlite3.Error as error:
        raise FileRefusedError(f"“{name}”已损坏，或者不是GeoPackage。") from error


def _curved(base: sqlite3.Connection) -> Iterator[tuple[str, int, str]]:
    """(layer, number of the feature from 1, kind) of each curved geometry."""
    layers = base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
    for layer, column in layers:
        table, geometry = (str(each).replace('"', '""') for each in (layer, column))
        heads = base.execute(f'SELECT substr("{geometry}", 1, {_HEAD}) FROM "{table}"')  # noqa: S608
        for number, (head,) in enumerate(heads, 1):
            if kind := CURVED.get(_type(head)):
                yield layer, number, kind


def _type(head: object) -> int:
    """The WKB type behind the header of a GeoPackage geometry, without Z and M; 0: none."""
    if not isinstance(head, bytes) or head[:2] != b"GP" or len(head) < 13:
        return 0
    envelope = head[3] >> 1 & 0b111
    if envelope >= len(_ENVELOPES):
        return 0
    start = 8 + _ENVELOPES[envelope]
    order = "little" if head[start : start + 1] == b"\x01" else "big"
    return int.from_bytes(head[start + 1 : start + 5], order) % 1000
