"""The collections of features: what each offers, and how its records are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from place_names.geometry.coordinates import published, published_point
from place_names.models import BoundaryLine, Community, PlaceName, Sign, Subdistrict
from place_names.open_data.fields import BATCH, PLACE_FIELDS, Field, place_rows
from place_names.open_data.keyset import SortKey

Rows = Iterator[tuple[dict, dict | None]]
EXTENT = ("min_lon", "min_lat", "max_lon", "max_lat")
POINT = ("lon", "lat", "lon", "lat")


@dataclass(frozen=True)
class Collection:
    """A collection; `records` are those that the public may see, whatever is asked for.

    `extent` has the columns of west, south, east and north; empty where nothing is located.
    """

    id: str
    title: str
    english: str
    description: str
    fields: tuple[Field, ...]
    records: Callable[[], QuerySet]
    rows: Callable[[QuerySet, int], Rows]
    key: str = "code"
    extent: tuple[str, ...] = ()
    address: str = ""  # the name of the view that shows a record to people
    has_years: bool = False

    @property
    def queryables(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields if field.path}

    @property
    def sortables(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields if field.sortable}

    @property
    def tie_breaker(self) -> SortKey:
        """The identifier, which is unique."""
        return SortKey(self.queryables[self.key].path)

    @property
    def is_points(self) -> bool:
        return self.extent == POINT

    def page_of(self, identifier: str) -> str:
        """The address of the page that shows a record to people; empty if there is none."""
        return reverse(self.address, args=[identifier]) if self.address else ""


def _stored_rows(fields: tuple[Field, ...], geometry: str = "geometry"):
    """Reads records whose fields are all columns; `geometry` names how they are located."""
    located = {"geometry": ["geometry"], "point": ["lon", "lat"], "": []}[geometry]

    def rows(records: QuerySet, decimals: int) -> Rows:
        paths = [field.path for field in fields]
        for row in records.values_list(*located, *paths).iterator(BATCH):
            where, values = row[: len(located)], row[len(located) :]
            shape = None
            if geometry == "geometry":
                shape = published(where[0], decimals)
            elif geometry == "point":
                shape = {"type": "Point", "coordinates": published_point(*where, decimals)}
            yield dict(zip((field.name for field in fields), values, strict=True)), shape

    return rows


_SUBDISTRICTS = (
    Field("code", "code", "string", "区划代码", "9-digit code, the identifier", sortable=True),
    Field("name", "name", "string", "名称", "Name in Chinese characters", sortable=True),
    Field("romanisation", "romanisation", "string", "罗马字母拼写", "Hanyu Pinyin with tones"),
    Field("area", "area", "number", "面积（平方米）", "Area in square metres", sortable=True,
          nullable=True),
    Field("description", "description", "string", "概况", "Description"),
)  # fmt: skip
_COMMUNITIES = (
    Field("code", "code", "string", "区划代码", "12-digit code, the identifier", sortable=True),
    Field("name", "name", "string", "名称", "Name in Chinese characters", sortable=True),
    Field("subdistrict", "subdistrict__code", "string", "街道代码", "Code of its subdistrict"),
    Field("subdistrict_name", "subdistrict__name", "string", "街道", "Name of its subdistrict"),
)  # fmt: skip
_LINES = (
    Field("number", "number", "string", "编号", "Number, the identifier", sortable=True),
    Field("kind", "kind", "string", "类型",
          "subdistrict (between two of ours) or district (between ours and another)",
          values=tuple(BoundaryLine.Kind.values)),
    Field("left", "left__code", "string", "一侧街道代码", "Code of the subdistrict left of the line",
          nullable=True),
    Field("left_name", "left__name", "string", "一侧街道", "Subdistrict left of the line",
          nullable=True),
    Field("right", "right__code", "string", "另一侧街道代码",
          "Code of the subdistrict right of the line", nullable=True),
    Field("right_name", "right__name", "string", "另一侧街道", "Subdistrict right of the line",
          nullable=True),
    Field("outside", "outside", "string", "相邻的区", "Neighbouring district"),
    Field("length", "length_m", "number", "长度（米）", "Length in metres", sortable=True,
          nullable=True),
    Field("description", "description", "string", "走向说明", "Course of the line"),
)  # fmt: skip
_SIGNS = (
    Field("number", "number", "string", "标志编号", "Number, the identifier", sortable=True),
    Field("kind", "kind", "string", "类型", "Kind of sign", values=tuple(Sign.Kind.values)),
    Field("place", "place__code", "string", "地名代码", "Code of the name on the sign"),
    Field("place_name", "place__name", "string", "地名", "The name on the sign"),
)  # fmt: skip

COLLECTIONS = {
    each.id: each
    for each in (
        Collection(
            "place-names", "地名", "Place names",
            "海珠区公开的地名：标准地名、历史地名和已废止的地名，含点、线、面。",
            PLACE_FIELDS, lambda: PlaceName.objects.published().with_public_end(), place_rows,
            extent=EXTENT, address="place_names:place_name", has_years=True,
        ),
        Collection(
            "subdistricts", "街道", "Subdistricts", "海珠区18个街道的范围，示意图，非勘界依据。",
            _SUBDISTRICTS, Subdistrict.objects.all, _stored_rows(_SUBDISTRICTS),
            extent=EXTENT, address="place_names:subdistrict",
        ),
        Collection(
            "boundary-lines", "行政区域界线", "Boundary lines",
            "街级和区级行政区域界线，示意图，非勘界依据。",
            _LINES, BoundaryLine.objects.all, _stored_rows(_LINES), key="number", extent=EXTENT,
        ),
        Collection(
            "communities", "社区居委会", "Residents' communities",
            "各街道的社区居委会。只有代码和名称，没有图形。",
            _COMMUNITIES, Community.objects.all, _stored_rows(_COMMUNITIES, ""),
        ),
        Collection(
            "signs", "地名标志", "Place-name signs", "街上的地名标志，标志上写的都是公开的地名。",
            _SIGNS, lambda: Sign.objects.filter(place__in=PlaceName.objects.published()),
            _stored_rows(_SIGNS, "point"), key="number", extent=POINT,
        ),
    )
}  # fmt: skip
