"""The editors' screen of deleted pages, and the hooks that send pages there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages as admin_messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from home import trash
from home.models import TrashedPage
from home.pages.section_permissions import may_change

from .english_left import tell_of_english_left


def may_restore(user, trashed: TrashedPage) -> bool:
    parent = trashed.parent
    return (
        parent is not None
        and parent.permissions_for_user(user).can_add_subpage()
        and may_change(user, trashed.page)
    )


class TrashView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "home/staff/trash.html"
    page_title = "回收站"
    header_icon = "bin"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        found = TrashedPage.objects.select_related("page", "parent", "deleted_by")
        own = [trashed for trashed in found if may_restore(self.request.user, trashed)]
        days = trash.KEPT_FOR.days
        return super().get_context_data(trashed_pages=own, days=days, **kwargs)

    def post(self, request, *args, **kwargs):
        trashed = get_object_or_404(TrashedPage, pk=request.POST.get("restore") or 0)
        if not may_restore(request.user, trashed):
            raise PermissionDenied
        try:
            page = trash.restore(trashed, request.user)
        except ValueError as error:
            messages.error(request, str(error))
            return redirect("trash")
        messages.success(request, f"“{page.title}”已恢复为草稿。要再公开，请送审发布。")
        return redirect("wagtailadmin_pages:edit", page.pk)


def tell(request: HttpRequest, titles: list[str]) -> None:
    admin_messages.success(
        request,
        f"已删除：{'、'.join(titles)}。{trash.KEPT_FOR.days}天以内可以在回收站恢复。",
        buttons=[admin_messages.button(reverse("trash"), "打开回收站")],
    )


def trash_instead_of_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before_delete_page. From the trash itself a page is deleted for good."""
    if request.method != "POST" or trash.is_in_trash(page):
        return None
    parent = page.get_parent()
    title = page.get_admin_display_title()
    trash.move_to_trash(page, request.user)
    tell(request, [title])
    tell_of_english_left(request, [page], is_all=True)
    return redirect("wagtailadmin_explore", parent.pk)


def trash_many(request: HttpRequest, action: str, pages, view) -> HttpResponse | None:
    """Hook before_bulk_action."""
    pages = [page for page in pages if isinstance(page, Page) and not trash.is_in_trash(page)]
    if action != "delete" or not pages:
        return None
    titles = [page.get_admin_display_title() for page in pages]
    for page in pages:
        if not trash.is_in_trash(page):  # Not yet, with a page above it.
            trash.move_to_trash(page, request.user)
    tell(request, titles)
    tell_of_english_left(request, pages, is_all=True)
    return redirect(view.next_url)


def hide_trash(parent_page: Page, pages, request: HttpRequest):
    """Hook construct_explorer_page_queryset."""
    return pages if trash.is_in_trash(parent_page) else trash.outside_trash(pages)


def hide_trash_from_choosers(pages, request: HttpRequest):
    return trash.outside_trash(pages)
