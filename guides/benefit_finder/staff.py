"""What editors are told about rules that do not fit the questionnaire."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page

from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable
from home.text_checks import Finding

from ..pages.models import GuidePage
from .models import BenefitFinderPage


def _problems(guide: GuidePage) -> list[str]:
    finder = BenefitFinderPage.objects.first()
    return finder.problems_of(guide) if finder else []


def misfits(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """The desk list of guides whose rules ask for what the questionnaire does not."""
    for guide in editable(user, GuidePage.objects.exclude(eligibility=[])).order_by("title"):
        if found := _problems(guide):
            yield DeskItem(guide.title, edit_url(guide), "".join(found))


def misfits_of_draft(page: Page) -> Iterator[Finding]:
    """The text check of a guide before it is submitted."""
    if isinstance(page, GuidePage):
        for problem in _problems(page):
            yield Finding("政策找人", "谁可以领", problem, "请改条件，或者先改问卷。")
