"""Small files for import tests."""

import csv
from pathlib import Path

from place_names.names.rows import COLUMNS

CODE = "44010500423510{:06d}"


def row(serial=1, **values) -> dict[str, str]:
    """A good row of a road in 江南中街道, with what is given put over it."""
    return {
        "code": CODE.format(serial),
        "name": f"试验{serial}路",
        "specific": f"试验{serial}",
        "generic": "路",
        "category": "23510",
        "status": "standard",
        "subdistricts": "440105004",
        "lon": "113.265000",
        "lat": "23.100000",
    } | values


def csv_file(folder: Path, rows, name="names.csv", columns=COLUMNS, encoding="utf-8") -> Path:
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
