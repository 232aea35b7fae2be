"""The download page of the demonstration: forms with their samples, and a table."""

from wagtail.models import Page

from demonstration.notation import blocks
from demonstration.pages import add_page
from guides.models import GuidePage
from home.models import DownloadPage

from . import forms
from .files import indicators_file


def load(home: Page) -> None:
    """Adds the download page with its files, unless it is there."""
    if home.get_children().filter(slug="downloads").exists():
        return
    guides = dict(GuidePage.objects.values_list("slug", "title"))
    marriage = GuidePage.objects.get(slug="marriage-registration")
    files = [
        *(file for form in forms.forms() for file in forms.documents(form)),
        indicators_file(),
    ]
    page = DownloadPage(
        slug="downloads",
        title="表格下载",
        summary="声明书、离婚协议书、委托书、申请书的空表和填写示例。下载前可以先看看里面的文字。",
        section=marriage.section,
        files=[{"type": "file", "value": file.pk} for file in files],
        body=blocks(forms.explanation(guides)),
    )
    add_page(home, page)
