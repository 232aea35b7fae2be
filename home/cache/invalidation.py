"""Cache invalidation: when content changes, everything made from it is out of date at once.

Cache keys hold the *content version*, a random word in the shared cache. `invalidate` replaces
it after the commit, so no entry has to be found and deleted. A request reads the version before
it reads content; what it makes from old content is therefore stored under the old version,
where nobody looks any more.
"""

import weakref
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.crypto import get_random_string
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

VERSION_KEY = "content-version"
CONTENT_APPS = ("home", "guides", "place_names", "wagtailimages", "wagtaildocs")
# Fields of a published page that saving a draft writes; none of them is shown to the public.
DRAFT_FIELDS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "_comments",
    "wagtail_admin_comments",
    "locked",
    "locked_at",
    "locked_by",
}


@dataclass
class RequestState:
    """What a reading request knows: the content version, asked for once, and its own values."""

    version: str = ""
    values: dict = field(default_factory=dict)


request_state: ContextVar[RequestState | None] = ContextVar("request_state", default=None)


class _Invalidation:
    """The change of version that a transaction runs when it commits, once."""

    def __init__(self):
        self.is_done = False

    def __call__(self) -> None:
        if not self.is_done:
            self.is_done = True
            _change_version()


# The transaction alone keeps the object alive: after a rollback the reference is dead.
_last_invalidation: ContextVar[weakref.ref | None] = ContextVar("last_invalidation", default=None)


def content_version() -> str:
    """The word under which entries are stored now; a new one when the cache has lost it."""
    state = request_state.get() or RequestState()
    state.version = state.version or _read_version()
    return state.version


def versioned_key(key: str, prefix: str, version: int) -> str:
    """A KEY_FUNCTION for a cache whose entries end with the content version."""
    return f"{content_version()}:{prefix}:{version}:{key}"


def _read_version() -> str:
    word = cache.get(VERSION_KEY)
    if word is None:
        word = get_random_string(12)
        # add, not set: of two processes that find no version, both use the first one's.
        word = word if cache.add(VERSION_KEY, word, None) else cache.get(VERSION_KEY, word)
    return word


def is_pending() -> bool:
    """Whether the running transaction has changed content that nobody else can see yet."""
    reference = _last_invalidation.get()
    invalidation = reference and reference()
    return invalidation is not None and not invalidation.is_done


def invalidate() -> None:
    """Makes every cached page and memoized value out of date when the transaction commits."""
    _reset_request()
    if not is_pending():
        invalidation = _Invalidation()
        _last_invalidation.set(weakref.ref(invalidation))
        transaction.on_commit(invalidation)


def _reset_request() -> None:
    if state := request_state.get():
        state.version = ""
        state.values.clear()


def _change_version() -> None:
    # Deleting works on a full disk too, where the new word cannot be written.
    cache.delete(VERSION_KEY)
    cache.set(VERSION_KEY, get_random_string(12), None)
    _reset_request()


def is_content(model: type[Model]) -> bool:
    """Whether a change of this model may change a public page.

    Every model of the content apps counts unless it says `changes_no_page = True`, as logs
    and counters do: a needless invalidation is cheap, a stale page is not.
    """
    if issubclass(model, Page | PageViewRestriction | Site):
        return True
    return model._meta.app_label in CONTENT_APPS and not getattr(model, "changes_no_page", False)


def connect() -> None:
    """Invalidates on every change of content; called once from HomeConfig.ready.

    `QuerySet.update` and `bulk_create` send no signals: code that uses them on content calls
    `invalidate` in the same transaction.
    """

    def changed(sender, update_fields=None, **kwargs):
        if update_fields and DRAFT_FIELDS.issuperset(update_fields):
            return
        if is_content(sender):
            invalidate()

    for signal in (post_save, post_delete):
        signal.connect(changed, weak=False, dispatch_uid=f"invalidation_{id(signal)}")
    m2m_changed.connect(
        lambda sender, instance, **kwargs: changed(type(instance)),
        weak=False,
        dispatch_uid="invalidation_m2m",
    )
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(
            lambda **kwargs: invalidate(), weak=False, dispatch_uid=f"invalidation_{id(signal)}"
        )
