"""The desk list of figures that need a new value."""

import datetime
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone

from home.staff.desk.lists import DeskItem
from home.staff.teamwork.calendar import Entry

from ..models import Figure, FigureValue
from ..rendering import value_on

ENDED = "到期"


def expired_figures(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Figures whose last value has ended, then those that are due for review or whose last is a
    goal of a year that is over, and how many live pages show them."""
    if not _sees(user):
        return
    today = timezone.localdate()
    figures = Figure.objects.prefetch_related("values", "uses")
    over = [(_what_is_over(figure, today), figure) for figure in figures]
    for reason, figure in sorted(over, key=lambda pair: not pair[0].endswith(ENDED)):
        if reason:
            uses = f"{len(figure.uses.all())}个页面在用"
            yield DeskItem(figure.name, _url(user, figure), f"{reason}，{uses}")


def ending_figures(
    user: AbstractBaseUser, first: datetime.date, last: datetime.date
) -> Iterator[Entry]:
    """For the calendar: the last days of values, and when figures are due for review."""
    if not _sees(user):
        return
    ending = FigureValue.objects.filter(valid_to__range=(first, last))
    for value in ending.select_related("figure"):
        title = f"{value.figure.name}（{value.shown()}）"
        yield Entry(value.valid_to, "数据到期", title, _url(user, value.figure))
    for figure in Figure.objects.filter(review_due__range=(first, last)):
        yield Entry(figure.review_due, "数据该复核", figure.name, _url(user, figure))


def _sees(user: AbstractBaseUser) -> bool:
    return user.has_perm("guides.view_figure") or user.has_perm("guides.change_figure")


def _url(user: AbstractBaseUser, figure: Figure) -> str:
    if user.has_perm("guides.change_figure"):
        return reverse("wagtailsnippets_guides_figure:edit", args=[figure.pk])
    return figure.get_absolute_url()


def _what_is_over(figure: Figure, today: datetime.date) -> str:
    """Why a figure needs a new value, or nothing."""
    if figure.is_review_due(today):
        return f"{figure.review_due:%Y-%m-%d}该复核"
    values = list(figure.values.all())
    value = value_on(values, today)
    if value and value.is_target and value.valid_from.year < today.year:
        return f"{value.valid_from.year}年的目标已过，还没有实际数值"
    ended = max((v.valid_to for v in values if v.valid_to), default=None)
    return f"{ended:%Y-%m-%d}{ENDED}" if value is None and ended and ended < today else ""
