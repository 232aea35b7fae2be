"""What a person is told of a review: what the own decision did, and why a page came back."""

from django.http import HttpRequest
from django.utils.timezone import localtime
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState


def tell_what_was_decided(request: HttpRequest, page: Page) -> None:
    """After approval or refusal on the form of the page: what has become of the page."""
    decision = request.POST.get("workflow-action-name")
    if not request.POST.get("action-workflow-action") or decision not in ("approve", "reject"):
        return
    page = Page.objects.get(pk=page.pk)  # It was published by way of another object.
    review = page.workflow_states.order_by("-created_at").first()
    if decision == "reject":
        author = review and (review.requested_by.get_full_name() or str(review.requested_by))
        to = author or "送审人"
        messages.success(request, f"已退回，请{to}修改。您写的话会显示在页面的编辑页上。")
    elif review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        messages.success(request, f"已批准，转到下一步“{review.current_task_state.task}”。")
    elif scheduled := page.approved_schedule and page.scheduled_revision:
        when = localtime(scheduled.approved_go_live_at)
        messages.success(request, f"已批准，将在{when:%Y-%m-%d %H:%M}自动发布。")
    elif page.live:
        buttons = [messages.button(page.url, "查看公开页面")] if page.url else None
        messages.success(request, "已批准并发布，公众现在就能看到。", buttons=buttons)


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
