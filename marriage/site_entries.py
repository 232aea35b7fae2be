"""What of the booking stands in the sitemap beside its first page: what people look for later."""

from django.urls import reverse

from home.pages.sitemap import Entry

PAGES = (
    ("manage", "查询、改期、取消预约"),
    ("waiting", "查询候补"),
    ("planner", "算一算第二次到场的日期"),
)


def entries(start: int, stop: int) -> list[Entry]:
    return [Entry(reverse(f"marriage:{view}"), title) for view, title in PAGES][start:stop]
