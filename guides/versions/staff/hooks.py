from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from ...pages.models import GuidePage
from ...policies.models import PolicyPage
from .views import WITHDRAWN, VersionsView, may_withdraw


@hooks.register("register_admin_urls")
def published_versions_url():
    return [
        path("pages/<int:page>/versions/", VersionsView.as_view(), name="published_versions"),
    ]


@hooks.register("register_page_header_buttons")
def published_versions_button(page, user, view_name, next_url=None):
    if isinstance(page, GuidePage | PolicyPage) and page.pk and may_withdraw(user, page):
        address = reverse("published_versions", args=[page.pk])
        yield Button("公开的版本", address, icon_name="history", priority=66)


@hooks.register("register_log_actions")
def version_log_actions(actions):
    @actions.register_action(WITHDRAWN)
    class WithdrawnFormatter(LogFormatter):
        label = "撤回版本"

        def format_message(self, log_entry):
            return f"撤回了公开的第{log_entry.data['version']}版"
