"""Phrases that the dictionary gets wrong: the list of staff, and what apps register.

The app above registers in `AppConfig.ready`. The list of staff comes first.
"""

import logging
from collections.abc import Callable, Mapping

from django.db import DatabaseError

from home.cache.memoize import memoized
from home.models import TraditionalForm

from .text import NO_FORMS, Forms

logger = logging.getLogger("civil_affairs.traditional")
_loaders: dict[str, Callable[[], Mapping[str, str]]] = {}


def register_forms(name: str, load: Callable[[], Mapping[str, str]]) -> None:
    """`load()` returns {simplified phrase: traditional form}; the same name again replaces it.

    It is called once for each content version.
    """
    _loaders[name] = load


def all_forms() -> Forms:
    """Memoized until content changes. Without the database none: that must not fail a page."""
    try:
        return memoized("traditional forms", _load)
    except DatabaseError as error:
        logger.warning("the forms could not be read: %s", type(error).__name__)
        return NO_FORMS


def _load() -> Forms:
    forms: dict[str, str] = {}
    for load in _loaders.values():
        forms.update(load())
    return Forms(forms | dict(TraditionalForm.objects.values_list("phrase", "form")))
