"""The editor's form of a page, and what its script asks before it sends a form."""

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView

NEEDS_NEWEST_TEXT = ("publish", "submit", "restart_workflow", "perform_workflow_action")


class SiteEditView(EditView):
    """An autosave saves, whatever else the form holds.

    The form keeps the fields of a workflow action once a dialog has put them there; the autosave
    that follows would submit, approve or send back.

    What is submitted, decided or published is what this person has read: a form that was opened
    before somebody else saved is shown again, with what was typed, before it counts.
    """

    @property
    def action_name_and_method(self):
        if self.expects_json_response:
            return ("save", self.save_action)
        name, method = super().action_name_and_method
        if name == "save" and self.request.POST.get("action-workflow-action"):
            return ("decide in vain", self.tell_that_nothing_was_decided)
        return name, method

    def form_valid(self, form):
        if self.action_name in NEEDS_NEWEST_TEXT and self.is_out_of_date:
            return self.show_again()
        return super().form_valid(form)

    def show_again(self) -> HttpResponse:
        """The form with what was typed; it counts from now on as opened on the newest text."""
        newest = self.latest_revision
        who = newest.user.get_full_name() or str(newest.user) if newest.user else "有人"
        when = timezone.localtime(newest.created_at)
        messages.error(
            self.request,
            f"您打开本页以后，{who}在{when:%H:%M}又保存了新的内容，所以没有执行。下面是您这里的内容。"
            "要以新的为准，请重新打开本页；要用您这里的换掉它，请再点一次。",
            buttons=[
                messages.button(self.get_edit_url(), "重新打开"),
                messages.button(self.get_history_url(), "看历史"),
            ],
        )
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())

    def tell_that_nothing_was_decided(self) -> HttpResponse:
        """The page no longer waits for this decision, or not for this person's. What was typed is
        kept as a draft."""
        if self.has_content_changes:
            self.save_action()
            list(get_messages(self.request))  # "Saved" would be read as approved.
        title = self.page.get_admin_display_title()
        kept = "您改的内容存成了草稿。" if self.has_content_changes else ""
        messages.error(
            self.request,
            f"“{title}”现在不等您审核：可能刚被退回、撤回，或者已有人批准。您的决定没有生效。{kept}",
        )
        return self.redirect_and_remain()


@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Who is logged in, and the token that forms need since; refused (403) after the session."""
    return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})


@never_cache
def logged_in_again(request: HttpRequest) -> HttpResponse:
    """Where the login beside an open form ends."""
    return render(request, "home/staff/logged_in_again.html")


def guard_script() -> str:
    """Hook insert_editor_js."""
    login = f"{reverse('wagtailadmin_login')}?{urlencode({'next': reverse('logged_in_again')})}"
    return format_html(
        '<script src="{}" data-session="{}" data-login="{}"></script>',
        static("js/editor-guard.js"),
        reverse("editor_session"),
        login,
    )


def publish_first_when_timed(menu_items: list, request: HttpRequest, context: dict) -> None:
    """Hook: where a time of publication is set, the first button is the one that holds to it."""
    page = context.get("page")
    if page is None or page.go_live_at is None or page.go_live_at <= timezone.now():
        return
    menu_items.sort(key=lambda item: item.name != "action-publish")
