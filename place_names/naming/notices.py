"""The public notice of an approved name, drafted from its record.

《地名备案公告管理办法（试行）》 (2023) asks for the standard name, its romanisation, the area that it
belongs to, its position, the approving body and the date.
"""

from datetime import date
from html import escape

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home.blocks.rich_tables import Cell, table_markup
from home.models import NoticeIndexPage, NoticePage
from home.pages.slugs import free_slug
from home.pages.visibility import is_open_to_all
from home.trash import is_in_trash, outside_trash
from place_names.models import NamingApplication

from .requirements import ProcedureError

Action, State = NamingApplication.Action, NamingApplication.State

DISTRICT = "广州市海珠区"
BASIS = "根据《地名管理条例》第十四条，现将下列地名向社会公告。自批准之日起，应当使用标准地名。"
ENDED = "根据《地名管理条例》第十四条，现将下列地名的销名向社会公告。"


def notice(application: NamingApplication) -> tuple[str, list[tuple[str, str]]]:
    """(title, rows of label and value) for an application that was approved."""
    place = application.result
    ends = application.action == Action.ABOLISH
    title = f"关于{application.title}的公告"
    rows = [
        ("标准名称", f"{place.name}（已销名）" if ends else place.name),
        ("罗马字母拼写", place.romanisation),
        ("所属政区", f"{DISTRICT}{application.subdistrict.name}"),
        ("位置描述", application.location),
        ("批准机关", application.authority),
        ("批准文号", application.document),
        ("批准时间", _day(application.decided_on)),
    ]
    if application.action == Action.RENAME:
        rows.insert(1, ("原名称", application.place.name))
    if not ends:
        rows.insert(2, ("含义", application.meaning))
    return title, [(label, value) for label, value in rows if value]


@transaction.atomic
def draft(application: NamingApplication, user) -> NoticePage:
    """An unpublished notice page with the required fields, or the one that was drafted before.

    It is public only after the review of every page. Raises ProcedureError.
    """
    application = NamingApplication.objects.select_for_update().get(pk=application.pk)
    if not application.result_id:
        raise ProcedureError("批准以后才起草公告。")
    if page := page_of(application):
        return page.specific
    index = NoticeIndexPage.objects.first()
    if index is None:
        raise ProcedureError("网站上没有“通知公告”栏目，请先请编辑建立。")
    title, rows = notice(application)
    text = ENDED if application.action == Action.ABOLISH else BASIS
    table = table_markup([[Cell(label, header=True), Cell(escape(value))] for label, value in rows])
    page = NoticePage(
        title=title,
        slug=free_slug(title, index),
        summary=f"{DISTRICT}{application.subdistrict.name}，{application.authority}批准。",
        issued_on=timezone.localdate(),
        live=False,
        owner=user,
        body=[
            {"type": "paragraph", "value": f"<p>{text}</p>"},
            {"type": "rich_table", "value": {"caption": "公告的地名", "table": table}},
            {"type": "paragraph", "value": f"<p>{_way_on(application.result)}</p>"},
        ],
    )
    index.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    application.notice_page = page
    application.save(update_fields=["notice_page"])
    return page


def _way_on(place) -> str:
    return f'<a href="{place.get_absolute_url()}">在地名库里看“{escape(place.name)}”</a>'


def page_of(application: NamingApplication) -> Page | None:
    """The drafted or published notice; None where there is none or it lies in the trash."""
    page = application.notice_page
    return None if page is None or is_in_trash(page) else page


def published(application: NamingApplication) -> Page | None:
    """The notice where everybody may read it."""
    page = page_of(application)
    return page if page and is_open_to_all(page) else None


def lost() -> list[NamingApplication]:
    """Applications recorded as announced whose notice nobody can read any more, or ever could."""
    found = NamingApplication.objects.filter(state=State.ANNOUNCED)
    return [
        each
        for each in found.select_related("notice_page", "place").order_by("pk")
        if published(each) is None
    ]


def waiting_drafts() -> list[Page]:
    """Notices that nobody has submitted for review yet, the oldest first."""
    drafted = NamingApplication.objects.exclude(notice_page=None).values("notice_page")
    pages = outside_trash(Page.objects.filter(pk__in=drafted, live=False)).order_by("pk")
    return [page for page in pages if not page.workflow_in_progress]


def state_of(page: Page) -> str:
    """Where the notice stands, in words."""
    if page.live:
        return "已发布"
    return "正在审核" if page.workflow_in_progress else "草稿，还没有送审"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
