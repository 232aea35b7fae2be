"""What several sections share: figures, service places, pictures, files, settings, reports.

Who looks after certain sections (栏目分工) changes of it only what no page elsewhere shows.
"""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from .duties import lies_in, sections_of

KeysOfPages = Callable[[Model], Iterable[int]]
_finders: list[tuple[type[Model], KeysOfPages]] = []
NAMED = 3


def register_shared(model: type[Model], keys_of_pages: KeysOfPages) -> None:
    """Tells which pages show a thing of `model` where no chooser says so; call from
    AppConfig.ready."""
    if (model, keys_of_pages) not in _finders:
        _finders.append((model, keys_of_pages))


def pages_elsewhere(user: AbstractBaseUser, thing: Model) -> list[Page]:
    """The pages that show `thing` and are not this person's to change."""
    sections = sections_of(user)
    if sections is None:
        return []
    references = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    for model, keys_of_pages in _finders:
        if isinstance(thing, model):
            keys.update(keys_of_pages(thing))
    pages = Page.objects.filter(pk__in=keys).order_by("path").specific(defer=True)
    return [page for page in pages if not lies_in(sections, page)]


def refuse_shared(request: HttpRequest, things: Iterable[Model]) -> HttpResponse | None:
    """Back to the list, with the reason, if one of the snippets is not this person's to change."""
    for thing in things:
        if pages := pages_elsewhere(request.user, thing):
            names = "、".join(f"《{page.title}》" for page in pages[:NAMED])
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
    """Wagtail's permissions on pictures and files, less those that other sections show."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        if allowed and {"change", "delete"} & set(actions):
            return not pages_elsewhere(user, instance)
        return allowed
