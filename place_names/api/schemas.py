"""What the API answers, field by field: the descriptions are its documentation."""

from datetime import date, datetime

from ninja import Field, Schema

from .looking_up import Matched


class Named(Schema):
    code: str
    name: str


class VariantOut(Schema):
    kind: str = Field(
        description="alias 别名、short 简称、former 曾用名、dialect 方言读音、foreign 外文名或旧拼法"
    )
    name: str
    romanisation: str
    year_from: int | None
    year_to: int | None


class SpanOut(Schema):
    name: str
    romanisation: str
    year_from: int | None = Field(description="起用年份，null为不详")
    year_to: int | None = Field(description="停用年份，null为不详或沿用至今")
    code: str = Field(description="记载该名称的地名代码")


class PlaceOut(Schema):
    code: str
    name: str
    romanisation: str
    status: str = Field(description="standard 标准、historical 历史、abolished 已废止")
    category: Named
    subdistricts: list[Named] = Field(description="所在街道，第一个为主要街道")
    year_established: int | None
    year_abolished: int | None
    point: list[float] | None = Field(description="经度、纬度（CGCS2000）")
    address: str = Field(description="公众页面")


class FoundPlace(PlaceOut):
    distance: float | None = Field(description="问了near时相距多少米")
    geometry: dict | None = Field(None, description="问了geometry=true时：GeoJSON（CGCS2000）")
    reason: str = Field(description="为什么找到，可为空")
    names_then: list[str] = Field(description="问了年份时，该年的曾用名")
    start_known: bool = Field(
        description="起始年份是否有记载；false时该地名在所问的年份是否已有，并不知道"
    )


class PlacePage(Schema):
    label: str = Field(description="数据标注，例如“示例数据”")
    total: int
    more: bool = Field(
        description="true时还有更多：条数只数到10,000，翻页只到第500页，全部请用list"
    )
    start_unknown: int | None = Field(
        description="问了年份时：起始年份不详、该年是否已有并不知道的条数，用start=unknown列出"
    )
    page: int
    pages: int
    items: list[FoundPlace]


class PlaceDetail(PlaceOut):
    label: str
    specific: str
    generic: str
    meaning: str
    origin: str
    history: str
    description: str
    sources: str
    variants: list[VariantOut]
    replaced_by: list[Named] = Field(description="不再使用的地名：更名后、并入或分立后的地名")
    geometry: dict | None = Field(description="GeoJSON（CGCS2000），精度由主管单位设定")


class HistoryOut(Schema):
    label: str
    code: str
    year: int | None
    names: list[SpanOut] = Field(description="问了年份时，为该年的名称；否则为全部名称")
    became: list[Named] = Field(description="更名后的、并入的、由它分立或析出的地名")
    came_from: list[Named] = Field(description="更名前的、并入本地名的、分立或析出本地名的地名")


class RecordOut(Schema):
    code: str
    name: str
    romanisation: str | None
    romanisation_plain: str | None
    specific: str | None
    generic: str | None
    category: str
    category_name: str
    status: str = Field(description="standard 标准、historical 历史、abolished 已废止")
    subdistrict: str | None = Field(description="主要街道代码")
    subdistrict_name: str | None
    subdistricts: list[str] = Field(description="所在街道代码，第一个为主要街道")
    year_established: int | None
    year_abolished: int | None
    lon: float | None = Field(description="东经（CGCS2000）")
    lat: float | None
    meaning: str | None
    origin: str | None
    history: str | None
    description: str | None
    sources: str | None
    remarks: str | None
    variants: list[str] = Field(description="其他名称，写作 种类:名称[起-止]")
    approving_body: str | None = Field(description="批准机关")
    approval_document: str | None = Field(description="批准文件")
    approved_on: date | None = Field(description="批准日期")
    abolition_ground: str | None = Field(description="废止依据")
    updated: datetime
    geometry: dict | None = Field(None, description="问了geometry=true时：GeoJSON（CGCS2000）")


class RecordList(Schema):
    label: str = Field(description="数据标注，例如“示例数据”")
    total: int = Field(description="符合条件的全部条数，各页相同")
    start_unknown: int | None = Field(
        description="问了年份时：起始年份不详、该年是否已有并不知道的条数，用start=unknown列出"
    )
    next: str | None = Field(description="下一页的网址，null为没有下一页")
    items: list[RecordOut]


class SuggestionOut(Named):
    reason: str
    address: str


class Count(Named):
    count: int


class FacetsOut(Schema):
    total: int
    category: list[Count]
    subdistrict: list[Count]
    status: list[Count]


class NearOut(Named):
    category: str
    point: list[float]
    distance: float = Field(description="相距多少米，到地名的位置点")
    bearing: float = Field(description="从所问的点看过去的方位角：0为正北，90为正东")
    address: str


class ReverseOut(Schema):
    label: str
    point: list[float] = Field(description="所问的点，已转换为CGCS2000经度、纬度")
    note: str = Field(description="坐标转换的精度；所问的点在本区以外时也写明。都没有时为空")
    subdistrict: Named | None = Field(description="所在街道，null为不在本区街道范围内")
    names: list[NearOut] = Field(description="最近的标准地名")


class LookupIn(Schema):
    texts: list[str] = Field(
        description="地名、其他名称、拼音（有无声调、空格都行）或20位代码，最多1000个",
        examples=[["江南大道中", "Jiangnan Dadao Zhong", "44010500012100000001"]],
        max_length=1000,
    )


class LookedUp(Named):
    matched: Matched = Field(
        description="name 标准名称、other_name 其他名称、code 代码、former_code 更正前的代码、"
        "pinyin 标准名称的拼写、other_pinyin 其他名称的拼写"
    )
    score: float = Field(
        description="0至100：标准名称和代码100，其他名称90；拼写按声调：都相同95，没有写90，不同80，"
        "其他名称的再乘以0.9"
    )


class LookupOut(Schema):
    text: str
    places: list[LookedUp] = Field(description="公开地名，可有几条，分数高的在前")


class LookupList(Schema):
    label: str
    found: int = Field(description="查到的个数")
    items: list[LookupOut] = Field(description="与所问的次序相同")
