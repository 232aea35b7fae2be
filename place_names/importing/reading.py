"""How a file is to be read: what the file says, what was guessed, and what the officer chose."""

from dataclasses import asdict, dataclass, field

CLEAR = ("EPSG:4490", "EPSG:4326", "OGC:CRS84", "EPSG:4979", "EPSG:4480")
"""Systems of files that need no conversion: CGCS2000 and WGS84 in degrees."""

MAX_UNPACKED = 200 << 20


@dataclass(frozen=True)
class Reading:
    """Empty values mean: as the file itself tells. `heading_row` counts from 1.

    `max_unpacked` is how many bytes a workbook may unpack to.
    """

    encoding: str = ""
    layer: str = ""  # sheet of a workbook, layer of a vector file
    heading_row: int = 0
    delimiter: str = ""
    max_unpacked: int = MAX_UNPACKED

    def as_json(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Layer:
    """A sheet or layer that has content; `count` is the number of rows, None if not known."""

    name: str
    count: int | None = None


@dataclass
class Description:
    """What was found in a file without reading it whole; JSON values only.

    `doubts` are encodings that the bytes allow (with a sample of the text), empty when one is
    certain. `top` are the first rows of a table. `crs` is the coordinate system that the file
    names, as an EPSG code or else in its own words.
    """

    headings: list[str]
    reading: Reading
    layers: list[Layer] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)
    top: list[list[str]] = field(default_factory=list)
    crs: str = ""
    crs_name: str = ""
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict) -> "Description":
        layers = [Layer(**each) for each in found["layers"]]
        return cls(**found | {"reading": Reading(**found["reading"]), "layers": layers})
