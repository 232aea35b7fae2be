"""The description of the interface as OpenAPI 3.0, made from the collections themselves."""

from place_names.open_data.http import GEOJSON, HTML, JSON
from place_names.open_data.problems import PROBLEM_TYPE

from . import crs
from .asking import DEFAULT_LIMIT, MAX_LIMIT
from .collections import COLLECTIONS, Collection
from .documents import ABSTRACT, TITLE

_URI = {"type": "string", "format": "uri", "enum": list(crs.SUPPORTED)}


def _parameter(name: str, description: str, schema: dict, **more) -> dict:
    found = {"name": name, "in": "query", "required": False, "description": description}
    return found | {"schema": schema, "style": "form", "explode": False} | more


PARAMETERS = {
    "f": _parameter("f", "格式；不写时看Accept / format; otherwise by Accept",
                    {"type": "string", "enum": ["json", "html"]}),
    "limit": _parameter("limit", "每页多少条 / features in a page",
                        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT,
                         "default": DEFAULT_LIMIT}),
    "bbox": _parameter("bbox", "范围：四个数，以度为单位 / box, four numbers in degrees",
                       {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
                       example=[113.25, 23.05, 113.4, 23.12]),
    "bbox-crs": _parameter("bbox-crs", "bbox的坐标系 / CRS of bbox", _URI | {"default": crs.CRS84}),
    "datetime": _parameter("datetime", "有效的年份：时刻或区间；起始年份不详的地名也在内 / "
                            "instant or interval; names whose first year is not known are included",
                           {"type": "string"}, example="1950-01-01/1980-12-31"),
    "crs": _parameter("crs", "结果的坐标系 / CRS of the answer", _URI | {"default": crs.CRS84}),
    "filter": _parameter("filter", "CQL2条件 / CQL2 expression", {"type": "string"},
                         example="name LIKE '%大道%' AND status = 'standard'"),
    "filter-lang": _parameter("filter-lang", "CQL2的写法 / encoding of filter",
                              {"type": "string", "enum": ["cql2-text", "cql2-json"],
                               "default": "cql2-text"}),
    "filter-crs": _parameter("filter-crs", "filter中坐标的坐标系 / CRS of the filter",
                             _URI | {"default": crs.CRS84}),
    "cursor": _parameter("cursor", "上一页给出的位置 / given by the page before",
                         {"type": "string"}),
}  # fmt: skip


def document(base: str) -> dict:
    paths = {
        "/": _get("首页", "getLandingPage", JSON),
        "/conformance": _get("符合的规范", "getConformance", JSON),
        "/collections": _get("全部数据集", "getCollections", JSON),
    }
    for of in COLLECTIONS.values():
        paths |= _paths(of)
    return {
        "openapi": "3.0.3",
        "info": {"title": TITLE, "version": "1.0.0", "description": ABSTRACT},
        "servers": [{"url": f"{base}/ogc"}],
        "paths": paths,
        "components": {
            "parameters": PARAMETERS,
            "schemas": {"problem": _PROBLEM},
            "responses": {
                "problem": {
                    "description": "有误的请求，说明怎样才对 / what was wrong, and what would be right",
                    "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/problem"}}},
                }
            },
        },
    }  # fmt: skip


_PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "detail_zh": {"type": "string"},
        "detail_en": {"type": "string"},
        "parameter": {"type": "string"},
    },
}


def _paths(of: Collection) -> dict:
    own = {"name": "id", "in": "path", "required": True, "description": "标识 / identifier",
           "schema": {"type": "string"}}  # fmt: skip
    names = ["f", "limit", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang",
             "filter-crs", "cursor"]  # fmt: skip
    order = [sign + name for name in of.sortables for sign in ("", "-")]
    sortby = _parameter(
        "sortby", "排序，前面加“-”为倒序 / order, - for descending",
        {"type": "array", "items": {"type": "string", "enum": order}},
    )  # fmt: skip
    properties = [
        _parameter(field.name, f"{field.title} / {field.english}", _flat(field.schema))
        for field in of.queryables.values()
    ]
    items = [*map(_reference, names), sortby, *properties]
    path = f"/collections/{of.id}"
    return {
        path: _get(of.title, f"get.{of.id}", JSON),
        f"{path}/queryables": _get(f"{of.title}：可筛选的属性", f"queryables.{of.id}",
                                   "application/schema+json"),
        f"{path}/sortables": _get(f"{of.title}：可排序的属性", f"sortables.{of.id}",
                                  "application/schema+json"),
        f"{path}/items": _get(of.title, f"items.{of.id}", GEOJSON, items),
        f"{path}/items/{{id}}": _get(f"{of.title}：一条", f"item.{of.id}", GEOJSON,
                                     [own, _reference("f"), _reference("crs")], "404"),
    }  # fmt: skip


def _flat(schema: dict) -> dict:
    return {name: value for name, value in schema.items() if name not in ("title", "description")}


def _reference(name: str) -> dict:
    return {"$ref": f"#/components/parameters/{name}"}


def _get(summary: str, operation: str, media: str, parameters=None, *errors: str) -> dict:
    object_ = {"schema": {"type": "object"}}
    content = {media: object_, HTML: {"schema": {"type": "string"}}}
    responses = {"200": {"description": summary, "content": content}}
    for status in ("400", *errors):
        responses[status] = {"$ref": "#/components/responses/problem"}
    return {
        "get": {
            "summary": summary,
            "operationId": operation,
            "parameters": [_reference("f")] if parameters is None else parameters,
            "responses": responses,
        }
    }
