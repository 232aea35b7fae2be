"""The first page of the admin shows each person the own work, and nothing else."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

import home.roles
import marriage.roles
import place_names.roles
from place_names.models import CheckRun, RegisterFault
from tests.home.factories import make_area
from tests.place_names.factories import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_page(client):
    """Gives the text of the first page of the admin for a person of a group."""
    make_area()
    for app in (home, place_names, marriage):
        app.roles.set_up_roles()

    def ask(group: str) -> str:
        user = get_user_model().objects.create_user(group)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client.get("/admin/").content.decode()

    return ask


def test_an_editor_is_told_what_waits_and_can_search_pages(first_page):
    shown = first_page("编辑")
    assert "到期要复核的页面" in shown
    assert 'role="search"' in shown
    assert "地名库里的问题" not in shown


def test_an_officer_sees_the_faults_of_the_register_by_kind(first_page):
    place, other = make_place(), make_place("新港西路")
    run = CheckRun.objects.create(checked=2)
    for faulty in (place, other):
        RegisterFault.objects.create(run=run, kind="outside", place=faulty, message="在别处")
    shown = first_page("地名员")
    assert "坐标不在所在街道" in shown
    assert "2处" in shown
    assert "/checks/?kind=outside" in shown
    assert "到期要复核的页面" not in shown


def test_a_manager_has_the_desk_of_the_registry_only(first_page):
    shown = first_page("婚姻登记主管")
    assert "打开今日窗口" in shown
    assert "待办事项" not in shown
    assert 'role="search"' not in shown


def test_nothing_in_the_admin_leads_to_the_internet(first_page):
    shown = re.sub(r"(?s)<noscript.*?</noscript>", "", first_page("编辑"))
    hosts = set(re.findall(r"https?://([\w.-]+)", shown))
    assert hosts <= {"www.w3.org", "localhost", "testserver"}  # The first names an XML format.


def test_the_report_of_old_pages_names_the_system_where_a_program_published(first_page, client):
    first_page("审核")
    text = client.get("/admin/reports/aging-pages/").content.decode()
    assert "婚姻登记" in text
    assert re.search(r"系统\s*</td>", text)
    assert not re.search(r"None\s*</td>", text)
