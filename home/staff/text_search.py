"""Where do we say it? A search through the whole text of pages, drafts and records."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.models import ServicePlace, SiteDocument, SiteImage, SiteSettings
from home.pages.full_text import Hit, hits
from home.trash import outside_trash
from home.typed_text import one_line

from .desk.lists import EditorsOnly

MAX_RESULTS = 200
MAX_TYPED = 100


@dataclass(frozen=True)
class Found:
    """A page or record with all places where the words stand."""

    title: str
    kind: str
    edit_url: str | None
    public_url: str | None
    state: str
    hits: list[Hit]


_records: list[Callable[[], Iterable[Model]]] = [
    lambda: ServicePlace.objects.all(),
    lambda: SiteDocument.objects.all(),
    lambda: SiteImage.objects.all(),
    lambda: SiteSettings.objects.all(),
]


def register_searched(records: Callable[[], Iterable[Model]]) -> None:
    """More records whose text is searched; call from AppConfig.ready."""
    _records.append(records)


def find(user: AbstractBaseUser, terms: list[str]) -> Iterator[Found]:
    """Pages first: what readers see, then drafts where they say it and the public page does not."""
    finder = AdminURLFinder(user)
    allowed = PagePermissionPolicy().explorable_instances(user)
    for page in (
        outside_trash(Page.objects.filter(pk__in=allowed.values("pk"))).order_by("path").specific()
    ):
        if page.is_root():
            continue
        public = hits(page, terms) if page.live else []
        draft = []
        if not page.live or page.has_unpublished_changes:
            draft = hits(page.get_latest_revision_as_object(), terms)
        if public or draft:
            state = ("公开" if public else "草稿") + (
                "，草稿里已去掉" if public and page.has_unpublished_changes and not draft else ""
            )
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield Found(
                page.get_admin_display_title(),
                page.get_verbose_name(),
                url,
                page.url if page.live else None,
                state,
                public or draft,
            )
    for records in _records:
        for record in records():
            if found := hits(record, terms):
                yield Found(
                    str(record),
                    str(record._meta.verbose_name),
                    finder.get_edit_url(record),
                    None,
                    "",
                    found,
                )


class TextSearchView(EditorsOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "home/staff/text_search.html"
    page_title = "全文查找"
    header_icon = "search"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        typed = one_line(self.request.GET.get("q", "")[:MAX_TYPED])
        found = list(find(self.request.user, typed.split())) if typed else []
        return super().get_context_data(
            query=typed,
            results=found[:MAX_RESULTS],
            left_out=max(len(found) - MAX_RESULTS, 0),
            places=sum(len(result.hits) for result in found),
            things=len(found),
            **kwargs,
        )
