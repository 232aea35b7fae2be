"""Validation of the values of a figure in the editor: one value a day, no hidden decimals."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

YEARS = range(1949, 2101)


@dataclass(frozen=True)
class Entry:
    """A value as it was typed; what is missing or no date is None."""

    first: datetime.date | None
    last: datetime.date | None
    amount: Decimal | None


def faults(entries: list[Entry], decimals: int, unit: str = "") -> Iterator[tuple[int, str, str]]:
    """What cannot stand: (position of the entry, name of the field, message).

    A value without a last day holds until the next one begins; one with a last day must have
    ended before the next begins. `decimals`: how many the figure shows.
    """
    for position, entry in enumerate(entries):
        for field, day in (("valid_from", entry.first), ("valid_to", entry.last)):
            if day and day.year not in YEARS:
                yield position, field, f"请核对年份：{day.year}年。"
        if "元" in unit and entry.amount is not None and entry.amount < 0:
            yield position, "amount", "金额不能小于0。"
        if _decimals(entry.amount) > (decimals):
            yield position, "amount", f"“小数位”是{decimals}，这个数的小数更多，会显示不全。"
    dated = sorted((entry.first, position) for position, entry in enumerate(entries) if entry.first)
    for (first, earlier), (following, later) in pairwise(dated):
        last = entries[earlier].last
        if first == following:
            yield later, "valid_from", "同一天只能有一个数值。"
        elif last and last >= following:
            yield earlier, "valid_to", f"下一个数值从{following:%Y-%m-%d}起，这一个要在那之前结束。"


def _decimals(amount: Decimal | None) -> int:
    return 0 if amount is None else -amount.normalize().as_tuple().exponent


class ValuesFormSet(BaseChildFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if (amount := form.initial.get("amount")) is not None:
            form.initial["amount"] = round(amount, max(_decimals(amount), 0))

    def clean(self):
        forms = [form for form in self.forms if self._counts(form)]
        entries = [
            Entry(*(form.cleaned_data.get(name) for name in ("valid_from", "valid_to", "amount")))
            for form in forms
        ]
        for position, field, message in faults(
            entries, self.instance.decimals or 0, self.instance.unit
        ):
            forms[position].add_error(field, message)
        self._refuse_days_that_change_hands(forms)
        super().clean()

    def _counts(self, form) -> bool:
        return hasattr(form, "cleaned_data") and not self._should_delete_form(form)

    def _refuse_days_that_change_hands(self, forms) -> None:
        """The rows are saved one by one: none may take the first day that another still has."""
        kept = [form for form in forms if form.instance.pk]
        held = dict(
            self.model.objects.filter(pk__in=[form.instance.pk for form in kept]).values_list(
                "valid_from", "pk"
            )
        )
        for form in forms:
            holder = held.get(form.cleaned_data.get("valid_from"))
            if holder and holder != form.instance.pk and not form.errors:
                form.add_error(
                    "valid_from", "改动之前，另一个数值就从这一天起。请先保存那一个，再改这一个。"
                )


class ValuesPanel(InlinePanel):
    """The values of a figure, checked against each other."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = ValuesFormSet
        return options
