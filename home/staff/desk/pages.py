"""Desk lists of pages: reviews that are due, dead links, reported errors."""

import datetime
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.languages.locales import CHINESE
from home.models import ContentPage, DeadLink, FeedbackReport
from home.pages.section_permissions import sections_of
from home.trash import outside_trash

from .lists import DeskItem

SOON = datetime.timedelta(days=14)


def filed_in(sections: Iterable[int]) -> QuerySet:
    """The pages filed in these sections (their keys), and those of the sections themselves."""
    filed = models.Q(pk__in=sections)
    for model in content_models():
        filed |= models.Q(pk__in=model.objects.filter(section__in=sections).values("pk"))
    return Page.objects.filter(filed)


def editable(user: AbstractBaseUser, pages):
    """Those of a queryset of pages that this person may change: by right and by section."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    own = sections_of(user)
    if own is not None:
        allowed = allowed.filter(pk__in=filed_in(own))
    return pages.filter(pk__in=outside_trash(allowed).values("pk"))


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def content_models() -> list[type[ContentPage]]:
    return [model for model in apps.get_models() if issubclass(model, ContentPage)]


def due_for_review(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Live pages whose review is overdue or due within two weeks, the oldest first."""
    limit = timezone.localdate() + SOON
    pages = []
    for model in content_models():
        pages += editable(user, model.objects.live().filter(review_due__lte=limit))
    for page in sorted(pages, key=lambda page: page.review_due):
        late = page.review_due < timezone.localdate()
        day = page.review_due.strftime("%Y-%m-%d")
        yield DeskItem(page.title, edit_url(page), f"{day}{'（已过期）' if late else ''}")


def outdated_translations(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Public translations whose Chinese original was published again since, or is public no more."""
    originals = Page.objects.filter(
        translation_key=models.OuterRef("translation_key"), locale__language_code=CHINESE
    )
    pages = editable(user, Page.objects.live().exclude(locale__language_code=CHINESE))
    late = pages.annotate(
        original_at=models.Subquery(originals.values("last_published_at")[:1]),
        original_is_public=models.Subquery(originals.values("live")[:1]),
    ).filter(
        models.Q(original_at__gt=models.F("last_published_at")) | models.Q(original_is_public=False)
    )
    for page in late.order_by("original_at"):
        if not page.original_is_public:
            yield DeskItem(page.title, edit_url(page), "中文页面没有公开，请一起撤下或者改写")
            continue
        day = timezone.localtime(page.original_at).strftime("%Y-%m-%d")
        yield DeskItem(page.title, edit_url(page), f"中文{day}改过")


def dead_links(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Links that the last check found dead, with what they answered."""
    pages = editable(user, Page.objects.all())
    found = DeadLink.objects.filter(page__in=pages.values("pk")).select_related("page")
    for link in found.order_by("page__title", "address"):
        yield DeskItem(link.page.title, edit_url(link.page), f"{link.address}（{link.answer}）")


def waiting_reports(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Reported errors that nobody has closed, the oldest first; of own sections only."""
    own = sections_of(user)
    reports = FeedbackReport.objects.exclude(state__in=FeedbackReport.CLOSED)
    if own is not None:
        reports = reports.filter(models.Q(page=None) | models.Q(page__in=filed_in(own)))
    for report in reports.select_related("page").order_by("created_at"):
        address = reverse("wagtailsnippets_home_feedbackreport:edit", args=[report.pk])
        day = timezone.localtime(report.created_at).strftime("%Y-%m-%d")
        where = report.page.title if report.page else report.path or "未指明页面"
        yield DeskItem(f"{report.get_kind_display()}：{where}", address, f"{day}，{report.number}")
