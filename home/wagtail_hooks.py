from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import SectionPermission, SiteDocument, SiteImage

from .pages.section_permissions import may_create
from .staff import (
    choosers,
    editing,
    english_left,
    first_revisions,
    handbook,
    sign_ups,
    subscriptions,
    text_check_panel,
    text_checks,
    text_search,
    translating,
    trash,
)
from .staff.desk.decisions import tell_why_it_came_back
from .staff.desk.lists import edits_pages
from .staff.desk.panels import DeskPanel, NewPagePanel
from .staff.desk.reviewing import SitePageViewSet
from .staff.desk.shared import MediaPermissionPolicy, refuse_settings, refuse_shared
from .staff.discarding import DISCARDED, discard, may_discard
from .staff.feedback import FeedbackReportViewSet, FeedbackStatisticsView
from .staff.service_places import ServicePlaceViewSet
from .staff.teamwork import assignments, previews
from .staff.teamwork.calendar import CalendarView
from .staff.traditional_forms import TraditionalFormViewSet
from .trash import RESTORED, TRASHED
from .views.file_readers import require_reader_of_file


class SectionPermissionViewSet(SnippetViewSet):
    model = SectionPermission
    icon = "group"
    menu_label = "栏目分工"
    menu_order = 900
    add_to_settings_menu = True
    list_display = ["group", "section"]


for medium, named_by in (
    (SiteImage, "wagtailimages.Image"),
    (SiteDocument, "wagtaildocs.Document"),
):
    policy = MediaPermissionPolicy(medium, named_by, owner_field_name="uploaded_by_user")
    register_permission_policy(medium, policy, exact_class=True)  # Before Wagtail's own.

register_snippet(SectionPermissionViewSet)
register_snippet(ServicePlaceViewSet)
register_snippet(FeedbackReportViewSet)
register_snippet(text_checks.WordingRuleViewSet)
register_snippet(TraditionalFormViewSet)


class FeedbackStatisticsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm("home.view_feedbackreport")


class SignUpsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm("home.view_signup")


@hooks.register("register_admin_urls")
def sign_up_urls():
    return [
        path("sign-ups/", sign_ups.EventsView.as_view(), name="event_sign_ups"),
        path("sign-ups/<int:event>/", sign_ups.SignUpsView.as_view(), name="event_sign_ups_of"),
    ]


@hooks.register("register_admin_menu_item")
def sign_up_menu_item():
    return SignUpsMenuItem("活动报名", reverse("event_sign_ups"), icon_name="group", order=335)


@hooks.register("register_log_actions")
def sign_up_log_actions(actions):
    actions.register_action(sign_ups.SEEN, "查看报名人", "查看了一位报名人的姓名和电话")
    actions.register_action(sign_ups.REMOVED, "删除报名", "删除了一份报名")


@hooks.register("register_admin_urls")
def feedback_urls():
    return [path("reports/feedback/", FeedbackStatisticsView.as_view(), name="feedback_figures")]


@hooks.register("register_reports_menu_item")
def feedback_menu_item():
    return FeedbackStatisticsMenuItem("页面评价", reverse("feedback_figures"), icon_name="tick")


@hooks.register("before_create_page")
def only_pages_that_can_be_opened_again(request, parent, kind):
    if not may_create(request.user, kind):
        words = f"您只负责几个业务领域，“{kind.get_verbose_name()}”不属于业务领域，请交给负责全站的编辑。"
        messages.error(request, words)
        return redirect("wagtailadmin_explore", parent.pk)


hooks.register("before_edit_page", tell_why_it_came_back)
hooks.register("before_serve_document", require_reader_of_file)
hooks.register("before_edit_page", text_checks.tell_what_was_answered)
hooks.register("before_edit_page", assignments.tell_what_is_asked)
# After Wagtail's own, which it replaces.
hooks.register("register_admin_viewset", SitePageViewSet, order=1)
hooks.register("before_delete_snippet", refuse_shared)


@hooks.register("before_edit_snippet")
def only_what_is_not_shared(request, thing):
    return refuse_shared(request, [thing])


@hooks.register("before_edit_setting")
def only_for_the_whole_site(request, setting):
    return refuse_settings(request)


@hooks.register("construct_homepage_panels")
def desk_panel(request, panels):
    panels.append(NewPagePanel(request))
    panels.append(DeskPanel(request))


@hooks.register("insert_global_admin_css")
def admin_style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_help_menu")
def only_help_that_can_be_reached(request, items):
    """Removes links to the internet: Wagtail's guide is in English, and a bureau's network may
    not reach it. Our handbook (使用手册) is in the admin itself."""
    items[:] = [item for item in items if not getattr(item, "url", "").startswith("https://")]


@hooks.register("register_admin_urls")
def discard_draft_url():
    return [path("pages/<int:page_id>/discard-draft/", discard, name="discard_draft")]


@hooks.register("register_page_header_buttons")
def discard_draft_button(page, user, view_name, next_url=None):
    if page.pk and may_discard(user, page):
        url = reverse("discard_draft", args=[page.pk])
        yield Button("放弃草稿", url, icon_name="rotate", priority=68)


@hooks.register("register_log_actions")
def discard_draft_log_action(actions):
    actions.register_action(DISCARDED, "放弃草稿", "放弃了草稿，公开的版本没有变")


hooks.register("before_delete_page", trash.trash_instead_of_deleting)
hooks.register("before_bulk_action", trash.trash_many)
hooks.register("after_bulk_action", english_left.tell_after_unpublishing_many)
hooks.register("construct_explorer_page_queryset", trash.hide_trash)
hooks.register("construct_page_chooser_queryset", trash.hide_trash_from_choosers)
hooks.register("construct_page_chooser_queryset", choosers.pages_to_choose)


@hooks.register("register_admin_urls")
def trash_url():
    return [path("trash/", trash.TrashView.as_view(), name="trash")]


class EditorsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return edits_pages(request.user)


@hooks.register("register_admin_menu_item")
def trash_menu_item():
    return EditorsMenuItem("回收站", reverse("trash"), icon_name="bin", order=350)


@hooks.register("register_log_actions")
def trash_log_actions(actions):
    actions.register_action(TRASHED, "放进回收站", "删除了页面，放进回收站")
    actions.register_action(RESTORED, "恢复页面", "从回收站恢复了页面")


hooks.register("insert_editor_js", editing.guard_script)


@hooks.register("insert_global_admin_js")
def date_fields_script():
    return format_html('<script src="{}"></script>', static("js/date-fields.js"))


@hooks.register("register_admin_urls")
def session_urls():
    return [
        path("session/", editing.session, name="editor_session"),
        path("session/back/", editing.logged_in_again, name="logged_in_again"),
    ]


@hooks.register("register_admin_urls")
def text_search_url():
    return [path("text-search/", text_search.TextSearchView.as_view(), name="text_search")]


class TextSearchArea(SearchArea):
    def is_shown(self, request) -> bool:
        return edits_pages(request.user)


@hooks.register("register_admin_search_area")
def text_search_area():
    """The first one: the search box of the menu leads there."""
    return TextSearchArea("全文", reverse("text_search"), name="text", icon_name="search", order=1)


@hooks.register("register_admin_urls")
def text_check_url():
    own = "pages/<int:page_id>/"
    return [
        path(f"{own}text-check/", text_checks.text_check, name="text_check"),
        path(f"{own}text-findings/", text_check_panel.text_findings, name="text_findings"),
    ]


@hooks.register("register_page_header_buttons")
def text_check_button(page, user, view_name, next_url=None):
    if page.pk and page.permissions_for_user(user).can_edit():
        url = reverse("text_check", args=[page.pk])
        yield Button("检查文字", url, icon_name="warning", priority=67)


@hooks.register("register_admin_urls")
def teamwork_urls():
    return [
        path("pages/<int:page_id>/preview-links/", previews.preview_links, name="preview_links"),
        path("pages/<int:page_id>/assign/", assignments.assign, name="assign_page"),
        path("assignments/<int:number>/finish/", assignments.finish, name="finish_assignment"),
        path("reports/calendar/", CalendarView.as_view(), name="calendar"),
    ]


@hooks.register("register_page_header_buttons")
def teamwork_buttons(page, user, view_name, next_url=None):
    if page.pk and page.permissions_for_user(user).can_edit():
        links = reverse("preview_links", args=[page.pk])
        yield Button("预览链接", links, icon_name="view", priority=64)
        yield Button("交办", reverse("assign_page", args=[page.pk]), icon_name="user", priority=65)


@hooks.register("register_reports_menu_item")
def calendar_menu_item():
    return EditorsMenuItem("日程", reverse("calendar"), icon_name="calendar-alt", order=1)


@hooks.register("register_log_actions")
def teamwork_log_actions(actions):
    actions.register_action(previews.MADE, "预览链接", "做了一个预览链接")
    actions.register_action(previews.ENDED, "停用预览链接", "停用了一个预览链接")
    actions.register_action(assignments.MADE, "交办", "把页面交办给同事")
    actions.register_action(assignments.DONE, "完成交办", "完成了交办的事")


hooks.register("construct_page_action_menu", editing.publish_first_when_timed)


@hooks.register("register_admin_urls")
def handbook_urls():
    return [
        path("handbook/", handbook.handbook, name="handbook"),
        path("handbook/<slug:slug>/", handbook.handbook_task, name="handbook_task"),
    ]


@hooks.register("register_help_menu_item")
def handbook_menu_item():
    return MenuItem("使用手册", reverse("handbook"), icon_name="help", order=1)


@hooks.register("register_admin_urls")
def subscriptions_url():
    view = subscriptions.SubscriptionsView.as_view()
    return [path("reports/subscriptions/", view, name="subscriptions")]


class SubscriptionsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm("home.view_subscriber")


@hooks.register("register_reports_menu_item")
def subscriptions_menu_item():
    return SubscriptionsMenuItem("邮件订阅", reverse("subscriptions"), icon_name="mail", order=2)


@hooks.register("register_log_actions")
def subscription_log_actions(actions):
    actions.register_action(subscriptions.REMOVED, "替人退订", "删除了一个订阅邮件的邮箱")


@hooks.register("register_log_actions")
def first_revision_log_action(actions):
    words = "保留了第一次改动以前的内容"
    actions.register_action(first_revisions.KEPT, "保留原来的内容", words)


@hooks.register("register_admin_urls", order=-1)
def translate_url():
    """Before Wagtail's own view at this address, which takes its place in links."""
    own = "translation/submit/page/<int:page_id>/"
    return [path(own, translating.TranslateView.as_view(), name="translate_page")]
