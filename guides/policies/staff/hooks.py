from django.contrib import messages
from django.urls import path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.staff.desk.lists import edits_pages
from home.staff.in_use import in_title_marks, named

from ..citations import citing
from ..models import PolicyPage, PolicyState
from .laws import LawsView


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_of_replaced_policies(request, page):
    """A replaced document stays in force to readers until its own last day is written down."""
    sent = "action-submit" in request.POST or "action-publish" in request.POST
    if not sent or not isinstance(page, PolicyPage):
        return
    for policy in page.get_latest_revision_as_object().still_in_force():
        messages.warning(
            request,
            f"被取代的{in_title_marks(policy.title)}还没有写“有效期至”，公众看到的仍是现行有效。请补写。",
        )


@hooks.register("after_edit_page")
def tell_of_guides_citing_what_ends(request, page):
    """A document that ends, or has ended, is still the legal basis of some guides."""
    sent = "action-submit" in request.POST or "action-publish" in request.POST
    if not sent or not isinstance(page, PolicyPage):
        return
    draft = page.get_latest_revision_as_object()
    if draft.ends_on is None:
        return
    if guides := citing(page):
        when = (
            "已经失效"
            if draft.state_on(timezone.localdate()) == PolicyState.ENDED
            else f"{draft.ends_on:%Y-%m-%d}失效"
        )
        messages.warning(request, f"这份文件{when}，{named(guides)}还引用它作设定依据，请改那里。")


@hooks.register("register_admin_urls")
def laws_url():
    return [path("reports/laws/", LawsView.as_view(), name="cited_laws")]


class EditorsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return edits_pages(request.user)


@hooks.register("register_reports_menu_item")
def laws_menu_item():
    return EditorsMenuItem("设定依据", reverse("cited_laws"), icon_name="doc-full-inverse")
