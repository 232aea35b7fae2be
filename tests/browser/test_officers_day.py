"""A place-name officer's day, in a browser: import with a dry run, mend two faults, rename a
road with its history, draw a polygon, submit it for review, see it published, undo an import."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from place_names.models import ImportRecord, PlaceName, RegisterFault
from place_names.names.categories import set_up_categories
from place_names.roles import OFFICERS, REVIEWERS, set_up_roles
from tests.place_names.factories import make_category, make_place, make_subdistrict
from tests.place_names.importing.files import CODE, csv_file, row

from .conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "an-officer-of-the-test"
CHECK = "form[action$='checks/run/'] button"


def log_in(page, name):
    page.context.clear_cookies()
    page.goto(reverse("wagtailadmin_login"))
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    follow(page.locator("button[type=submit]"))


@pytest.fixture
def officer(desktop_page, django_user_model, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    set_up_categories()
    make_subdistrict()
    set_up_roles()
    for name, group in (("officer", OFFICERS), ("reviewer", REVIEWERS)):
        user = django_user_model.objects.create_user(name, password=PASSWORD)
        user.groups.add(Group.objects.get(name=group))
    log_in(desktop_page, "officer")
    return desktop_page


def address(name, *args):
    return reverse(PlaceName.snippet_viewset.get_url_name(name), args=args)


def bring_in(page, path):
    """Upload, keep the columns as they were recognised, and stop at the dry run."""
    page.goto(reverse("place_name_imports:upload"))
    page.set_input_files("[name=file]", path)
    page.click("text=上传并核对列")
    page.click("text=核对全部数据")
    page.wait_for_selector("text=第3步")


def open_tab(page, label):
    page.get_by_role("tab", name=label).click()


def choose_action(page, label):
    """The main button of the form, or one from the menu beside it."""
    page.click("footer [data-w-dropdown-target=toggle]")
    follow(page.get_by_role("button", name=label))


def publish(page):
    choose_action(page, "发布")


def test_an_officers_day(officer, tmp_path):
    page = officer
    page.on("dialog", lambda dialog: dialog.accept())

    # Import: the dry run shows what would come, and changes nothing yet.
    rows = [
        row(1, name="新民西路", romanisation="Xīnmín Xīlù", year_established="1950"),
        row(2, name="同福路", romanisation=""),
        row(3, name="宝岗路", romanisation="Bǎogǎng Lù", lon="113.400000", lat="23.050000"),
    ]
    bring_in(page, csv_file(tmp_path, rows))
    assert "新民西路" in page.inner_text("main")
    assert not PlaceName.objects.exists()
    page.click("text=确认导入")
    page.wait_for_selector("text=导入完成")
    assert PlaceName.objects.published().count() == 3

    # Two faults: a missing romanisation, a point outside its subdistrict.
    page.goto(reverse("place_name_checks:index"))
    page.click(CHECK)
    page.wait_for_selector("text=已检查3条地名")
    faulty = {fault.place.name for fault in RegisterFault.objects.exclude(place=None)}
    assert {"同福路", "宝岗路"} <= faulty
    page.click("td a:text-is('同福路')")
    page.wait_for_selector("#id_name")
    assert page.input_value("#id_romanisation") == ""
    publish(page)
    page.goto(address("edit", PlaceName.objects.get(name="宝岗路").pk))
    open_tab(page, "位置")
    page.fill("#id_geometry", '{"type":"Point","coordinates":[113.27,23.1]}')
    publish(page)
    page.goto(reverse("place_name_checks:index"))
    page.click(CHECK)
    page.wait_for_selector("text=已检查3条地名")
    assert not RegisterFault.objects.filter(place__name__in=("同福路", "宝岗路")).exists()
    assert PlaceName.objects.get(name="同福路").romanisation == "Tóngfú Lù"

    # Rename a road: the old record stays, and the public sees what it was called.
    old = PlaceName.objects.get(name="新民西路")
    page.goto(reverse("place_name_history:rename", args=[old.pk]))
    page.fill("#id_name", "新民大道")
    page.fill("#id_year", "1990")
    page.click("main button[type=submit]")
    page.wait_for_selector("#id_romanisation")
    new = PlaceName.objects.get(name="新民大道")
    page.goto(f"{new.get_absolute_url()}?year=1985")
    assert "新民西路" in page.inner_text(".notice--info")

    # Draw a polygon on the map of a park, and submit it for review.
    park = make_place("甲公园", category=make_category("25200", "公园"))
    page.goto(address("edit", park.pk))
    open_tab(page, "位置")
    page.locator("[data-geometry-map]").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    page.get_by_title("画面").click()
    box = page.locator("[data-geometry-map]").bounding_box()
    middle_x, middle_y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    corners = [(-60, -60), (60, -60), (60, 40)]
    for x, y in [*corners, corners[0]]:
        page.mouse.click(middle_x + x, middle_y + y)
        page.wait_for_timeout(150)
    assert '"Polygon"' in page.input_value("#id_geometry")
    choose_action(page, re.compile("提交"))
    park.refresh_from_db()
    assert park.geometry["type"] == "Point"
    assert park.workflow_in_progress

    # The reviewer approves; only then is it public.
    log_in(page, "reviewer")
    page.goto(address("edit", park.pk))
    choose_action(page, re.compile("^批准"))
    park.refresh_from_db()
    assert park.geometry["type"] == "Polygon"

    # Undo the last import.
    log_in(page, "officer")
    bring_in(page, csv_file(tmp_path, [row(9, name="误录路")], name="wrong.csv"))
    page.click("text=确认导入")
    page.wait_for_selector("text=导入完成")
    assert PlaceName.objects.filter(code=CODE.format(9)).exists()
    page.click("text=查看导入记录")
    page.click("text=撤销最近一次导入（wrong.csv）")
    page.click("text=撤销这次导入")
    page.wait_for_selector("text=已撤销")
    assert not PlaceName.objects.filter(code=CODE.format(9)).exists()
    assert ImportRecord.objects.filter(state="undone").count() == 1
