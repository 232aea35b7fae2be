"""The registry's part of the admin: its menu and its pages."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .staff import urls as staff_urls
from .staff.home_panel import TodayPanel
from .staff.place_hours_views import ask_before_publishing, settle_after_publishing
from .staff.viewsets import viewsets


class PermittedItem(MenuItem):
    """A menu item for those who hold a right."""

    def __init__(self, *args, permission: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


registry_menu = Menu(register_hook_name="register_marriage_menu_item")


@hooks.register("register_admin_menu_item")
def registry_menu_item():
    return SubmenuMenuItem(
        "婚姻登记", registry_menu, name="marriage", icon_name="calendar-check", order=150
    )


@hooks.register("register_admin_urls")
def staff_addresses():
    return [path("marriage/", include(staff_urls, namespace="marriage_staff"))]


@hooks.register("construct_homepage_panels")
def today_first(request, panels):
    if request.user.has_perm("marriage.work_at_desk") and not request.user.is_superuser:
        panels.insert(0, TodayPanel())


hooks.register("register_admin_viewset", viewsets)
# After those that may refuse the page.
hooks.register("before_edit_snippet", ask_before_publishing, order=10)
hooks.register("after_edit_snippet", settle_after_publishing)


def register_item(label: str, name: str, icon: str, permission: str, order: int) -> None:
    hooks.register(
        "register_marriage_menu_item",
        lambda: PermittedItem(
            label,
            reverse(f"marriage_staff:{name}"),
            name=f"marriage-{name}",
            icon_name=icon,
            permission=f"marriage.{permission}",
            order=order,
        ),
    )


for item in (
    ("今日窗口", "desk", "tasks", "work_at_desk", 10),
    ("现场取号", "walk_in", "plus", "work_at_desk", 20),
    ("代来电人预约", "caller", "plus", "work_at_desk", 22),
    ("受理台账", "receipts", "list-ol", "work_at_desk", 25),
    ("号源", "capacity", "table", "change_slot", 30),
    ("工作日历", "calendar", "date", "change_workingday", 40),
    ("待改期的预约", "affected", "warning", "change_slot", 50),
    ("失约与暂停预约", "bans", "warning", "view_auditentry", 55),
    ("统计", "statistics", "order", "view_auditentry", 80),
    ("通知", "messages", "mail", "view_outboxmessage", 85),
    ("操作记录", "audit", "history", "view_auditentry", 90),
    ("排班改动记录", "planning_ledger", "history", "view_planningentry", 95),
    ("预约规则", "rules", "cogs", "change_bookingrules", 130),
):
    register_item(*item)
