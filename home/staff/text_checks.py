"""The check before submission: what was found, and a reason for each thing that stays."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import yesno
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin import messages as admin_messages
from wagtail.admin.ui.tables import Column
from wagtail.models import Page, WorkflowState
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import FindingAnswer, WordingRule
from home.text_checks import answers_of, findings, unanswered
from home.typed_text import one_line

MAX_REASON = 200


IN_USE = Column(
    "is_active",
    label="在用",
    accessor=lambda rule: yesno(rule.is_active, "是,否"),
    sort_key="is_active",
)


class WordingRuleViewSet(SnippetViewSet):
    model = WordingRule
    icon = "warning"
    menu_label = "错敏词"
    menu_order = 910
    add_to_settings_menu = True
    list_display = ["word", "instead", "source", "checked_on", IN_USE]
    list_filter = ["is_active"]
    search_fields = ["word", "instead", "source"]
    search_backend_name = None
    list_per_page = 100


class ChecksText:
    """A form of a page that is submitted or published once everything found is answered.

    The draft is saved first, so nothing typed waits for the answers.
    """

    def submit_action(self):
        return self._after_check("submit", super().submit_action)

    def restart_workflow_action(self):
        return self._after_check("submit", super().restart_workflow_action)

    def publish_action(self):
        return self._after_check("publish", super().publish_action)

    def _after_check(self, then: str, action) -> HttpResponse:
        if not unanswered(self.form.instance):
            return action()
        self.save_action()
        list(messages.get_messages(self.request))  # "Saved": the next screen says more.
        return redirect(f"{reverse('text_check', args=[self.page.pk])}?then={then}")


def text_check(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the checks find in the newest draft; POST stores reasons, and goes on where all have one."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    shown = page.latest_revision.created_at.isoformat() if page.latest_revision else ""
    found, known = findings(draft), answers_of(page)
    then = request.POST.get("then") or request.GET.get("then", "")
    typed = {key: one_line(request.POST.get(key, "")[:MAX_REASON]) for key in request.POST}
    if request.method == "POST":
        given = {f.key: typed[f.key] for f in found if typed.get(f.key) and not f.must_mend}
        for key, reason in given.items():
            FindingAnswer.objects.update_or_create(
                page_id=page.pk,
                finding=key,
                defaults={"reason": reason, "answered_by": request.user},
            )
        left = unanswered(draft)
        if then and request.POST.get("draft", shown) != shown:
            messages.error(
                request, "您打开以后，草稿又改过，所以没有执行。请看过新的草稿再按一次。"
            )
        elif not left:
            return _go_on(request, page, then)
        elif all(one.must_mend for one in left):
            messages.error(request, "还有要先改好的。请点“回去改”。")
        else:
            messages.error(request, "还有没写理由的。请改正文字，或者写明为什么不改。")
        known = answers_of(page)
    rows = [
        (
            one,
            known.get(one.key),
            typed.get(one.key, "") or getattr(known.get(one.key), "reason", ""),
        )
        for one in found
    ]
    context = {
        "page": page,
        "rows": rows,
        "then": then,
        "shown": shown,
        "must_mend": any(one.must_mend for one in found),
        "takes_reasons": not all(one.must_mend for one in found),
    }
    return TemplateResponse(request, "home/staff/text_check.html", context)


@transaction.atomic
def _go_on(request: HttpRequest, page: Page, then: str) -> HttpResponse:
    """Submits or publishes the newest draft, as was asked for on its form."""
    may = page.permissions_for_user(request.user)
    title = page.get_admin_display_title()
    if then == "publish" and may.can_publish():
        page.latest_revision.publish(user=request.user)
        messages.success(request, f"“{title}”已发布。")
    elif then == "submit" and may.can_submit_for_moderation():
        state = page.current_workflow_state
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(request.user)
        else:
            page.get_workflow().start(page, request.user)
        messages.success(request, f"“{title}”已提交审核，审核人会看到您写的理由。")
    else:
        messages.success(request, "理由已保存。")
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def tell_what_was_answered(request: HttpRequest, page: Page) -> None:
    """Hook before_edit_page: a reviewer learns that something was found, and where to read why."""
    if request.method != "GET" or not page.workflow_in_progress:
        return
    if answers := len(answers_of(page)):
        buttons = [admin_messages.button(reverse("text_check", args=[page.pk]), "检查文字")]
        admin_messages.info(request, f"送审前的检查有{answers}处写了不改的理由。", buttons=buttons)
