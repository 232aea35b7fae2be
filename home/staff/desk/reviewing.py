"""Messages about moderation: the effect of a decision, and why a page was sent back."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, WorkflowState

from ..editing import SiteEditView
from ..text_checks import ChecksText


class DecisionView(WorkflowActionView):
    """Approval and refusal outside the form of the page: on the first page, in the user bar."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if self.get_task_state().finished_at:
            _tell(request, self.object, self.action_name)
        return response


class CheckedCreateView(ChecksText, CreateView):
    pass


class CheckedEditView(ChecksText, SiteEditView):
    def perform_workflow_action(self):
        decided = self.page.current_workflow_task_state
        response = super().perform_workflow_action()
        decided.refresh_from_db()
        if decided.finished_at:
            _tell(self.request, self.page, self.workflow_action)
        return response


class SitePageViewSet(PageViewSet):
    add_view_class = CheckedCreateView
    edit_view_class = CheckedEditView
    workflow_action_view_class = DecisionView


def _tell(request: HttpRequest, page: Page, decision: str) -> None:
    if decision not in ("approve", "reject"):
        return
    page = Page.objects.get(pk=page.pk)  # It was published by way of another object.
    name = f"“{page.get_admin_display_title()}”"
    review = page.workflow_states.order_by("-created_at").first()
    if decision == "reject":
        author = review and (review.requested_by.get_full_name() or str(review.requested_by))
        to = author or "送审人"
        messages.success(request, f"{name}已退回，请{to}修改。您写的话会显示在页面的编辑页上。")
    elif review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        messages.success(request, f"{name}已批准，转到下一步“{review.current_task_state.task}”。")
    elif scheduled := page.approved_schedule and page.scheduled_revision:
        when = localtime(scheduled.approved_go_live_at)
        messages.success(request, f"{name}已批准，将在{when:%Y-%m-%d %H:%M}自动发布。")
    elif page.live:
        buttons = [messages.button(page.url, "查看公开页面")] if page.url else None
        messages.success(request, f"{name}已批准并发布，公众现在就能看到。", buttons=buttons)


def tell_why_it_came_back(request: HttpRequest, page: Page) -> None:
    """On opening a page that was sent back: by whom, and with which words."""
    review = page.current_workflow_state
    if request.method != "GET" or not review or review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    refused = review.current_task_state
    reviewer = refused.finished_by and (
        refused.finished_by.get_full_name() or str(refused.finished_by)
    )
    words = refused.get_comment()
    messages.warning(
        request,
        f"{reviewer or '审核人'}退回了本页面{f'：{words}' if words else '，没有写原因。'}",
    )
