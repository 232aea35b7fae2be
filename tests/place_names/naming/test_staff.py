"""The officers' screens of applications, and where applicants look."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from place_names.models import NamingApplication, NamingKind, NamingSettings, PlaceName
from place_names.naming import consultations, procedure, progress
from place_names.naming.setting_up import load_lists
from tests.home.typed_forms import shown_by
from tests.place_names.factories import make_place
from tests.place_names.staff.conftest import officer  # noqa: F401

from .test_procedure import WHO, advance, make_application

DESK, ADD = reverse("place_name_naming:desk"), reverse("place_name_naming:add")
PROGRESS = reverse("place_names:naming_progress")


@pytest.fixture(autouse=True)
def today(time_machine, district):
    time_machine.move_to("2026-03-10 10:00+08:00", tick=False)
    load_lists()


def typed(district, **fields):
    return {
        "action": "name",
        "kind": NamingKind.objects.get(slug="street").pk,
        "name": "榕荫路",
        "subdistrict": district[0].pk,
        "location": "东起甲路，西至乙路",
        "meaning": "路旁有古榕",
        "reason": "新建道路",
        "received_on": "2026-03-02",
        "applicant": "示例公司",
        "person": "张三",
        "telephone": "13800001234",
        "width": "12",
    } | fields


def test_an_officer_takes_an_application_from_receipt_to_notice(client, officer, district):  # noqa: F811
    answer = client.post(ADD, typed(district), follow=True)
    application = NamingApplication.objects.get()
    page = reverse("place_name_naming:application", args=[application.pk])
    assert answer.redirect_chain[-1][0] == page
    html = answer.content.decode()
    assert application.number in html
    assert "138****1234" in html
    assert "13800001234" not in html
    assert "预审：未发现问题" in html
    assert application.measures == {"width": 12.0}
    for state in ("accepted", "visited", "approved", "filed"):
        told = {"state": state, "day": "2026-03-10", "authority": "区政府", "document": "1号"}
        if state == "accepted":
            assert "还缺3项材料" in client.post(page, told).text
            assert "请不要写" in client.post(page, told | {"note": "<b>"}).text
            told["note"] = "材料当面核对，稍后登记"
        assert client.post(page, told).status_code == 302, state
    place = PlaceName.objects.standard().get(name="榕荫路")
    assert (place.approving_body, place.approval_document) == ("区政府", "1号")
    html = client.get(page).content.decode()
    assert "公告文稿" in html
    assert "新设“榕荫路”道路、街巷标志1块" in html
    assert "关于命名“榕荫路”的公告" in html
    told = {"state": "announced", "day": "2026-03-10"}
    assert "公告页面发布以后，才登记“已公告”" in client.post(page, told).text
    assert application.number in client.get(DESK).text


def test_the_pre_check_of_a_decision_stays(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "accepted")
    again = reverse("place_name_naming:check", args=[application.pk])
    assert "已按现在的规则重新预审" in client.post(again, follow=True).text
    for state in ("approved", "filed", "announced", "declined", "refused", "withdrawn"):
        NamingApplication.objects.update(state=state, precheck={"outcome": "fit"})
        assert client.post(again).status_code == 302
        application.refresh_from_db()
        assert application.precheck == {"outcome": "fit"}
    assert "预审结果是决定的依据" in client.post(again, follow=True).text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "请填写拟用名称"),
        ({"meaning": ""}, "请填写名称的含义"),
        ({"action": "rename"}, "请选原地名"),
        ({"telephone": "123"}, "电话"),
        ({"lon": "113.27"}, "请一起填写"),
        ({"lon": "116", "lat": "40"}, "不在海珠区内"),
        ({"received_on": "2026-03-11"}, "不能晚于今天"),
        ({"received_on": "0206-11-02"}, "不能早于2022年5月1日"),
        ({"received_on": "2022-04-30"}, "不能早于2022年5月1日"),
        ({"received_on": "2025-03-02"}, "在一年以前。没有写错的，请勾选"),
        ({"name": "<b>榕荫路</b>"}, "名称里不能有“&lt;”"),
        ({"name": "榕" * 58 + "路"}, "专名最多50个字"),
        ({"lon": "113.29", "lat": "23.10"}, "这个坐标在昌岗街道，您选的是江南中街道"),
        ({"action": "abolish"}, "销名不填拟用名称"),
        ({"name": "榕13812345678路"}, "名称会公开，请删去手机号码"),
        ({"received_on": "2026年3月11日"}, "不能晚于今天"),
    ],
)
def test_a_wrong_application_is_explained(client, officer, district, fields, message):  # noqa: F811
    html = client.post(ADD, typed(district, **fields)).content.decode()
    assert message in html
    assert "东起甲路，西至乙路" in html
    assert not NamingApplication.objects.exists()


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    "name", ["榕\u200b荫路", "榕\u202e荫路", "榕　荫路", " 榕 荫路 ", "\ufeff榕荫路"]
)
def test_a_name_is_taken_as_it_is_seen(client, district, name):
    assert (
        client.post(ADD, typed(district, name=name, received_on="二〇二六年三月二日")).status_code
        == 302
    )
    found = NamingApplication.objects.get()
    assert (found.name, found.received_on) == ("榕荫路", date(2026, 3, 2))


@pytest.mark.usefixtures("officer")
def test_an_application_sent_twice_is_one_and_a_rival_is_shown(client, district):
    once = client.get(ADD).context["form"]["once"].value()
    for _ in range(2):
        answer = client.post(ADD, typed(district, once=once), follow=True)
        assert NamingApplication.objects.get().number in answer.text
    assert "另有一件" not in answer.text
    answer = client.post(ADD, typed(district, applicant="另一家"), follow=True)
    first, second = NamingApplication.objects.order_by("pk")
    assert "另有一件没有决定的申请" in answer.text
    assert first.number in answer.text
    advance(second, "withdrawn")
    assert (
        "另有一件" not in client.get(reverse("place_name_naming:application", args=[first.pk])).text
    )


def test_a_day_of_receipt_long_ago_is_taken_when_confirmed(client, officer, district):  # noqa: F811
    told = typed(district, received_on="2025-03-02", long_ago="on")
    assert client.post(ADD, told).status_code == 302
    assert NamingApplication.objects.get().received_on == date(2025, 3, 2)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "committee"}, "“旧名路”属于"),
        ({"subdistrict": 1}, "“旧名路”在江南中街道"),
        ({}, None),
    ],
)
def test_a_renaming_is_filed_under_kind_and_subdistrict_of_the_place(
    client,
    officer,  # noqa: F811
    district,
    fields,
    message,
):
    place = make_place("旧名路", specific="旧名", generic="路", romanisation="Jiùmíng Lù")
    told = typed(district, action="rename", place=place.pk)
    if "kind" in fields:
        told["kind"] = NamingKind.objects.get(slug=fields["kind"]).pk
    if "subdistrict" in fields:
        told["subdistrict"] = district[fields["subdistrict"]].pk
    answer = client.post(ADD, told)
    assert answer.status_code == (200 if message else 302)
    assert (message or "") in answer.content.decode()


def test_a_step_that_cannot_be_taken_keeps_what_was_typed(client, officer, district):  # noqa: F811
    application = make_application(district)
    page = reverse("place_name_naming:application", args=[application.pk])
    told = {"state": "declined", "day": "2026-03-10", "document": "存根1号"}
    html = client.post(page, told).content.decode()
    assert "请写明理由" in html
    assert "存根1号" in html


def test_the_desk_counts_what_is_due_today_and_late(client, officer, district):  # noqa: F811
    make_application(district, name="甲荫路", received_on=date(2026, 3, 2))  # due on the 9th
    make_application(district, name="乙荫路", received_on=date(2026, 3, 3))  # due on the 10th
    make_application(district, name="丙荫路", received_on=date(2026, 3, 9))
    html = client.get(DESK).content.decode()
    assert "办理中3件，今天到期1件，已逾期1件" in html
    first_page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "受理：3月9日到期，已逾期" in first_page
    assert "受理：今天到期" in first_page
    assert "丙荫路" not in first_page


def test_others_do_not_see_applications(client, django_user_model, district):
    client.force_login(django_user_model.objects.create_user("somebody", is_staff=True))
    assert client.get(DESK).status_code == 302
    assert client.get(ADD).status_code == 302


def test_an_applicant_sees_the_steps_by_number_and_tail(client, district):
    application = advance(make_application(district), "accepted")
    html = client.post(
        PROGRESS, {"number": application.number.lower(), "tail": "1234"}
    ).content.decode()
    assert "命名“榕荫路”：已受理" in html
    assert "2026年4月8日以前" in html  # 20 working days after 10 March; 6 April is off
    assert WHO["applicant"] not in html
    assert WHO["person"] not in html


@pytest.mark.parametrize(
    "told",
    [{"tail": "9999"}, {"number": "DM-AAAA-AAAA"}, {"number": "🌳", "tail": "🌳"}, {"tail": "?"}],
)
def test_a_wrong_number_or_tail_tells_neither(client, district, told):
    application = make_application(district)
    answer = client.post(PROGRESS, {"number": application.number, "tail": "1234"} | told)
    assert answer.status_code == 422
    assert progress.UNKNOWN in answer.content.decode()


@pytest.mark.parametrize("tail", ["１２３４", "尾号1234", " 12 34 ", "138 0000 1234"])
def test_the_tail_is_read_as_it_is_typed(client, district, tail):
    told = {"number": make_application(district).number, "tail": tail}
    assert client.post(PROGRESS, told).status_code == 200


def test_a_number_is_not_tried_through_from_many_addresses(client, district, monkeypatch):
    monkeypatch.setattr(progress, "TRIES_IN_AN_HOUR", 2)
    told = {"number": make_application(district).number, "tail": "0000"}
    answers = [
        client.post(PROGRESS, told, REMOTE_ADDR=f"10.0.0.{host}").status_code for host in range(3)
    ]
    assert answers == [422, 422, 429]


def test_a_deleted_applicant_finds_nothing(client, district):
    application = make_application(district)
    NamingApplication.objects.update(encrypted="")
    assert progress.application_of(application.number, "1234") is None
    assert progress.application_of(application.number, "?") is None


def test_guessing_is_limited(client, district, monkeypatch):
    monkeypatch.setattr(progress, "TRIES_IN_AN_HOUR", 1)
    application = make_application(district)
    told = {"number": application.number, "tail": "0000"}
    assert client.post(PROGRESS, told).status_code == 422
    refused = client.post(PROGRESS, told)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600


def test_the_officer_sees_the_telephone_on_demand_and_it_is_logged(client, officer, district):  # noqa: F811
    application = make_application(district)
    page = client.get(reverse("place_name_naming:application", args=[application.pk])).text
    assert WHO["telephone"] not in page
    seen = client.post(reverse("place_name_naming:telephone", args=[application.pk]))
    assert WHO["telephone"] in seen.text
    assert "no-store" in seen["Cache-Control"]
    entry = ModelLogEntry.objects.get(action="place_names.applicant_seen")
    assert (entry.user, entry.object_id) == (officer, str(application.pk))
    assert (
        client.get(reverse("place_name_naming:telephone", args=[application.pk])).status_code == 405
    )


def test_a_name_without_coordinates_is_told_before_the_decision(client, officer, district):  # noqa: F811
    application = make_application(district, lon=None, lat=None)
    page = client.get(reverse("place_name_naming:application", args=[application.pk])).text
    assert "没有坐标：批准以后" in page


def test_sizes_have_the_same_bounds_at_the_counter_and_for_the_public(client, officer, district):  # noqa: F811
    refused = client.post(ADD, typed(district) | {"green": "300", "width": "0"}).text
    assert "绿地率（%）请填0到100的数字" in refused
    assert "道路宽度（米）请填大于0的数字" in refused
    assert not NamingApplication.objects.exists()


def test_a_step_from_a_page_out_of_date_is_not_dropped_without_a_word(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "accepted")
    page = reverse("place_name_naming:application", args=[application.pk])
    told = {"day": "2026-03-10", "authority": "区政府", "document": "1号", "note": "重名"}
    advance(application, "visited")
    answer = client.post(page, told | {"state": "visited"})
    assert "页面已经过时，现在是“已现场核实”" in answer.text
    assert "1号" in answer.text
    assert client.post(page, told | {"state": "refused"}).status_code == 302
    answer = client.post(page, told | {"state": "approved"}, follow=True)
    assert "没有保存：您看的页面已经过时，现在是“不予批准”" in answer.text


@pytest.mark.parametrize(
    ("seen", "later", "step"),
    [("received", "supplement", "declined"), ("accepted", "visited", "refused")],
)
def test_a_step_that_is_still_possible_needs_a_page_up_to_date(
    client,
    officer,  # noqa: F811
    district,
    seen,
    later,
    step,
):
    """The applicant would get the letters of both officers."""
    application = make_application(district)
    if seen != "received":
        advance(application, seen)
    page = reverse("place_name_naming:application", args=[application.pk])
    told = {"state": step, "day": "2026-03-10", "authority": "区政府", "document": "1号"}
    older = shown_by(client, page) | told | {"note": "重名"}
    advance(application, later, note="请补交位置图")
    answer = client.post(page, older)
    assert "您看的页面已经过时：打开以后，同事改过这一项" in answer.text
    application.refresh_from_db()
    assert application.state == later
    again = older | {"shown": answer.context["form"]["shown"].value()}
    assert client.post(page, again).status_code == 302


def test_a_comment_that_ends_after_the_term_of_the_decision_is_told(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "accepted")
    page = reverse("place_name_naming:application", args=[application.pk])
    last = procedure.due(application, procedure.terms()).last_day
    consultation = consultations.begin(application, last - timedelta(days=1))
    assert "请把截止日期提前" not in client.get(page).text
    consultations.change(consultation, last, "", "")
    assert f"期限却在{last.year}年{last.month}月{last.day}日" in client.get(page).text


def test_an_abolition_asks_for_papers_of_its_own(client, officer, district):  # noqa: F811
    place = make_place("旧名路", specific="旧名", generic="路", romanisation="Jiùmíng Lù")
    application = make_application(district, action="abolish", place=place, name="", meaning="")
    page = reverse("place_name_naming:application", args=[application.pk])
    assert "销名的理由和依据" in client.get(page).text
    assert "命名、更名的方案及理由" not in client.get(page).text
    NamingSettings.objects.update_or_create(pk=1, defaults={"abolition_papers": "居民意见"})
    assert "居民意见：没有收到" in client.get(page).text


def test_an_application_shows_where_it_is(client, officer, district, django_user_model):  # noqa: F811
    placed = make_application(district, state="accepted")
    nowhere = make_application(district, name="无处路", lon=None, lat=None)
    for name in ("application", "consultation"):
        address = reverse(f"place_name_naming:{name}", args=[placed.pk])
        shape = reverse("place_name_naming:shape", args=[placed.pk])
        assert f'data-shapes="{shape}"' in client.get(address).text
        address = reverse(f"place_name_naming:{name}", args=[nowhere.pk])
        assert "data-shapes" not in client.get(address).text
    [feature] = client.get(shape).json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [113.27, 23.1]}
    assert (
        client.get(reverse("place_name_naming:shape", args=[nowhere.pk])).json()["features"] == []
    )
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert client.get(shape).status_code in (302, 403)


def test_a_step_decides_on_what_its_page_showed(client, officer, district):  # noqa: F811
    application = make_application(district)
    page = reverse("place_name_naming:application", args=[application.pk])
    told = dict(client.get(page).context["form"].initial) | {"state": "accepted", "note": "已核对"}
    application.name = "榕树路"
    application.save()
    answer = client.post(page, told)
    assert "同事改过" in answer.text
    assert "已核对" in answer.text
    application.refresh_from_db()
    assert application.state == "received"
    told |= dict(answer.context["form"].initial)
    assert client.post(page, told).status_code == 302


def test_two_officers_note_papers_at_the_same_time(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "accepted")
    page = reverse("place_name_naming:papers", args=[application.pk])
    shown = client.get(page).context["form"].initial["shown"]
    assert client.post(page, {"shown": shown, "paper_0": "2026-03-04"}).status_code == 302
    answer = client.post(page, {"shown": shown, "paper_1": "2026-03-05"})
    assert "同事改过" in answer.text
    assert "2026-03-04收到" in answer.text
    application.refresh_from_db()
    assert list(application.papers.values()) == ["2026-03-04"]
