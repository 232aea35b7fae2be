"""The kinds of results in the one box, in the order of their tabs."""

from wagtail.models import Page

from home.section_contents import key_of

GUIDE, POLICY, NOTICE, PLACE, PAGE = "guide", "policy", "notice", "place", "page"
SERVICE_PLACE = "service_place"

LABELS = {
    GUIDE: "办事指南",
    POLICY: "政策文件",
    NOTICE: "通知公告",
    SERVICE_PLACE: "服务网点",
    PLACE: "地名",
    PAGE: "栏目和其他",
}


# What pages are filed as (`home.section_contents`) and where the one box shows them.
_FILED = {
    "guide": GUIDE,
    "policy": POLICY,
    "interpretation": POLICY,
    "notice": NOTICE,
    "event": NOTICE,
}


def kind_of(page_class: type[Page]) -> str:
    """The kind under which pages of this class are shown; PAGE when none is known."""
    return _FILED.get(key_of(page_class), PAGE)
