"""Withdrawing a version that should not have been published: who may publish may take it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Page

from home.pages.section_permissions import may_change

from ..models import PublishedVersion

WITHDRAWN = "guides.version_withdrawn"


def may_withdraw(user, page: Page) -> bool:
    """Whether the page is one with versions that this person may publish, and so take back."""
    return may_change(user, page) and page.permissions_for_user(user).can_publish()


class VersionsView(WagtailAdminTemplateMixin, TemplateView):
    """The published versions of one page, each older one with a button to withdraw it.

    The newest stays: it is what the page itself says, and is mended by a new publication.
    """

    template_name = "guides/versions/staff/published_versions.html"
    header_icon = "history"

    def dispatch(self, request, *args, **kwargs):
        self.page = get_object_or_404(Page, pk=kwargs["page"]).specific
        if not may_withdraw(request.user, self.page):
            raise PermissionDenied
        self.versions = list(PublishedVersion.objects.filter(page_id=self.page.pk))
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return f"公开的版本：{self.page.title}"

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.page.title},
            {"url": "", "label": "公开的版本"},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(versions=self.versions, **kwargs)

    def post(self, request, *args, **kwargs):
        wanted = request.POST.get("number", "")
        version = next((v for v in self.versions[1:] if str(v.number) == wanted), None)
        if version is None:
            messages.error(request, "没有这一版，或者它是最新一版。最新一版请改正页面后重新发布。")
        else:
            version.delete()
            log(self.page, WITHDRAWN, user=request.user, data={"version": version.number})
            messages.success(request, f"已撤回{version}，公开页面上不再显示它的内容。")
        return redirect("published_versions", self.page.pk)
