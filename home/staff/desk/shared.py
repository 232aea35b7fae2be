"""What several sections share: figures, service places, pictures, files, settings, reports.

Who looks after certain sections (栏目分工) changes of it only what no page elsewhere shows.
"""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from home.pages.section_permissions import sections_of
from home.pages.shared_things import pages_elsewhere
from home.staff.in_use import in_title_marks, may_publish, settled_pages_showing

NAMED = 3


def refuse_shared(request: HttpRequest, things: Iterable[Model]) -> HttpResponse | None:
    """Back to the list, with the reason, if one of the snippets is not this person's to change."""
    for thing in things:
        if pages := pages_elsewhere(request.user, thing):
            names = "、".join(in_title_marks(page.title) for page in pages[:NAMED])
            more = f"等{len(pages)}个页面" if len(pages) > NAMED else ""
            messages.error(
                request,
                f"“{thing}”关系到别的业务领域：{names}{more}。请交给那里的同事或者负责全站的同事。",
            )
            return redirect(thing.snippet_viewset.get_url_name("list"))
    return None


def refuse_settings(request: HttpRequest) -> HttpResponse | None:
    """Settings hold for the whole site."""
    if sections_of(request.user) is None:
        return None
    messages.error(request, "这是全站的设置，请交给负责全站的同事。")
    return redirect("wagtailadmin_home")


class MediaPermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's permissions on pictures and files, less those that other sections show, and
    for who may not publish less those of pages that are public or in review: nobody would read
    the change."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        if not allowed or not {"change", "delete"} & set(actions):
            return allowed
        if pages_elsewhere(user, instance):
            return False
        return may_publish(user) or not settled_pages_showing(instance)
