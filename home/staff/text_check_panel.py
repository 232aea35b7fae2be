"""The checks of a text beside the form, renewed with each automatic saving."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Page

from home.text_checks import unanswered


class TextCheckPanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "检查文字"
        icon_name = "warning"
        counter_classname = "w-bg-critical-200"

    name = "text-check"
    title = "检查文字"
    template_name = "home/staff/text_check_panel.html"
    order = 340

    class Media:
        js = ("js/text-check.js",)

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        # A new page has no key before the first saving; the script puts it in place of 0.
        context["url"] = reverse("text_findings", args=[0])
        context["key"] = self.object.pk or ""
        return context


class ShowsTextCheck:
    """A form of a page with the panel. Parts of the form that an automatic saving renews leave it
    alone: its script does that."""

    def get_side_panels(self):
        panels = list(super().get_side_panels())
        if not (self.expects_json_response or getattr(self, "hydrate_create_view", False)):
            panels.append(TextCheckPanel(self.page, self.request))
        return MediaContainer(panels)


@never_cache
def text_findings(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the newest draft still has to be looked at for, as the content of the panel.

    One answer where there is no such page and where somebody may not edit it: keys tell nothing.
    """
    page = Page.objects.filter(pk=page_id).specific().first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    found = unanswered(page.get_latest_revision_as_object())
    context = {"page": page, "found": found}
    return TemplateResponse(request, "home/staff/text_findings.html", context)
