"""The report of cited laws, and what is told when one ends."""

import datetime
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from home.languages.locales import CHINESE
from home.staff.desk.lists import DeskItem, EditorsOnly
from home.staff.desk.pages import edit_url, editable
from home.staff.teamwork.calendar import Entry

from ...pages.models import GuidePage
from ..citations import laws_of, outdated
from ..models import PolicyPage


class LawsView(EditorsOnly, WagtailAdminTemplateMixin, TemplateView):
    """Which guides cite which law."""

    template_name = "guides/policies/staff/laws.html"
    page_title = "设定依据"
    header_icon = "doc-full-inverse"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        laws = [
            (
                law,
                law.is_over(today),
                [(guide, edit_url(guide), article) for guide, article in law.guides],
            )
            for law in laws_of(GuidePage.objects.live().filter(locale__language_code=CHINESE))
        ]
        return super().get_context_data(laws=laws, **kwargs)


def with_outdated_laws(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Desk list: public guides that cite what is no longer in force."""
    for guide, law in outdated(editable(user, GuidePage.objects.live())):
        yield DeskItem(
            guide.title, edit_url(guide), f"《{law.name}》{law.policy.ends_on:%Y-%m-%d}失效"
        )


def ending_policies(
    user: AbstractBaseUser, first: datetime.date, last: datetime.date
) -> Iterator[Entry]:
    """For the calendar: the last days on which documents are in force."""
    ending = PolicyPage.objects.live().filter(ends_on__range=(first, last))
    for policy in editable(user, ending):
        yield Entry(policy.ends_on, "文件有效期至", policy.title, edit_url(policy))
