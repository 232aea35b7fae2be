from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.desk.duties import may_create
from home.desk.panels import DeskPanel
from home.desk.reviewing import SitePageViewSet, tell_what_was_decided, tell_why_it_came_back
from home.desk.shared import MediaPermissionPolicy, refuse_settings, refuse_shared
from home.feedback.viewsets import FeedbackFiguresView, FeedbackReportViewSet
from home.models import SectionDuty, SiteDocument, SiteImage
from home.service_places.viewsets import ServicePlaceViewSet
from home.sign_ups import staff as sign_ups


class SectionDutyViewSet(SnippetViewSet):
    model = SectionDuty
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

register_snippet(SectionDutyViewSet)
register_snippet(ServicePlaceViewSet)
register_snippet(FeedbackReportViewSet)


class FeedbackFiguresMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm("home.view_feedbackreport")


class SignUpsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm("home.view_signup")


@hooks.register("register_admin_urls")
def sign_up_addresses():
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
def feedback_addresses():
    return [path("reports/feedback/", FeedbackFiguresView.as_view(), name="feedback_figures")]


@hooks.register("register_reports_menu_item")
def feedback_menu_item():
    return FeedbackFiguresMenuItem("页面评价", reverse("feedback_figures"), icon_name="tick")


@hooks.register("before_create_page")
def only_pages_that_can_be_opened_again(request, parent, kind):
    if not may_create(request.user, kind):
        words = f"您只负责几个业务领域，“{kind.get_verbose_name()}”不属于业务领域，请交给负责全站的编辑。"
        messages.error(request, words)
        return redirect("wagtailadmin_explore", parent.pk)


hooks.register("after_edit_page", tell_what_was_decided)
hooks.register("before_edit_page", tell_why_it_came_back)
# After Wagtail's own, which it takes the place of.
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
    panels.append(DeskPanel(request))


@hooks.register("insert_global_admin_css")
def admin_style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_help_menu")
def only_help_that_can_be_reached(request, items):
    """Wagtail's own guide is in English and on the internet, which a bureau's network may not
    reach; our guide for editors is in docs/content.md."""
    items[:] = [item for item in items if not getattr(item, "url", "").startswith("https://")]
