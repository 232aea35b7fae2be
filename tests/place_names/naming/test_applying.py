"""Applications over this site, and the way to the portal while it takes none."""

import pytest
from django.urls import reverse

from place_names.models import NamingApplication, NamingSettings
from place_names.naming import applying
from place_names.naming.setting_up import load_lists
from tests.home.factories import make_home

APPLY, SENT = reverse("place_names:naming_apply"), reverse("place_names:naming_applied")


@pytest.fixture(autouse=True)
def today(time_machine, district):
    time_machine.move_to("2026-03-10 10:00+08:00", tick=False)
    load_lists()
    make_home()


@pytest.fixture
def switched_on():
    settings = NamingSettings.load()
    settings.online_application = True
    settings.save()


def typed(**fields):
    return {
        "kind": "street",
        "name": "榕荫路",
        "subdistrict": "江南中街道",
        "location": "东起甲路，西至乙路",
        "meaning": "路旁有古榕",
        "reason": "新建道路",
        "applicant": "示例公司",
        "person": "张三",
        "telephone": "138 0000 1234",
        "point": "113.27,23.1",
        "width": "12",
    } | fields


def test_while_it_is_off_the_page_leads_to_the_portal(client):
    html = client.get(APPLY).content.decode()
    assert 'href="https://www.gdzwfw.gov.cn/"' in html
    assert "<form" not in html.split("<main")[1].split("</main>")[0]
    answer = client.post(APPLY, typed())
    assert answer.status_code == 409
    for words in ("没有收下", "示例公司", "路旁有古榕", 'href="https://www.gdzwfw.gov.cn/"'):
        assert words in answer.text
    assert "提交申请" not in answer.text
    assert not NamingApplication.objects.exists()
    settings = NamingSettings.load()
    settings.portal_address = "https://www.gdzwfw.gov.cn/naming"
    settings.save()
    assert 'href="https://www.gdzwfw.gov.cn/naming"' in client.get(APPLY).content.decode()


@pytest.mark.usefixtures("switched_on")
def test_an_application_is_received_with_its_number(client):
    assert client.get(SENT).status_code == 302
    assert 'value="榕荫路"' in client.get(APPLY, {"name": "榕荫路"}).content.decode()
    answer = client.post(APPLY, typed(), follow=True)
    found = NamingApplication.objects.get()
    assert answer.redirect_chain == [(SENT, 302)]
    html = answer.content.decode()
    assert found.number in html
    assert "2026年3月17日以前" in html
    assert (found.is_online, found.state, found.name) == (True, "received", "榕荫路")
    assert (found.lon, found.lat, found.measures) == (113.27, 23.1, {"width": 12.0})
    assert found.applicant == {
        "applicant": "示例公司",
        "person": "张三",
        "telephone": "13800001234",
    }
    assert found.precheck["outcome"] == "fit"
    assert found.steps.get().day == found.received_on


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "请填写拟用的名称"),
        ({"name": "🌳"}, "至少两个字"),
        ({"name": "<b>榕荫路"}, "名称里不能有“&lt;”"),
        ({"subdistrict": ""}, "请选择在哪个街道"),
        ({"subdistrict": "没有街道"}, "没有这个街道"),
        ({"location": " "}, "请填写位置"),
        ({"meaning": ""}, "请填写名称的含义"),
        ({"reason": "请打13912345678"}, "这一栏会公开，请删去手机号码"),
        ({"name": "榕13812345678路"}, "这一栏会公开，请删去手机号码"),
        ({"location": "请打020-84420000"}, "这一栏会公开，请删去固定电话号码"),
        ({"telephone": "123"}, "电话"),
        ({"applicant": ""}, "请填写申请人"),
        ({"point": "116.4,39.9"}, "不在海珠区内"),
    ],
)
def test_what_is_wrong_is_told_and_stays(client, fields, message):
    answer = client.post(APPLY, typed(**fields))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert message in html
    assert 'value="示例公司"' in html or fields.get("applicant") == ""
    assert not NamingApplication.objects.exists()


@pytest.mark.usefixtures("switched_on")
def test_too_many_are_refused_and_nothing_typed_is_lost(client, monkeypatch):
    monkeypatch.setattr(applying, "APPLICATIONS_IN_AN_HOUR", 1)
    assert client.post(APPLY, typed()).status_code == 302
    answer = client.post(APPLY, typed(name="榕荫街"))
    assert answer.status_code == 429
    assert 'value="榕荫街"' in answer.content.decode()
    assert NamingApplication.objects.count() == 1


@pytest.mark.usefixtures("switched_on")
def test_a_firm_gives_its_fixed_line(client):
    assert client.post(APPLY, typed(telephone="（020）8442 0000")).status_code == 302
    assert NamingApplication.objects.get().applicant["telephone"] == "02084420000"


@pytest.mark.usefixtures("switched_on")
def test_a_form_that_is_sent_twice_is_one_application(client):
    once = client.get(APPLY).context["form"]["once"].value()
    for _ in range(2):
        answer = client.post(APPLY, typed(once=once), follow=True)
        assert NamingApplication.objects.get().number in answer.text
    client.post(APPLY, typed(once=once, name="榕荫东路"))
    assert NamingApplication.objects.count() == 2
