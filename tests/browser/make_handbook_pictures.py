"""Makes the pictures of the handbook from the running site:

    pytest -m browser tests/browser/make_handbook_pictures.py

They go to static/img/handbook/ and are committed. It is no test and is not collected with them.
"""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from PIL import Image

from home.models import NoticePage, PreviewLink, TrashedPage
from home.trash import move_to_trash
from place_names.models import NonStandardName
from place_names.names.categories import set_up_categories
from place_names.naming.setting_up import load_lists
from place_names.roles import OFFICERS
from tests.guides.factories import make_figure, make_guide
from tests.home.factories import publish
from tests.place_names.factories import make_place, make_subdistrict
from tests.place_names.naming.test_procedure import advance, make_application

from .editing import PASSWORD, autosaved, desk_of, leave, make_people, new_notice, open_form
from .test_tables import PASTE, WPS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = Path(__file__).resolve().parents[2] / "static" / "img" / "handbook"


def take(page, slug: str) -> None:
    page.wait_for_timeout(800)
    picture = Image.open(BytesIO(page.screenshot()))
    picture.save(FOLDER / f"{slug}.webp", quality=60)


def test_pictures(chromium, live_server, django_user_model):
    index = make_people()
    figure = make_figure("dibao", ("2020-01-01", None, 650), name="低保标准")
    text = [{"type": "paragraph", "value": "<p>每月{figure:dibao}，请带户口簿。</p>"}]
    guide = make_guide(title="申请低保", body=text)
    notice = publish(index, NoticePage(title="端午放假安排", slug="holiday", summary="放假一天。"))
    old = publish(index, NoticePage(title="旧通知", slug="old"))
    move_to_trash(old, django_user_model.objects.get(username="reviewer"))
    PreviewLink.objects.create(page=notice, purpose="请律师看")
    assert TrashedPage.objects.exists()

    page = desk_of(chromium, live_server, "editor")
    take(page, "notice")
    new_notice(page, index)
    page.fill("#id_title", "各街道窗口")
    page.locator(".c-sf-add-button:visible").first.click()
    page.get_by_role("option", name="正文段落").click()
    page.wait_for_timeout(700)
    page.locator(".public-DraftEditor-content").evaluate(PASTE, [WPS, ""])
    page.locator("input[name$=caption]").fill("各街道的电话")
    page.locator(".table-editor__area").scroll_into_view_if_needed()
    take(page, "table")
    autosaved(page)
    page.context.clear_cookies()
    page.fill("#id_summary", "窗口的电话。")
    page.locator(".editor-guard").wait_for()
    take(page, "login")
    leave(page)

    page = desk_of(chromium, live_server, "editor")
    for slug, address in {
        "word": "/admin/word-import/",
        "figure": f"/admin/snippets/guides/figure/edit/{figure.pk}/",
        "file": "/admin/documents/",
        "search": "/admin/text-search/?q=户口簿",
        "preview": f"/admin/pages/{notice.pk}/preview-links/",
        "assign": f"/admin/pages/{guide.pk}/assign/",
        "english": f"/admin/translation/submit/page/{notice.pk}/",
    }.items():
        page.goto(address)
        if slug == "figure":
            page.locator(".figure-effects").scroll_into_view_if_needed()
        take(page, slug)
    notice.summary = "放假一天，周六上班。"
    notice.save_revision()
    open_form(page, f"/admin/pages/{notice.pk}/edit/")
    page.locator(".w-dropdown").first.click()
    take(page, "draft")
    notice.get_workflow().start(notice, django_user_model.objects.get(username="editor"))
    leave(page)

    page = desk_of(chromium, live_server, "reviewer")
    take(page, "review")
    page.goto("/admin/trash/")
    take(page, "delete")
    open_form(page, f"/admin/pages/{guide.pk}/edit/")
    page.get_by_role("button", name="显示或隐藏状态").click()
    take(page, "schedule")
    leave(page)


def test_pictures_of_the_place_name_officer(chromium, live_server, django_user_model, time_machine):
    time_machine.move_to("2026-03-06 10:00+08:00")
    set_up_categories()
    district = [make_subdistrict()]
    make_people()
    load_lists()
    officer = django_user_model.objects.create_user("officer", password=PASSWORD)
    officer.groups.add(Group.objects.get(name=OFFICERS))
    place = make_place("榕荫苑", specific="榕荫", generic="苑")
    application = make_application(district, received_on=date(2026, 3, 3))
    advance(application, "accepted", day=date(2026, 3, 5))
    NonStandardName.objects.create(
        name="榕荫国际公馆", kind="擅", subdistrict=district[0], place=place, state="running",
        reason="宣传时用的名称没有经过批准", basis="《地名管理条例》第九条",
        listed_on=date(2026, 3, 2), is_public=True,
    )  # fmt: skip
    page = desk_of(chromium, live_server, "officer")
    page.goto(reverse("place_name_naming:application", args=[application.pk]))
    take(page, "naming")
    page.goto(reverse(NonStandardName.snippet_viewset.get_url_name("list")))
    take(page, "non-standard")
    leave(page)
