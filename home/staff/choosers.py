"""Who may look through the records of a model, in choosers and bulk actions too.

Wagtail shows them to all staff there: the number of a report, which is all that its sender has
to follow it, among them.
"""

from functools import wraps

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.views.bulk_action import index as bulk_action
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.chooser import SnippetChooserViewSet

ACTIONS = ("view", "choose", "add", "change", "delete")


def may_see(user, model) -> bool:
    return policy_registry.get_by_type(model).user_has_any_permission(user, ACTIONS)


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
    if model in get_snippet_models() and not may_see(request.user, model):
        raise PermissionDenied
    return bulk_action(request, app_label, model_name, action)
