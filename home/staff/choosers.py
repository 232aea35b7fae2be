"""Who may look through the records of a model, in choosers, bulk actions and moves too.

Wagtail shows them to all staff there: the number of a report, which is all that its sender has
to follow it, and the titles of drafts and documents among them.
"""

from functools import wraps

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.views.bulk_action import index as bulk_action
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from .desk.lists import edits_pages

ACTIONS = ("view", "choose", "add", "change", "delete")


def may_see(user, model) -> bool:
    return policy_registry.get_by_type(model).user_has_any_permission(user, ACTIONS)


def may_act(user, model) -> bool:
    """Whether a bulk action on records of this model is for this person at all."""
    if issubclass(model, Page):
        return edits_pages(user)
    actions = ACTIONS if model in get_snippet_models() else ("add", "change", "delete")
    return policy_registry.get_by_type(model).user_has_any_permission(user, actions)


def guard_snippet_choosers() -> None:
    """Makes every chooser of snippets ask for the right to see the model; once at start."""
    construct = SnippetChooserViewSet.construct_view
    if getattr(construct, "is_guarded", False):
        return

    @wraps(construct)
    def construct_view(self, view_class, **kwargs):
        view = construct(self, view_class, **kwargs)

        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not may_see(request.user, self.model):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    construct_view.is_guarded = True
    SnippetChooserViewSet.construct_view = construct_view


def guarded_bulk_action(request, app_label: str, model_name: str, action: str):
    """Wagtail's own, which names to everybody what somebody may not delete."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not may_act(request.user, model):
        raise PermissionDenied
    return bulk_action(request, app_label, model_name, action)


def pages_to_choose(pages, request: HttpRequest):
    """Whoever edits no page may link to what the public sees."""
    return pages if edits_pages(request.user) else pages.live().public()


def guarded_chosen_pages(request: HttpRequest) -> HttpResponse:
    """Wagtail's own, which tells the title of any page by its number."""
    asked = Page.objects.filter(pk__in=request.GET.getlist("id"))
    if asked.exclude(pk__in=pages_to_choose(Page.objects.all(), request).values("pk")).exists():
        raise PermissionDenied
    return ChosenMultipleView.as_view()(request)


def guarded_move(request: HttpRequest, page_to_move_id: int, destination_id: int) -> HttpResponse:
    """Wagtail's own, which asks for the right to move a page after it has told its title."""
    page = get_object_or_404(Page, pk=page_to_move_id)
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied
    return MoveConfirmView.as_view()(request, page_to_move_id, destination_id)
