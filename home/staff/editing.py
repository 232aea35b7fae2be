"""The editor's form of a page, and what its script asks before it sends a form."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from wagtail.admin.views.pages.edit import EditView


class SiteEditView(EditView):
    """An autosave saves, whatever else the form holds.

    The form keeps the fields of a workflow action once a dialog has put them there; the autosave
    that follows would submit, approve or send back.
    """

    @property
    def action_name_and_method(self):
        if self.expects_json_response:
            return ("save", self.save_action)
        return super().action_name_and_method


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
