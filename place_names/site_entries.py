"""The parts of the sitemap that the register provides: names, subdistricts and lists."""

from django.urls import reverse

from home.pages.sitemap import Entry, Part

from .models import PlaceName, Subdistrict

LISTS = (
    ("index", "地名"),
    ("map", "地名地图"),
    ("subdistricts", "街道"),
    ("boundaries", "行政区域界线"),
    ("statistics", "地名统计"),
    ("download", "下载地名数据"),
    ("compare", "核对一批地名"),
    ("naming_check", "地名命名预审"),
    ("naming_progress", "查地名申请进度"),
    ("proposals", "地名命名征求意见"),
    ("non_standard", "不规范地名清单"),
)


def parts() -> list[Part]:
    return [
        Part("place-names", lambda: PlaceName.objects.published().count(), names),
        Part("areas", lambda: len(LISTS) + Subdistrict.objects.count(), areas, "街道和界线"),
    ]


def names(start: int, stop: int) -> list[Entry]:
    listed = PlaceName.objects.published().order_by("pk").values_list("code", "name", "updated_at")
    return [
        Entry(reverse("place_names:place_name", args=[code]), name, changed)
        for code, name, changed in listed[start:stop]
    ]


def areas(start: int, stop: int) -> list[Entry]:
    lists = [Entry(reverse(f"place_names:{view}"), title) for view, title in LISTS]
    districts = Subdistrict.objects.defer("geometry").order_by("code")
    return [*lists, *(Entry(area.get_absolute_url(), area.name) for area in districts)][start:stop]
