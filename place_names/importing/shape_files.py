"""Geometries from a separate file, joined to the names by code."""

import json

from .problems import FileRefusedError
from .readers import Source


def shapes_by_code(source: Source, system: str = "") -> dict[str, str]:
    """GeoJSON text by place code from a file with a `code` column.

    The coordinates stay in the system of the file, which must agree with the chosen `system`.
    Text, because objects would need ten times the memory. Raises FileRefusedError when
    there is no such column, or a code has two shapes.
    """
    column = next((each for each in ("code", "地名代码", "CODE") if each in source.headings), None)
    if column is None:
        raise FileRefusedError(f"图形文件“{source.name}”没有code（地名代码）这一列。")
    found: dict[str, str] = {}
    for row in source.rows(system):
        code = row.values.get(column, "").strip()
        if code in found:
            raise FileRefusedError(f"图形文件“{source.name}”里代码{code}出现了两次。")
        if row.geometry is not None:
            found[code] = json.dumps(row.geometry)
    return found
