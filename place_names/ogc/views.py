"""The addresses under `/ogc/`, each as JSON for programs and as a page for people."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from home.pages.sitemap import public_url
from place_names.models import RegisterSettings
from place_names.open_data.http import GEOJSON, HTML, JSON, chosen_format, json_response, open_data
from place_names.open_data.problems import RequestError, shown

from . import asking, crs, documents, features, openapi
from .collections import COLLECTIONS, Collection

SCHEMA = "application/schema+json"


def _format(request: HttpRequest, media: str = JSON) -> str:
    alike = (("json", media), ("json", JSON), ("html", HTML))
    return chosen_format(request, alike if media != JSON else alike[1:])


def _base(request: HttpRequest) -> str:
    return public_url(request, "/").rstrip("/")


def _asked(name: str) -> Collection:
    if name not in COLLECTIONS:
        listed = ", ".join(COLLECTIONS)
        raise RequestError(
            f"没有数据集“{shown(name)}”。有：{listed}。",
            f'There is no collection "{shown(name)}"; there are {listed}.',
            status=404,
        )
    return COLLECTIONS[name]


def _page(request: HttpRequest, title: str, data: dict | None = None, **shown_data) -> HttpResponse:
    """A document for people. `trail` are (address, title) of what it stands below."""
    trail = [(reverse("ogc:landing"), "开放数据"), *shown_data.pop("trail", [])]
    own = [] if request.path == reverse("ogc:landing") else [(None, title)]
    context = {
        "breadcrumbs": [(reverse("place_names:index"), "地名"), *trail, *own],
        "title": title,
        "register": RegisterSettings.in_force(),
        "links": (data or {}).get("links", []),
        **shown_data,
    }
    return render(request, "place_names/ogc.html", context)


@open_data
def landing(request: HttpRequest) -> HttpResponse:
    asking.single_values(request.GET, ("f",))
    shown_as = _format(request)
    document = documents.landing(_base(request), shown_as)
    if shown_as == "json":
        return json_response(document)
    return _page(request, documents.TITLE, document, lead=documents.ABSTRACT, address=_base(request) + request.path,
                 collections=COLLECTIONS.values())  # fmt: skip


@open_data
def conformance(request: HttpRequest) -> HttpResponse:
    asking.single_values(request.GET, ("f",))
    if _format(request) == "json":
        return json_response(documents.conformance())
    return _page(request, "符合的规范", plain=documents.CONFORMANCE)


@open_data
def api(request: HttpRequest) -> HttpResponse:
    asking.single_values(request.GET, ("f",))
    document = openapi.document(_base(request))
    alike = (("json", documents.OPENAPI), ("json", JSON), ("html", HTML))
    if chosen_format(request, alike) == "json":
        return json_response(document, documents.OPENAPI)
    rows = [(path, each["get"]["summary"]) for path, each in document["paths"].items()]
    parameters = [(name, each["description"]) for name, each in openapi.PARAMETERS.items()]
    tables = [("地址", ("地址", "内容"), rows), ("参数", ("参数", "说明"), parameters)]
    return _page(request, "接口说明", tables=tables)


@open_data
def collections(request: HttpRequest) -> HttpResponse:
    asking.single_values(request.GET, ("f",))
    shown_as = _format(request)
    document = documents.collections(_base(request), shown_as)
    if shown_as == "json":
        return json_response(document)
    return _page(request, "数据集", document, collections=COLLECTIONS.values())


@open_data
def collection(request: HttpRequest, name: str) -> HttpResponse:
    of = _asked(name)
    asking.single_values(request.GET, ("f",))
    shown_as = _format(request)
    document = documents.collection(_base(request), of, shown_as)
    if shown_as == "json":
        return json_response(document)
    rows = [(field.name, field.title, field.english) for field in of.fields]
    tables = [("属性", ("名称", "中文", "说明"), rows)]
    return _page(request, of.title, document, lead=of.description, tables=tables)


@open_data
def queryables(request: HttpRequest, name: str) -> HttpResponse:
    return _properties(request, name, "可筛选的属性", documents.queryables)


@open_data
def sortables(request: HttpRequest, name: str) -> HttpResponse:
    return _properties(request, name, "可排序的属性", documents.sortables)


def _properties(request: HttpRequest, name: str, title: str, make) -> HttpResponse:
    of = _asked(name)
    asking.single_values(request.GET, ("f",))
    document = make(_base(request), of)
    if _format(request, SCHEMA) == "json":
        return json_response(document, SCHEMA)
    rows = [
        (key, schema.get("title", ""), schema.get("description", ""))
        for key, schema in document["properties"].items()
    ]
    tables = [(title, ("名称", "中文", "说明"), rows)]
    return _page(request, title, tables=tables, trail=[(documents.path_of(of), of.title)])


@open_data
def items(request: HttpRequest, name: str) -> HttpResponse:
    of = _asked(name)
    asked = asking.read(of, request.GET)
    shown_as = _format(request, GEOJSON)
    base = _base(request)
    page = features.collection_page(of, asked, base, request.GET, shown_as)
    if shown_as == "json":
        response = HttpResponse(page.as_json(), GEOJSON)
        response.headers["Content-Crs"] = f"<{asked.system}>"
        return response
    found = [json.loads(text) for text in page.features]
    headings, rows = features.columns(of, found)
    addresses = [reverse("ogc:item", args=[of.id, each["id"]]) for each in found]
    links = page.document["links"]
    return _page(
        request, f"{of.title}：数据", page.document, trail=[(documents.path_of(of), of.title)],
        headings=headings, rows=list(zip(addresses, rows, strict=True)),
        matched=page.document["numberMatched"],
        following=[each["href"] for each in links if each["rel"] == "next"],
    )  # fmt: skip


@open_data
def item(request: HttpRequest, name: str, identifier: str) -> HttpResponse:
    of = _asked(name)
    given = asking.single_values(request.GET, ("f", "crs"))
    system = crs.read(given["crs"], "crs") if "crs" in given else crs.CRS84
    shown_as = _format(request, GEOJSON)
    try:
        text = features.single(of, identifier, system, _base(request), shown_as)
    except RequestError:
        current = features.current_identifier(of, identifier)
        if not current:
            raise
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("ogc:item", args=[of.id, current]) + query, permanent=True)
    if shown_as == "json":
        response = HttpResponse(text, GEOJSON)
        response.headers["Content-Crs"] = f"<{system}>"
        return response
    trail = [(documents.path_of(of), of.title), (reverse("ogc:items", args=[of.id]), "数据")]
    found = json.loads(text)
    tables = [("属性", ("名称", "内容"), features.facts(of, found))]
    return _page(request, str(found["properties"].get("name") or identifier), found,
                 trail=trail, tables=tables)  # fmt: skip


@open_data
def unknown(request: HttpRequest, path: str) -> HttpResponse:
    """Any other address under `/ogc/`: a program reads a problem document better than a page."""
    start = reverse("ogc:landing")
    raise RequestError(
        f"没有这个地址。请从{start}开始。", f"Not found; start from {start}.", status=404
    )
