"""English pages that stay public when their Chinese originals are withdrawn: told, and offered."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import messages
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from home.languages.locales import CHINESE, ENGLISH


def english_left(pages: Iterable[Page], with_descendants: bool) -> list[Page]:
    """The live English translations of Chinese pages (and of those below them), in tree order."""
    chosen = Q(pk__in=[page.pk for page in pages])
    if with_descendants:
        for page in pages:
            chosen |= Q(path__startswith=page.path)
    originals = Page.objects.filter(chosen, locale__language_code=CHINESE)
    english = Page.objects.live().filter(
        locale__language_code=ENGLISH, translation_key__in=originals.values("translation_key")
    )
    return list(english.order_by("path"))


class SiteUnpublishView(UnpublishView):
    """Unpublishes the English page too if that was ticked, where this person may."""

    template_name = "home/staff/confirm_unpublish.html"

    def _english(self) -> list[Page]:
        chosen = english_left([self.object], bool(self.request.POST.get("include_descendants")))
        user = self.request.user
        return [page for page in chosen if page.permissions_for_user(user).can_unpublish()]

    def get_context_data(self, **kwargs) -> dict:
        own = english_left([self.object], with_descendants=False)
        below = len(english_left([self.object], with_descendants=True)) - len(own)
        offered = bool(self._english() or below)
        return super().get_context_data(
            english=own, english_below=below, offers_english=offered, **kwargs
        )

    def unpublish(self):
        english = self._english() if self.request.POST.get("english_too") else []
        response = super().unpublish()
        for page in english:
            action = UnpublishPageAction(page.specific, user=self.request.user)
            action.execute(skip_permission_checks=True)
        is_all = bool(self.request.POST.get("include_descendants"))
        tell_of_english_left(self.request, [self.object], is_all)
        return response


def tell_of_english_left(request: HttpRequest, pages: Iterable[Page], is_all: bool) -> None:
    """After Chinese pages were withdrawn: which English ones are still public, with a way to
    each that this person may withdraw."""
    left = english_left(pages, is_all)
    if not left:
        return
    titles = "、".join(f"“{page.get_admin_display_title()}”" for page in left)
    buttons = [
        messages.button(
            reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
            f"取消发布“{page.get_admin_display_title()}”",
        )
        for page in left
        if page.permissions_for_user(request.user).can_unpublish()
    ]
    words = f"英文页{titles}仍然公开，页上注明中文原页已撤下。"
    messages.warning(request, words, buttons=buttons)


def tell_after_unpublishing_many(request: HttpRequest, action: str, pages, view) -> None:
    """Hook after_bulk_action."""
    pages = [page for page in pages if isinstance(page, Page)]
    if action == "unpublish" and pages:
        tell_of_english_left(request, pages, bool(request.POST.get("include_descendants")))
