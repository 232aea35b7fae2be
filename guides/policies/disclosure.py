"""What a policy says of itself in the catalogue of government information (政务公开)."""

from collections.abc import Iterator

from wagtail.models import Page

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


def missing_fields(page: Page) -> Iterator[Finding]:
    """Fields of the catalogue that are empty; an ended document also says what ended it."""
    if not isinstance(page, PolicyPage):
        return
    for name, label in FIELDS.items():
        if not getattr(page, name):
            yield Finding(
                KIND, label, "没有填", f"请填{label}，公开目录里要有；确实没有的写明原因。"
            )
    if page.ends_on and not page.ended_by:
        yield Finding(
            KIND, "失效、废止依据", "没有填", "写了有效期至，请写明依据哪份文件失效或者废止。"
        )
