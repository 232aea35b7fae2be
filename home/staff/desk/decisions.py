"""What is said after a decision of a review, and to whom something came back."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.models import Page, TaskState, WorkflowState

from .lists import DeskItem


class TellsDecision:
    """Approval and refusal outside the form: on the first page, in the user bar."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if self.get_task_state().finished_at:
            tell(request, self.object, self.action_name)
        return response


def tell(request: HttpRequest, thing: Model, decision: str) -> None:
    """What has become of a page or record; call once the task is finished."""
    if decision not in ("approve", "reject"):
        return
    kind = Page if isinstance(thing, Page) else type(thing)
    thing = kind._base_manager.get(pk=thing.pk)  # It was published by way of another object.
    name = f"“{_title(thing)}”"
    review = thing.workflow_states.order_by("-created_at").first()
    if decision == "reject":
        author = review and name_of(review.requested_by)
        to = author or "送审人"
        messages.success(request, f"{name}已退回，请{to}修改。您写的话会显示在编辑页上。")
    elif review and review.status == WorkflowState.STATUS_IN_PROGRESS:
        messages.success(request, f"{name}已批准，转到下一步“{review.current_task_state.task}”。")
    elif scheduled := thing.scheduled_revision:
        when = localtime(scheduled.approved_go_live_at)
        messages.success(request, f"{name}已批准，将在{when:%Y-%m-%d %H:%M}自动发布。")
    elif thing.live and getattr(thing, "is_public", True):
        url = thing.url if isinstance(thing, Page) else thing.get_absolute_url()
        buttons = [messages.button(url, "查看公开页面")] if url else None
        messages.success(request, f"{name}已批准并发布，公众现在就能看到。", buttons=buttons)
    else:
        messages.success(request, f"{name}已批准。它没有对公众显示。")


def tell_that_nothing_was_decided(request: HttpRequest, thing: Model, is_kept: bool) -> None:
    """It no longer waits for this decision, or not for this person's. `is_kept`: what was typed
    is a draft now."""
    messages.error(
        request,
        f"“{_title(thing)}”现在不等您审核：可能刚被退回、撤回，或者已有人批准。您的决定没有生效。"
        + ("您改的内容存成了草稿。" if is_kept else ""),
    )


def tell_why_it_came_back(request: HttpRequest, thing: Model) -> None:
    """On opening what was sent back: by whom, and with which words."""
    review = thing.current_workflow_state
    if request.method != "GET" or not review or review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    what = "本页面" if isinstance(thing, Page) else f"“{_title(thing)}”"
    who, words = _refusal(review.current_task_state)
    messages.warning(request, f"{who}退回了{what}{f'：{words}' if words else '，没有写原因。'}")


def returned_records(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """The desk list of records that came back to this person, with the reviewer's words."""
    states = WorkflowState.objects.filter(
        requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES
    )
    finder = AdminURLFinder(user)
    for state in states.order_by("pk"):
        thing = state.content_object
        if thing is None or isinstance(thing, Page):  # Wagtail's own panel shows the pages.
            continue
        who, words = _refusal(state.current_task_state)
        address = finder.get_edit_url(thing) or thing.get_absolute_url()
        yield DeskItem(_title(thing), address, f"{who}退回{f'：{words}' if words else ''}")


def has_submitted(user: AbstractBaseUser) -> bool:
    return WorkflowState.objects.filter(requested_by=user).exists()


def _refusal(task: TaskState) -> tuple[str, str]:
    """(who refused, with which words)."""
    return name_of(task.finished_by) or "审核人", task.get_comment()


def name_of(person: AbstractBaseUser | None) -> str:
    return (person.get_full_name() or str(person)) if person else ""


def _title(thing: Model) -> str:
    return thing.get_admin_display_title() if isinstance(thing, Page) else get_latest_str(thing)
