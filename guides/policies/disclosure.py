"""What a policy says of itself in the catalogue of government information (政务公开)."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page

from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable
from home.text_checks import Finding

from .models import PolicyPage

KIND = "政务公开"
FIELDS = {
    "index_number": "索引号",
    "subject": "主题分类",
    "document_number": "文号",
    "published_on": "公开日期",
    "effective_on": "施行日期",
}
NO_ORIGINAL = "这不是原文的网页。请填原文所在的网页；实在找不到的，写明查过哪里。"


def missing_fields(page: Page) -> Iterator[Finding]:
    """Fields of the catalogue that are empty; an ended document also says what ended it."""
    if not isinstance(page, PolicyPage):
        return
    for name, label in FIELDS.items():
        if not getattr(page, name):
            yield Finding(
                KIND, label, "没有填", f"请填{label}，公开目录里要有；确实没有的写明原因。"
            )
    if page.is_summary and not page.has_original:
        given = page.full_text_address or "没有填"
        yield Finding(KIND, "原文网址", given, NO_ORIGINAL)
    if page.ends_on and not page.ended_by:
        yield Finding(
            KIND, "失效、废止依据", "没有填", "写了有效期至，请写明依据哪份文件失效或者废止。"
        )


def without_original(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Public summaries that lead to no original, only to the start page of a site or nowhere."""
    summaries = PolicyPage.objects.live().filter(is_summary=True).order_by("path")
    for policy in editable(user, summaries):
        if not policy.has_original:
            where = policy.full_text_host or "没有网址"
            yield DeskItem(policy.title, edit_url(policy), f"只有{where}，不是原文")
