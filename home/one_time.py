"""Public forms that store one thing, however often the same form is sent: a double click, a
browser that repeats the request after a lost answer.

The form carries a random key. Of key and content a hash is stored with the row (`sent_as`,
unique); the same form sent again leads to the row that is there. Somebody who goes back and
writes something else sends another one.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.db import IntegrityError, models, transaction

Row = TypeVar("Row", bound=models.Model)
_KEY = re.compile(r"[\w-]{22}", re.ASCII)


def new_key() -> str:
    return secrets.token_urlsafe(16)


class SentAsField(models.CharField):
    """The hash of the form that a row came from; None for a row that came otherwise."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": 32, "unique": True, "null": True, "editable": False}
        super().__init__(*args, **kwargs)


class OneTimeForm(forms.Form):
    """A mixin. Its template has to show the hidden field `once`."""

    once = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_key)

    def sent_as(self) -> str | None:
        """The hash of key and content of a valid form; None without a key."""
        key = self.cleaned_data.get("once", "")
        if not _KEY.fullmatch(key):
            return None
        content = sorted((name, repr(value)) for name, value in self.cleaned_data.items())
        return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def sent_before(rows: type[Row], sent_as: str | None) -> Row | None:
    """The row of this very form, if it was sent before."""
    return rows.objects.filter(sent_as=sent_as).first() if sent_as else None


class RefusedError(Exception):
    """Nothing more is accepted now; `words` say why."""

    def __init__(self, words: str):
        super().__init__(words)
        self.words = words


def store_once(
    rows: type[Row],
    sent_as: str | None,
    create: Callable[[], Row],
    refusal: Callable[[], str] = str,
) -> Row:
    """What `create` stores, or the row that the same form stored at the same time.

    `refusal` is asked once the row stands, and undoes it where it gives a reason (RefusedError):
    of two copies of a form only the one that is stored counts towards a limit, so that the other
    gets its row and not the limit that the first one filled.
    """
    try:
        with transaction.atomic():
            row = create()
            if words := refusal():
                raise RefusedError(words)
            return row
    except IntegrityError:
        if found := sent_before(rows, sent_as):
            return found
        raise
