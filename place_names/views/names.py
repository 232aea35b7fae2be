"""Search and browsing of place names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import home.subdistricts
from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from place_names.models import RegisterSettings
from place_names.names import addresses, listing

from . import found
from .found import HITS_MAY_LAG
from .paging import page_number

ROOT = "地名"
WAYS = (
    ("place_names:subdistricts", "area", "按街道看", "18个街道的范围、相邻街道和地名"),
    ("place_names:boundaries", "border", "行政区域界线", "38条街级界线的走向和长度"),
    ("place_names:statistics", "chart", "地名统计", "按类别、街道、通名、年代的图和表"),
    ("place_names:download", "download", "下载地名数据", "Excel、地图文件和程序接口"),
    ("place_names:compare", "check", "核对一批地名", "上传名单，查出每个名称的代码和标准写法"),
    ("place_names:naming_check", "sign", "地名命名预审", "起名以前查重名、同音和用字"),
    ("place_names:proposals", "talk", "正在征求意见的地名", "看拟用的名称，说说您的意见"),
)
"""Where else the start page leads: name of the URL, icon, title, one line."""


@public_page(paginated=True, until_next_minute=HITS_MAY_LAG)
def index(request: HttpRequest) -> HttpResponse:
    """Names by what was typed and chosen, with counts by facet. Odd input is explained."""
    categories = memoized("categories", found.categories)
    subdistricts = dict(home.subdistricts.subdistricts())
    asked, ignored = listing.read(
        request.GET, {"category": categories, "subdistrict": subdistricts}
    )
    code = addresses.typed_code(asked.q)
    if code and (current := addresses.current_code(code)):
        return redirect("place_names:place_name", current)
    number = page_number(request.GET.get("page"))

    def make() -> dict:
        return found.listed(asked, number, categories, subdistricts)

    plain = asked == listing.Asked() and not HITS_MAY_LAG
    year, address = asked.year_number, asked.address()
    context = {
        "breadcrumbs": [(None, ROOT)],
        "asked": asked,
        "query": asked.q,
        "year": year,
        "wrong_year": bool(asked.year) and year is None,
        "ignored": ignored,
        "filtered": asked.is_filtered,
        "asks": bool(asked.q or asked.near or asked.is_filtered),
        "chosen_filters": listing.chosen_filters(asked, categories, subdistricts),
        "unknown_address": asked.address(start="unknown"),
        "map_address": asked.address(sort="", near=""),
        "query_prefix": address + "&" if address else "",
        "sorts": [
            (value, label, asked.address(sort=value))
            for value, label in listing.SORTS.items()
            if value != "distance" or asked.point
        ],
        "register": RegisterSettings.in_force(),
        "ways": WAYS,
        **(memoized(("all names", number), make) if plain else make()),
    }
    return render(request, "place_names/index.html", context)
