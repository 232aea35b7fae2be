"""Public comment on a proposed name: open to its last day, moderated, answered, counted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.models.feedback import FeedbackSettings
from place_names.models import NamingComment, NamingConsultation, PlaceName
from place_names.naming import consultations, procedure
from place_names.naming.setting_up import load_lists
from place_names.staff import naming_comments
from tests.home.factories import make_home
from tests.home.typed_forms import shown_by
from tests.place_names.staff.conftest import officer  # noqa: F401

from .test_procedure import APPROVAL, WHO, advance, make_application

LIST = reverse("place_names:proposals")
LAST = date(2026, 4, 11)


@pytest.fixture(autouse=True)
def today(time_machine, district):
    time_machine.move_to("2026-04-01 10:00+08:00", tick=False)
    load_lists()
    make_home()


@pytest.fixture
def consultation(district) -> NamingConsultation:
    return consultations.begin(advance(make_application(district), "accepted"), LAST, "请看位置")


def said(**fields):
    return {"stance": "support", "text": "名字好记，也有来历"} | fields


def test_the_page_shows_what_is_proposed_and_nothing_of_the_applicant(client, consultation):
    address = consultation.get_absolute_url()
    assert address in client.get(LIST).content.decode()
    html = client.get(address).content.decode()
    for words in ("命名“榕荫路”", "东起甲路，西至乙路", "路旁有古榕", "新建道路", "2026年4月11日", "请看位置"):  # fmt: skip
        assert words in html
    for words in (*WHO.values(), consultation.application.number):
        assert words not in html
    shape = client.get(reverse("place_names:proposal_shape", args=[consultation.pk])).json()
    assert shape["features"][0]["geometry"]["coordinates"] == [113.27, 23.1]


def test_a_comment_waits_for_an_officer_and_is_shown_with_its_answer(client, consultation):
    address = consultation.get_absolute_url()
    answer = client.post(address, said(), follow=True)
    assert answer.redirect_chain == [(f"{address}?sent", 302)]
    html = answer.content.decode()
    assert "您的意见已经收到" in html
    assert "审核公开的有0条：赞成0，反对0，其他建议0。另有1条正在审核" in html
    assert "名字好记" not in html

    comment = NamingComment.objects.get()
    comment.state, comment.reply = "shown", "谢谢，已转报批准机关。"
    comment.full_clean()
    comment.save()
    html = client.get(address).content.decode()
    assert "名字好记" in html
    assert "已转报批准机关" in html


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"stance": ""}, "请选择您的意见"),
        ({"stance": "x"}, "请选择您的意见"),
        ({"text": " "}, "请说说为什么"),
        ({"text": "好"}, "至少写5个字"),
        ({"text": "好" * 1001}, "最多写1000个字"),
        ({"text": "同意，请打１３８-0000-1234"}, "请删去手机号码"),
        ({"text": "同意，家里电话84420000"}, "请删去固定电话号码"),
        ({"text": "我是44010519900101001X，同意"}, "请删去身份证号码"),
        ({"text": "请回复 a.b@example.com 谢谢"}, "请删去邮箱"),
    ],
)
def test_what_cannot_be_taken_is_told_and_stays(client, consultation, fields, message):
    told = said(**fields)
    answer = client.post(consultation.get_absolute_url(), told)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert message in html
    assert told["text"].strip() in html
    assert not NamingComment.objects.exists()


def test_a_form_that_is_sent_twice_is_one_comment(client, consultation):
    address = consultation.get_absolute_url()
    once = client.get(address).context["form"]["once"].value()
    for _ in range(2):
        assert client.post(address, said(once=once)).status_code == 302
    assert NamingComment.objects.count() == 1
    assert client.post(address, said(once=once, text="回到表单，另写一条")).status_code == 302
    assert NamingComment.objects.count() == 2


def test_it_is_open_to_the_end_of_the_last_day(client, consultation, time_machine):
    address = consultation.get_absolute_url()
    time_machine.move_to("2026-04-11 23:59+08:00", tick=False)
    assert client.post(address, said()).status_code == 302
    time_machine.move_to("2026-04-12 00:00+08:00", tick=False)
    answer = client.post(address, said(text="来晚了，但是想说一句"))
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "征求意见已经结束" in html
    assert "来晚了，但是想说一句" in html
    assert "提交意见" not in html
    assert NamingComment.objects.count() == 1
    assert '<form class="naming-form' not in client.get(address).content.decode()


def test_each_visitor_and_all_together_are_limited(client, consultation):
    limits = FeedbackSettings.objects.get_or_create(site=make_home().get_site())[0]
    limits.reports_an_hour = 1
    limits.save()
    address = consultation.get_absolute_url()
    assert client.post(address, said()).status_code == 302
    answer = client.post(address, said(text="再说一句，别的意思"))
    assert answer.status_code == 429
    assert "再说一句，别的意思" in answer.content.decode()
    limits.reports_an_hour_in_all = 1
    limits.save()
    other = client.post(address, said(), REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 429
    assert NamingComment.objects.count() == 1


def test_only_what_an_officer_shows_is_counted(consultation):
    for stance, state in (
        ("support", "shown"),
        ("support", "new"),
        ("oppose", "shown"),
        ("other", "withheld"),
    ):
        NamingComment.objects.create(
            consultation=consultation,
            stance=stance,
            state=state,
            text="一条意见",
            ground="广告" if state == "withheld" else "",
        )
    assert consultations.counts(consultation) == consultations.Counts(1, 1, 0, 1, 1)
    assert consultations.counts(consultation).all == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "withheld"},
        {"state": "new", "reply": "答复了"},
        {"state": "shown", "reply": "张先生13812345678，已记录。"},
    ],
    ids=["ground", "reply", "number"],
)
def test_a_comment_that_cannot_be_kept_so(consultation, fields):
    comment = NamingComment(consultation=consultation, stance="other", text="一条意见", **fields)
    with pytest.raises(ValidationError):
        comment.full_clean()


@pytest.mark.parametrize(
    ("steps", "closes_on", "text", "message"),
    [
        ((), LAST, "", "受理以后"),
        (("accepted", "withdrawn"), LAST, "", "受理以后"),
        (("accepted",), date(2026, 4, 1), "", "要晚于今天"),
        (("accepted",), date(2026, 7, 1), "", "最长90天"),
        (("accepted",), date(9999, 12, 31), "", "最长90天"),
        (("accepted",), LAST, "电话13800001234", "请先删去手机号码"),
    ],
)
def test_what_cannot_be_put_up_for_comment(district, steps, closes_on, text, message):
    application = advance(make_application(district), *steps)
    with pytest.raises(procedure.ProcedureError, match=message):
        consultations.begin(application, closes_on, text)


def test_nothing_is_approved_while_people_may_comment(consultation, time_machine):
    application = consultation.application
    for state in ("consulted", "approved"):
        with pytest.raises(procedure.ProcedureError, match="还没有结束"):
            advance(application, state, day=date(2026, 4, 1), **APPROVAL)
    time_machine.move_to("2026-04-13 10:00+08:00", tick=False)
    advance(application, "consulted", day=date(2026, 4, 13))
    advance(application, "approved", day=date(2026, 4, 13), **APPROVAL)
    assert PlaceName.objects.standard().filter(name="榕荫路").exists()


def test_a_decision_ends_the_comment(client, consultation):
    advance(consultation.application, "withdrawn", day=date(2026, 4, 1))
    consultation.refresh_from_db()
    assert not consultations.is_open(consultation, date(2026, 4, 2))
    html = client.get(consultation.get_absolute_url()).content.decode()
    assert "已撤回" in html


def test_a_mistyped_last_day_is_corrected_with_a_reason(client, officer, consultation):  # noqa: F811
    application = consultation.application
    NamingConsultation.objects.update(closes_on=date(2062, 4, 11))
    address = reverse("place_name_naming:consultation", args=[application.pk])
    form = client.get(address).context["form"]
    told = {"closes_on": "2026-04-11", "text": "请看位置", "shown": form.initial["shown"]}
    assert "请写明为什么" in client.post(address, told).text
    past = told | {"closes_on": "2026-03-31", "why": "年份写错"}
    assert "不能早于今天" in client.post(address, past).text
    assert client.post(address, told | {"why": "年份写错"}).status_code == 302
    consultation.refresh_from_db()
    assert consultation.closes_on == LAST
    entry = ModelLogEntry.objects.get(action="place_names.comment_period")
    assert entry.object_id == str(application.pk)
    assert entry.formatter.format_message(entry) == (
        "征求意见截止日期由2062-04-11改为2026-04-11，原因：年份写错"
    )


def test_what_came_of_it_is_told_once_the_application_has_ended(consultation):
    NamingConsultation.objects.update(closes_on=date(2062, 4, 11))
    advance(consultation.application, "withdrawn", day=date(2026, 4, 1))
    found = NamingConsultation.objects.get()
    consultations.change(found, found.closes_on, "", "申请人撤回，意见没有采纳")
    found.refresh_from_db()
    assert found.outcome == "申请人撤回，意见没有采纳"


@pytest.mark.parametrize(
    ("now", "closes_on", "outcome", "message"),
    [
        ("2026-04-02", date(2026, 4, 10), "", "请写明为什么"),
        ("2026-04-02", date(2062, 4, 20), "", "最长90天"),
        ("2026-04-02", date(2026, 6, 30), "", ""),
        ("2026-04-02", LAST, "采纳1条", "截止以后"),
        ("2026-04-12", date(2026, 4, 20), "", "不能再改截止日期"),
        ("2026-04-12", LAST, "请打13800001234", "请删去手机号码"),
        ("2026-04-02", date(2026, 4, 20), "", ""),
        ("2026-04-12", LAST, "采纳1条", ""),
    ],
)
def test_what_may_be_changed(consultation, time_machine, now, closes_on, outcome, message):
    time_machine.move_to(f"{now} 10:00+08:00", tick=False)
    if message:
        with pytest.raises(procedure.ProcedureError, match=message):
            consultations.change(consultation, closes_on, "", outcome)
        return
    consultations.change(consultation, closes_on, "", outcome)
    consultation.refresh_from_db()
    assert (consultation.closes_on, consultation.outcome) == (closes_on, outcome)


def test_an_officer_begins_moderates_and_answers(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "accepted")
    screen = reverse("place_name_naming:consultation", args=[application.pk])
    assert (
        screen
        in client.get(
            reverse("place_name_naming:application", args=[application.pk])
        ).content.decode()
    )
    html = client.post(screen, {"closes_on": "2026-03-01", "text": "请看"}).content.decode()
    assert "要晚于今天" in html
    assert "请看" in html
    assert client.post(screen, {"closes_on": "2026-04-11", "text": "请看"}).status_code == 302
    comment = NamingComment.objects.create(
        consultation=NamingConsultation.objects.get(), stance="oppose", text="和榕荫街同音"
    )
    (item,) = naming_comments.waiting(officer)
    assert item.reason == "命名“榕荫路”"
    inbox = client.get(reverse("wagtailsnippets_place_names_namingcomment:list")).content.decode()
    assert f'href="{item.address}"' in inbox
    told = {"state": "shown", "reply": "已核实，榕荫街在外区。", "ground": ""}
    told |= shown_by(client, item.address)
    assert client.post(item.address, told).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.handled_by) == ("shown", officer)
    assert list(naming_comments.waiting(officer)) == []
    add = reverse("wagtailsnippets_place_names_namingcomment:add")
    assert client.get(add).status_code in (302, 403)


@pytest.mark.usefixtures("officer")
def test_an_older_form_does_not_publish_what_a_colleague_withheld(client, consultation):
    comment = NamingComment.objects.create(
        consultation=consultation, stance="oppose", text="一条意见"
    )
    address = reverse("wagtailsnippets_place_names_namingcomment:edit", args=[comment.pk])
    older = {"state": "shown", "reply": "谢谢", "ground": ""} | shown_by(client, address)
    withheld = {"state": "withheld", "ground": "人身攻击", "reply": ""} | shown_by(client, address)
    assert client.post(address, withheld).status_code == 302
    answer = client.post(address, older)
    assert answer.status_code == 200
    assert "同事改过" in answer.text
    assert "人身攻击" in answer.text
    assert "谢谢" in answer.text
    comment.refresh_from_db()
    assert (comment.state, comment.ground, comment.reply) == ("withheld", "人身攻击", "")


@pytest.mark.usefixtures("officer")
def test_an_older_form_does_not_overwrite_what_is_told_of_the_comment(client, consultation):
    screen = reverse("place_name_naming:consultation", args=[consultation.application_id])
    older = {"closes_on": "2026-04-11", "text": "我的说明"} | shown_by(client, screen)
    consultations.change(consultation, LAST, "同事的说明", "")
    answer = client.post(screen, older)
    for words in ("同事改过", "同事的说明", "我的说明"):
        assert words in answer.text
    consultation.refresh_from_db()
    assert consultation.text == "同事的说明"
    again = older | {"shown": answer.context["form"]["shown"].value()}
    assert client.post(screen, again).status_code == 302
    consultation.refresh_from_db()
    assert consultation.text == "我的说明"


def test_an_unknown_one_is_not_found(client):
    assert client.get(reverse("place_names:proposal", args=[999])).status_code == 404
    assert "现在没有征求意见的地名" in client.get(LIST).content.decode()
