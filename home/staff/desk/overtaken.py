"""Forms of pages and records with drafts that were opened before the newest text was saved.

A colleague may have saved it, or the same person in another window or on another device. What
automatic saving of the form itself saved is no newer text: `static/js/editor-guard.js` tells
the form of it.
"""

import json
import re

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.compare import (
    ChildRelationComparison,
    FieldComparison,
    StreamFieldComparison,
)
from wagtail.admin.panels import Panel

from .decisions import name_of

BLOCK_KEY = re.compile(' data-block-key="[^"]*"')
Comparison = FieldComparison | ChildRelationComparison


def differences(panel: Panel, newest: Model, typed: Model) -> list[Comparison]:
    """The fields in which what was typed differs from the newest text."""
    compared = (compare(newest, typed) for compare in panel.get_comparison())
    return [one for one in compared if one.has_changed() and not _says_the_same(one)]


def _says_the_same(compared: Comparison) -> bool:
    """Whether only keys differ, which forms and browsers make again, line ends, or ways of being
    empty."""
    if isinstance(compared, StreamFieldComparison):
        field = compared.field
        values = [field.get_prep_value(value) for value in (compared.val_a, compared.val_b)]
    elif isinstance(compared, FieldComparison):
        values = [compared.val_a, compared.val_b]
    else:
        return False
    if not all(isinstance(value, str | list | dict) for value in values):
        return False
    newest, typed = (_said(json.loads(json.dumps(v, cls=DjangoJSONEncoder))) for v in values)
    return newest == typed


def _said(stored):
    if isinstance(stored, list):
        return [_said(one) for one in stored]
    if isinstance(stored, dict):
        said = {name: _said(one) for name, one in stored.items() if name != "id"}
        return {name: one for name, one in said.items() if one not in (None, "", False, [], {})}
    if isinstance(stored, str):
        return BLOCK_KEY.sub("", stored).replace("\r\n", "\n")
    return stored


class ShowsNewerText:
    """A form view of Wagtail that saves nothing over a text which its form did not show.

    The form is shown again with what was typed and where the newest text differs; sent once
    more, it counts. A text that is the same as what was typed is no reason to ask.
    """

    is_told_of_newer_text = False

    @cached_property
    def text_differences(self) -> list[Comparison]:
        """Of a valid form. Empty if it may be saved."""
        if not self.is_out_of_date:
            return []
        typed = self.form.save(commit=False)
        panel = self.get_panel().get_bound_panel(instance=typed, request=self.request, form=None)
        return differences(panel, typed.get_latest_revision().as_object(), typed)

    def tell_of_newer_text(self, thing: Model, edit_url: str) -> None:
        newest = thing.get_latest_revision()
        is_own = newest.user_id == self.request.user.pk
        context = {
            "who": "您在另一个窗口" if is_own else name_of(newest.user) or "有人",
            "when": newest.created_at,
            "comparison": self.text_differences,
        }
        words = render_to_string("home/staff/newer_text.html", context)
        messages.error(
            self.request, words, buttons=[messages.button(edit_url, "打开新保存的", True)]
        )
        self.is_told_of_newer_text = True
        self.autosave_enabled = False  # It would save at once what has only been shown.

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        if self.request.method == "POST" and self.is_out_of_date and not self.is_told_of_newer_text:
            # Shown again for another reason: the form has still not shown the newest text.
            shown = self.request.POST.get("loaded_revision_created_at", "")
            context["loaded_revision_created_at"] = shown
            context["autosave_enabled"] = False
        return context
