"""What of guides and figures waits for an editor."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone

from home.desk.lists import DeskItem
from home.desk.pages import edit_address, editable

from .figures import value_on
from .models import Figure, GuidePage, QuestionTreePage


def not_ready(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Guides and question trees (the draft where there is one) that may not be published yet."""
    for model in (GuidePage, QuestionTreePage):
        for page in editable(user, model.objects.all()).order_by("title"):
            latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
            if found := latest.obstacles():
                yield DeskItem(latest.title, edit_address(page), "".join(found))


def expired_figures(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Figures whose last value has ended, and how many live pages show them."""
    if not user.has_perm("guides.view_figure") and not user.has_perm("guides.change_figure"):
        return
    today = timezone.localdate()
    for figure in Figure.objects.prefetch_related("values", "uses"):
        values = list(figure.values.all())
        if values and value_on(values, today) is None:
            ended = max((v.valid_to for v in values if v.valid_to), default=None)
            if ended and ended < today:
                uses = len(figure.uses.all())
                reason = f"{ended:%Y-%m-%d}到期，{uses}个页面在用"
                address = reverse("wagtailsnippets_guides_figure:edit", args=[figure.pk])
                yield DeskItem(figure.name, address, reason)
