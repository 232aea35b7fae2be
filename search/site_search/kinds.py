"""The kinds of results of site search, in the order of their tabs."""

from wagtail.models import Page

from home.pages.section_contents import key_of

GUIDE, POLICY, NOTICE, PLACE, PAGE = "guide", "policy", "notice", "place", "page"
APPLICATION, FIGURE, SERVICE_PLACE = "application", "figure", "service_place"

LABELS = {
    GUIDE: "办事指南",
    APPLICATION: "在线办理",
    POLICY: "政策文件",
    NOTICE: "通知公告",
    SERVICE_PLACE: "服务网点",
    PLACE: "地名",
    FIGURE: "民政数据",
    PAGE: "栏目和其他",
}

ICONS = {
    GUIDE: "steps",
    APPLICATION: "calendar",
    POLICY: "law",
    NOTICE: "speaker",
    SERVICE_PLACE: "counter",
    PLACE: "sign",
    FIGURE: "chart",
    PAGE: "document",
}
"""Names of the sprite `static/img/icons.svg`."""
TO_DO = {GUIDE, APPLICATION}
"""What one can do, marked in full colour; the rest is to read or to find."""


# What pages are filed as (`home.pages.section_contents`) and where site search shows them.
_FILED = {
    "guide": GUIDE,
    "policy": POLICY,
    "interpretation": POLICY,
    "notice": NOTICE,
    "event": NOTICE,
}


def kind_of(page_class: type[Page]) -> str:
    """The kind under which pages of this class are shown; PAGE when none is known.

    A class that is not filed in sections may name one by `search_kind`.
    """
    return _FILED.get(key_of(page_class)) or getattr(page_class, "search_kind", PAGE)
