"""What of guides and figures waits for an editor."""

import datetime
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone

from home.desk.lists import DeskItem
from home.desk.pages import edit_address, editable

from .figures import value_on
from .models import Figure, FigureValue, GuidePage, PolicyPage, QuestionTreePage

ENDED = "到期"


def not_ready(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Guides, policies and question trees (the draft where there is one) that may not be published yet."""
    for model in (GuidePage, PolicyPage, QuestionTreePage):
        for page in editable(user, model.objects.all()).order_by("title"):
            latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
            if found := latest.obstacles():
                yield DeskItem(latest.title, edit_address(page), "".join(found))


def expired_figures(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Figures whose last value has ended, then those whose last is a goal of a year that is over,
    and how many live pages show them."""
    if not user.has_perm("guides.view_figure") and not user.has_perm("guides.change_figure"):
        return
    today = timezone.localdate()
    figures = Figure.objects.prefetch_related("values", "uses")
    over = [(_what_is_over(list(figure.values.all()), today), figure) for figure in figures]
    for reason, figure in sorted(over, key=lambda pair: not pair[0].endswith(ENDED)):
        if reason:
            address = (
                reverse("wagtailsnippets_guides_figure:edit", args=[figure.pk])
                if user.has_perm("guides.change_figure")
                else figure.get_absolute_url()
            )
            yield DeskItem(figure.name, address, f"{reason}，{len(figure.uses.all())}个页面在用")


def _what_is_over(values: list[FigureValue], today: datetime.date) -> str:
    """Why a figure needs a new value, or nothing."""
    value = value_on(values, today)
    if value and value.is_target and value.valid_from.year < today.year:
        return f"{value.valid_from.year}年的目标已过，还没有实际数值"
    ended = max((v.valid_to for v in values if v.valid_to), default=None)
    return f"{ended:%Y-%m-%d}{ENDED}" if value is None and ended and ended < today else ""
