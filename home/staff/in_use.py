"""What public pages show is neither deleted nor replaced under them, what drafts show not deleted.
A draft that is in review, or approved for a time, counts as public: what was read is published.

A new version of a file is a new file that somebody chooses in the page: it goes public with
the page, after the review, and the old one is still there if the page is reverted.
"""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.pages.shared_things import is_in_draft, pages_showing
from home.trash import is_in_trash

NAMED = 3
INNER_MARKS = str.maketrans("《》", "〈〉")


def in_title_marks(title: str) -> str:
    """《甲》; a title that has such marks is not put into them twice: 《甲》, 《〈甲〉样章》."""
    if title.startswith("《") and title.find("》") == len(title) - 1:
        return title
    return f"《{title.translate(INNER_MARKS)}》"


def named(pages: list[Page]) -> str:
    """《甲》、《乙》 and how many more."""
    names = "、".join(
        f"{in_title_marks(page.get_admin_display_title())}{where(page)}" for page in pages[:NAMED]
    )
    return f"{names}等{len(pages)}个页面" if len(pages) > NAMED else names


def settled_pages_showing(thing: Model) -> list[Page]:
    """The pages that show it to the public, and those that will once their draft is approved or
    its time comes."""
    public = [page for page in pages_showing(thing) if page.live]
    in_review = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=get_default_page_content_type(),
    )
    keys = {int(key) for key in in_review.values_list("object_id", flat=True)}
    approved = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    keys |= {int(key) for key in approved.values_list("object_id", flat=True)}
    waiting = Page.objects.filter(pk__in=keys - {page.pk for page in public}).order_by("path")
    return public + [page for page in waiting.specific() if is_in_draft(thing, page)]


def pages_using(thing: Model) -> list[Page]:
    """The pages that show it, those in the trash included, and those whose draft shows it."""
    found = pages_showing(thing)
    drafts = Page.objects.filter(has_unpublished_changes=True).exclude(
        pk__in=[page.pk for page in found]
    )
    return found + [page for page in drafts.specific() if is_in_draft(thing, page)]


def where(page: Page) -> str:
    """What is behind the title of a page that the public does not see."""
    if page.live:
        return ""
    if page.workflow_in_progress:
        return "（正在审核）"
    if page.approved_schedule:
        return "（已批准，等待发布）"
    return "（回收站）" if is_in_trash(page) else "（草稿）"


def may_publish(user: AbstractBaseUser) -> bool:
    return PagePermissionPolicy().user_has_permission(user, "publish")


class InUseError(Exception):
    """Something was to be deleted that pages or drafts show; the message names them."""

    def __init__(self, thing: Model, pages: list[Page]):
        super().__init__(f"“{thing}”正在{named(pages)}使用，不能删除。请先在那里换掉。")


def refuse_deletion(sender, instance: Model, **kwargs) -> None:
    """Receiver of pre_delete: whichever screen or program deletes."""
    if pages := pages_using(instance):
        raise InUseError(instance, pages)


class InUseMiddleware:
    """Tells the reason on the screen from which the deletion came."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, InUseError):
            return None
        messages.error(request, str(error))
        return redirect(request.get_full_path())
