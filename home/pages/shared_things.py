"""What several pages show: figures, service places, pictures, files, reports."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from .section_permissions import lies_in, sections_of

KeysOfPages = Callable[[Model], Iterable[int]]
_finders: list[tuple[type[Model], KeysOfPages]] = []


def register_shared(model: type[Model], keys_of_pages: KeysOfPages) -> None:
    """Tells which pages show a thing of `model` where no chooser says so; call from
    AppConfig.ready."""
    if (model, keys_of_pages) not in _finders:
        _finders.append((model, keys_of_pages))


def pages_showing(thing: Model) -> list[Page]:
    """The pages that show `thing`, in tree order; of a public page its public version counts."""
    references = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    for model, keys_of_pages in _finders:
        if isinstance(thing, model):
            keys.update(keys_of_pages(thing))
    return list(Page.objects.filter(pk__in=keys).order_by("path").specific(defer=True))


def is_in_draft(thing: Model, page: Page) -> bool:
    """Whether the newest draft of `page`, or the one that has a time, shows `thing`. Wagtail's
    index knows the public version alone; the same extraction reads the drafts."""
    drafts = [page.get_latest_revision_as_object(), page.get_scheduled_revision_as_object()]
    wanted = (ReferenceIndex._get_base_content_type(thing).pk, str(thing.pk))
    return any(
        (kind, str(key)) == wanted
        for draft in drafts
        if draft
        for kind, key, *_ in ReferenceIndex._extract_references_from_object(draft)
    )


def pages_elsewhere(user: AbstractBaseUser, thing: Model) -> list[Page]:
    """The pages that show `thing` and are not this person's to change."""
    sections = sections_of(user)
    if sections is None:
        return []
    return [page for page in pages_showing(thing) if not lies_in(sections, page)]


def may_review(user: AbstractBaseUser, thing: Model) -> bool:
    """Whether a page lies in this person's sections, or what pages show lies in no other."""
    if isinstance(thing, Page):
        return lies_in(sections_of(user), thing)
    return not pages_elsewhere(user, thing)
