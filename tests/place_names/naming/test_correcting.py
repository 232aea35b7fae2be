"""Corrections of an application, and the last step taken back on its day."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from home.models import NoticeIndexPage
from home.trash import is_in_trash
from place_names.models import NamingStep, PlaceName, Sign, SignOrder, Succession
from place_names.names.correcting import undo as undo_change
from place_names.names.renaming import HistoryError
from place_names.naming import consultations, correcting, letters, notices, procedure, undoing
from tests.place_names.factories import make_place
from tests.place_names.staff.conftest import officer  # noqa: F401

from .test_procedure import APPROVAL, DAY, WHO, advance, make_application, today  # noqa: F401

pytestmark = pytest.mark.usefixtures("district")


def old_road():
    place = make_place("旧名路", specific="旧名", generic="路", romanisation="Jiùmíng Lù")
    place.save_revision().publish()
    return place


def facts_of(application, **changes):
    return {name: getattr(application, name) for name in correcting.FACTS} | changes


def undo(application, why="登记错了"):
    undoing.undo(application, application.steps.order_by("-pk")[0].pk, why)
    application.refresh_from_db()


def test_a_correction_is_logged_without_the_applicant(client, officer, district):  # noqa: F811
    application = advance(make_application(district, name="榕阴路"), "accepted")
    address = reverse("place_name_naming:correct", args=[application.pk])
    form = client.get(address).context["form"]
    assert "13800001234" not in client.get(address).text
    told = {name: "" if value is None else value for name, value in form.initial.items()}
    told |= {"name": "榕荫路", "received_on": "2026-03-01", "telephone": "13900005678"}
    assert "请写明为什么更正" in client.post(address, told).text
    answer = client.post(address, told | {"why": "抄错一个字"}, follow=True)
    application.refresh_from_db()
    assert (application.name, application.received_on) == ("榕荫路", date(2026, 3, 1))
    assert application.applicant == WHO | {"telephone": "13900005678"}
    assert application.steps.get(state="received").day == date(2026, 3, 1)
    assert "拟用名称由“榕阴路”改为“榕荫路”" in answer.text
    assert "联系电话。原因：抄错一个字" in answer.text
    kept = str(ModelLogEntry.objects.get(action="place_names.correct_application").data)
    for words in (*WHO.values(), "13900005678"):
        assert words not in kept
    assert "同事改过" in client.post(address, told | {"why": "又一次", "name": "榕树路"}).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "没有改动"),
        ({"received_on": date(206, 3, 1)}, "不能早于2022年5月1日"),
        ({"received_on": date(2026, 3, 11)}, "不能晚于下一步的2026-03-10"),
        ({"name": "榕<路"}, "名称里不能有"),
    ],
)
def test_what_cannot_be_corrected(district, changes, message):
    application = advance(make_application(district), "accepted")
    with pytest.raises(procedure.ProcedureError, match=message):
        correcting.correct(application, facts_of(application, **changes), WHO, "写错")


def test_what_people_comment_on_stays(district):
    application = advance(make_application(district), "accepted")
    consultations.begin(application, date(2026, 4, 20))
    for changes, message in (
        ({"name": "榕树路"}, "名称和原地名不能再改"),
        ({"reason": "请打13800001234"}, "请删去手机号码"),
    ):
        with pytest.raises(procedure.ProcedureError, match=message):
            correcting.correct(application, facts_of(application, **changes), WHO, "写错")
    correcting.correct(application, facts_of(application, location="东起丙路"), WHO, "写错")
    application.refresh_from_db()
    assert application.location == "东起丙路"


def test_after_the_decision_only_who_applied_is_corrected(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "declined", note="不属于职权")
    address = reverse("place_name_naming:correct", args=[application.pk])
    form = client.get(address).context["form"]
    assert list(form.fields) == ["applicant", "person", "telephone", "why", "shown"]
    told = {
        "applicant": "示例公司",
        "person": "李四",
        "shown": form.initial["shown"],
        "why": "写错",
    }
    assert client.post(address, told).status_code == 302
    application.refresh_from_db()
    assert application.applicant == WHO | {"person": "李四"}
    with pytest.raises(procedure.ProcedureError, match="不再更正"):
        correcting.correct(application, facts_of(application, name="甲路"), WHO, "写错")


def test_a_step_of_today_is_taken_back_with_a_reason(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "declined", note="不属于职权")
    screen = reverse("place_name_naming:application", args=[application.pk])
    address = reverse("place_name_naming:undo", args=[application.pk])
    assert address in client.get(screen).text
    last = application.steps.get(state="declined")
    assert "请写明为什么撤销" in client.post(address, {"step": last.pk, "why": ""}).text
    answer = client.post(address, {"step": last.pk, "why": "应为受理"}, follow=True)
    assert "撤销2026-03-10的“不予受理”（不属于职权），原因：应为受理" in answer.text
    application.refresh_from_db()
    assert application.state == "received"
    assert list(application.steps.values_list("state", flat=True)) == ["received"]
    assert address not in answer.text
    assert advance(application, "accepted").state == "accepted"


def test_only_the_last_step_of_today_is_taken_back(district, time_machine):
    application = advance(make_application(district), "accepted", "visited")
    accepted = application.steps.get(state="accepted")
    with pytest.raises(procedure.ProcedureError, match="已经过时"):
        undoing.undo(application, accepted.pk, "登记错了")
    NamingStep.objects.filter(state="visited").update(recorded_at=None)
    assert undoing.last_of_today(application) is None
    advance(application, "reviewed")
    time_machine.move_to("2026-04-02 00:00+08:00", tick=False)
    with pytest.raises(procedure.ProcedureError, match="步骤只在登记的当天可以撤销"):
        undo(application)


def test_an_approved_renaming_is_taken_back_in_the_register(district):
    place = old_road()
    Sign.objects.create(number="B1", place=place, lon=113.27, lat=23.1)
    application = advance(make_application(district, action="rename", place=place), "accepted")
    advance(application, "approved", **APPROVAL)
    with pytest.raises(HistoryError, match="请在申请里撤销"):
        undo_change(Succession.objects.get(), "登记错了")
    undo(application)
    assert (application.state, application.result, application.document) == ("accepted", None, "")
    assert application.decided_on is None
    place.refresh_from_db()
    assert place.status == PlaceName.Status.STANDARD
    assert not PlaceName.objects.filter(name="榕荫路").exists()
    assert not SignOrder.objects.exists()
    assert Sign.objects.get().place == place
    assert advance(application, "approved", **APPROVAL).result.name == "榕荫路"


def test_an_approved_abolition_is_taken_back_with_its_orders(district):
    place = advance(
        advance(make_application(district, name="测蓝路"), "accepted"), "approved", **APPROVAL
    ).result
    application = make_application(district, action="abolish", place=place, name="")
    advance(advance(application, "accepted"), "approved", **APPROVAL)
    assert SignOrder.objects.get().state == "cancelled"
    undo(application)
    place.refresh_from_db()
    assert place.status == PlaceName.Status.STANDARD
    order = SignOrder.objects.get()
    assert (order.state, order.remarks) == ("ordered", "")


def test_an_approved_new_name_is_taken_out_of_the_register(district):
    application = advance(make_application(district), "accepted")
    advance(application, "approved", day=DAY, **APPROVAL)
    code = application.result.code
    undo(application)
    assert (application.state, application.result, application.document) == ("accepted", None, "")
    assert not PlaceName.objects.exists()
    assert not SignOrder.objects.exists()
    kept = ModelLogEntry.objects.get(action="place_names.undo_step").data
    assert kept["record"]["code"] == code
    assert advance(application, "approved", day=DAY, **APPROVAL).result.name == "榕荫路"


def test_a_new_name_to_which_others_refer_stays(district):
    application = advance(make_application(district), "accepted")
    advance(application, "approved", day=DAY, **APPROVAL)
    Sign.objects.create(number="B1", place=application.result, lon=113.27, lat=23.1)
    with pytest.raises(procedure.ProcedureError, match="已被其他记录引用：地名标志"):
        undo(application)
    application.refresh_from_db()
    assert application.state == "approved"
    assert SignOrder.objects.exists()


def with_notice(district, officer):  # noqa: F811
    NoticeIndexPage.objects.exists() or Site.objects.get().root_page.add_child(
        instance=NoticeIndexPage(title="通知公告", slug="notices")
    )
    application = advance(make_application(district), "accepted")
    advance(application, "approved", day=DAY, **APPROVAL)
    page = notices.draft(application, officer)
    application.refresh_from_db()
    return application, page


def test_the_draft_of_a_notice_goes_with_its_approval(client, officer, district):  # noqa: F811
    letters.load_letters()
    application, page = with_notice(district, officer)
    address = reverse("place_name_naming:undo", args=[application.pk])
    text = client.get(address).text
    for told in (
        "申请回到“已受理”。",
        "文书《地名命名批准通知书》作废",
        f"“榕荫路”（{application.result.code}）从地名库里删去",
        "标志设置单1张一并删去",
        f"公告页面《{page.title}》（草稿，还没有送审）移到回收站",
    ):
        assert told in text
    last = application.steps.get(state="approved")
    client.post(address, {"step": last.pk, "why": "批错了"})
    application.refresh_from_db()
    assert (application.state, application.notice_page) == ("accepted", None)
    page.refresh_from_db()
    assert is_in_trash(page)


def test_a_published_notice_stops_the_undo_and_says_who_helps(client, officer, district):  # noqa: F811
    application, page = with_notice(district, officer)
    page.get_latest_revision().publish()
    address = reverse("place_name_naming:undo", args=[application.pk])
    told = f"公告页面《{page.title}》已经发布。请“审核”先把它删去"
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    text = client.get(address).text
    assert told in text
    assert (edit in text) == page.permissions_for_user(officer).can_edit()
    last = application.steps.get(state="approved")
    assert told in client.post(address, {"step": last.pk, "why": "批错了"}).text
    application.refresh_from_db()
    assert application.state == "approved"


def test_why_nothing_can_be_undone_is_said_where_the_link_would_be(client, officer, district):  # noqa: F811
    application = make_application(district)
    screen = reverse("place_name_naming:application", args=[application.pk])
    assert "收件不能撤销。写错的，点“更正”" in client.get(screen).text
    advance(application, "accepted")
    NamingStep.objects.update(recorded_at=None)
    assert "步骤只在登记的当天可以撤销。登记错的，接着登记" in client.get(screen).text
    advance(application, "approved", day=DAY, **APPROVAL)
    NamingStep.objects.update(recorded_at=None)
    assert "不该批准的，按销名办理" in client.get(screen).text
    undo_page = reverse("place_name_naming:undo", args=[application.pk])
    assert "不该批准的，按销名办理" in client.get(undo_page, follow=True).text


def decide(district, action="name", **fields):
    if action != "name":
        fields |= {"action": action, "place": old_road()}
    if action == "abolish":
        fields |= {"name": "", "meaning": ""}
    application = make_application(district, **fields)
    letters.load_letters()
    return advance(advance(application, "accepted"), "approved", **APPROVAL)


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("action", ["name", "rename", "abolish"])
def test_a_wrong_number_of_a_decision_is_corrected_everywhere(client, district, action):
    application = decide(district, action)
    wrong, right = APPROVAL["document"], "海府〔2026〕11号"
    address = reverse("place_name_naming:correct", args=[application.pk])
    form = client.get(address).context["form"]
    told = {name: "" if value is None else value for name, value in form.initial.items()}
    told |= {"document": right}
    assert "请写明为什么更正" in client.post(address, told).text
    assert "请填写" in client.post(address, told | {"document": "", "why": "抄错"}).text
    assert "请不要写“&lt;”" in client.post(address, told | {"document": "<1>", "why": "错"}).text
    answer = client.post(address, told | {"why": "抄错文号"}, follow=True)
    assert f"决定文号由“{wrong}”改为“{right}”" in answer.text
    letter = application.steps.get(state="approved").letter
    assert right in letter
    assert wrong not in letter
    record = PlaceName.objects.get(pk=application.result_id)
    if action == "abolish":
        assert record.abolition_ground == f"{APPROVAL['authority']} {right}"
    else:
        assert record.approval_document == right
        assert not record.has_unpublished_changes
    if action == "rename":
        link = Succession.objects.get(successor=record)
        assert link.basis == f"{APPROVAL['authority']} {right}"
    assert "同事改过" in client.post(address, told | {"why": "又一次", "document": "1"}).text


def test_what_was_corrected_in_the_record_stays(district):
    application = decide(district)
    PlaceName.objects.filter(pk=application.result_id).update(approval_document="穗府〔2026〕9号")
    facts = {"authority": APPROVAL["authority"], "document": "海府〔2026〕11号"}
    correcting.correct(application, facts, WHO, "抄错文号")
    record = PlaceName.objects.get(pk=application.result_id)
    assert record.approval_document == "穗府〔2026〕9号"


def test_the_letter_of_a_refusal_is_corrected(district):
    letters.load_letters()
    application = advance(make_application(district), "accepted")
    advance(application, "refused", note="重名", **APPROVAL)
    facts = {"authority": "海珠区民政局", "document": "海民〔2026〕2号"}
    correcting.correct(application, facts, WHO, "抄错机关")
    application.refresh_from_db()
    assert application.authority == "海珠区民政局"
    assert "海民〔2026〕2号" in application.steps.get(state="refused").letter
    with pytest.raises(procedure.ProcedureError, match="不再更正"):
        correcting.correct(application, {"name": "榕树路"}, WHO, "改名")
