"""Letters, the draft of the notice, orders of signs and figures of the year."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from home.models import NoticeIndexPage, NoticePage
from home.trash import move_to_trash
from place_names.models import NamingApplication, NamingLetter, NamingStep, Sign, SignOrder
from place_names.naming import figures, letters, notices, procedure
from place_names.naming.deadlines import Terms
from place_names.naming.setting_up import load_lists
from place_names.staff import naming_desk, naming_papers
from place_names.standard_names.pages import non_standard
from tests.home.factories import make_home, publish
from tests.home.typed_forms import shown_by
from tests.place_names.factories import make_place
from tests.place_names.staff.conftest import officer  # noqa: F401

from .test_procedure import APPROVAL, WHO, advance, make_application

pytestmark = pytest.mark.one_engine

add_letters = import_module("place_names.migrations.0023_letters_by_action").add_letters


@pytest.fixture(autouse=True)
def today(time_machine, district):
    time_machine.move_to("2026-04-01 10:00+08:00", tick=False)
    load_lists()


@pytest.fixture
def notices_index():
    return publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))


def approved(district, **fields):
    return advance(
        advance(make_application(district, **fields), "accepted"), "approved", **APPROVAL
    )


def old_road():
    place = make_place("旧名路", specific="旧名", generic="路", romanisation="Jiùmíng Lù")
    place.save_revision().publish()
    return place


@pytest.mark.parametrize(
    ("steps", "note", "kind", "words"),
    [
        (("accepted",), "", "accepted", ["示例公司：", "命名“榕荫路”", "2026年4月8日以前"]),
        (("supplement",), "位置图", "supplement", ["位置图", "补正的全部材料收到之日"]),
        (
            ("declined",),
            "不属于本机关职权",
            "declined",
            ["不予受理", "不属于本机关职权", "行政复议"],
        ),
        (
            ("accepted", "refused"),
            "与榕荫街同名",
            "refused",
            ["不予批准（海府〔2026〕1号）", "与榕荫街同名", "不服海珠区人民政府决定"],
        ),
    ],
)
def test_a_step_brings_its_letter(district, steps, note, kind, words):
    application = make_application(district)
    for step in steps:
        decided = APPROVAL if step == "refused" else {}
        advance(application, step, note=note, **decided)
    step = application.steps.get(state=kind)
    text = letters.text_of(step)
    for each in (*words, application.number):
        assert each in text
    assert "{" not in text
    assert WHO["applicant"] not in step.letter


def test_an_approval_is_told_with_name_document_and_romanisation(district):
    text = letters.text_of(approved(district).steps.get(state="approved"))
    assert "海珠区人民政府已经批准（海府〔2026〕1号）" in text
    assert "罗马字母拼写：Róngyīn Lù" in text


@pytest.mark.parametrize(
    ("action", "title", "says", "says_not"),
    [
        ("name", "地名命名批准通知书", "应当使用标准地名", "不再使用"),
        ("rename", "地名更名批准通知书", "原地名：旧名路", "标准地名：旧名路"),
        ("abolish", "地名销名批准通知书", "不再使用这个地名", "应当使用"),
    ],
)
def test_a_letter_of_approval_says_what_was_approved(district, action, title, says, says_not):
    place = None if action == "name" else old_road()
    name = "" if action == "abolish" else "榕荫路"
    step = approved(district, action=action, place=place, name=name).steps.get(state="approved")
    text = letters.text_of(step)
    assert step.letter_title == title
    assert says in text
    assert says_not not in text
    assert "{" not in text


def test_missing_letters_are_added_beside_edited_ones():
    NamingLetter.objects.filter(kind__in=("renamed", "abolished")).delete()
    NamingLetter.objects.filter(kind="approved").update(text="改过的")
    add_letters(apps, None)
    add_letters(apps, None)
    assert NamingLetter.objects.get(kind="approved").text == "改过的"
    assert "不再使用" in NamingLetter.objects.get(kind="abolished").text
    assert NamingLetter.objects.count() == len(letters.delivered())


def test_a_letter_stays_as_it_was_written_and_loses_the_applicant(district):
    step = advance(make_application(district), "accepted").steps.get(state="accepted")
    NamingLetter.objects.update(text="别的文字")
    assert "决定予以受理" in letters.text_of(step)
    NamingApplication.objects.update(encrypted="")
    step = NamingStep.objects.get(pk=step.pk)
    assert letters.text_of(step).startswith(letters.DELETED)


def test_braces_in_a_note_are_no_placeholder_of_the_letter(district):
    advance(application := make_application(district), "declined", note="{编号}{x}")
    assert "{编号}{x}" in letters.text_of(application.steps.get(state="declined"))


def test_the_applicant_is_not_filled_in_where_somebody_typed_the_placeholder(district):
    application = make_application(district, name="榕荫{申请人}路")
    step = advance(application, "accepted").steps.get(state="accepted")
    text = letters.text_of(step)
    assert "榕荫｛申请人｝路" in text
    assert "榕荫示例公司路" not in text


@pytest.mark.parametrize("text", ["您好{编号", "编号}", "{{编号}}", "{编\n号}"])
def test_a_template_with_a_stray_brace_is_refused(text):
    letter = NamingLetter.objects.get(kind="accepted")
    letter.text = text
    with pytest.raises(ValidationError, match="没有成对"):
        letter.full_clean()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quantity": 99999999}, "最多999块"),
        ({"ordered_on": date(2020, 1, 2), "done_on": date(2020, 1, 1)}, "不能早于下单日期"),
        ({"state": "done", "done_on": date(2099, 1, 1)}, "完成日期不能晚于今天"),
        ({"ordered_on": date(2099, 1, 1)}, "今天以前"),
        ({"inscription": "别的路"}, "牌面上要有标准地名“榕荫路”"),
    ],
)
def test_an_order_that_cannot_be_is_refused(district, fields, message):
    order = SignOrder(place=make_place("榕荫路"), task="put_up", inscription="榕荫路")
    order.full_clean()
    for name, value in fields.items():
        setattr(order, name, value)
    with pytest.raises(ValidationError, match=message):
        order.full_clean()


def test_a_template_with_an_unknown_placeholder_is_refused():
    letter = NamingLetter.objects.get(kind="accepted")
    letter.full_clean()
    letter.text += "{电话}"
    with pytest.raises(ValidationError, match="没有这些数据标记"):
        letter.full_clean()


def test_an_officer_prints_the_letter_others_do_not(client, officer, district):  # noqa: F811
    application = advance(make_application(district), "accepted")
    step = application.steps.get(state="accepted")
    address = reverse("place_name_naming:letter", args=[application.pk, step.pk])
    assert (
        address
        in client.get(
            reverse("place_name_naming:application", args=[application.pk])
        ).content.decode()
    )
    html = client.get(address).content.decode()
    assert "地名申请受理通知书" in html
    assert "示例公司" in html
    received = application.steps.get(state="received")
    without = reverse("place_name_naming:letter", args=[application.pk, received.pk])
    assert client.get(without).status_code == 404
    officer.groups.clear()
    assert client.get(address).status_code == 302


def test_papers_that_came_in_are_ticked_with_their_day(officer_client, district):
    application = make_application(district)
    screen = reverse("place_name_naming:application", args=[application.pk])
    address = reverse("place_name_naming:papers", args=[application.pk])
    assert "还缺3项" in officer_client.get(screen).text
    told = {"paper_0": "2026年3月4日", "paper_1": "", "paper_2": "", "other": "", "other_day": ""}
    answer = officer_client.post(address, told, follow=True)
    assert "申请书：命名、更名的方案及理由：2026-03-04收到" in answer.text
    assert "还缺2项" in answer.text
    for day, message in (("2026-03-01", "不能早于收件日期"), ("2026-04-02", "不能晚于今天")):
        assert message in officer_client.post(address, told | {"paper_1": day}).text
    one_more = told | {"other": "授权委托书"}
    assert "请一起填写" in officer_client.post(address, one_more).text
    officer_client.post(address, one_more | {"other_day": "2026-03-05", "paper_0": ""})
    application.refresh_from_db()
    assert application.papers == {"授权委托书": "2026-03-05"}
    advance(application, "declined", note="不属于职权")
    assert "不再更改" in officer_client.post(address, told).text


@pytest.mark.parametrize(
    ("action", "signs", "told"),
    [
        ("name", 0, ("put_up", 1)),
        ("rename", 3, ("replace", 3)),
        ("rename", 0, ("put_up", 1)),
        ("abolish", 2, ("take_down", 2)),
        ("abolish", 0, None),
    ],
)
def test_an_approval_orders_the_signs(district, action, signs, told):
    place = None if action == "name" else old_road()
    for number in range(signs):
        Sign.objects.create(number=f"B{number}", place=place, lon=113.27, lat=23.1)
    name = "" if action == "abolish" else "榕荫路"
    application = approved(district, action=action, place=place, name=name)
    orders = list(SignOrder.objects.values_list("task", "quantity", "inscription", "kind"))
    shown = application.result.name
    assert orders == ([(*told, shown, "road")] if told else [])


def test_open_orders_follow_a_renaming_and_end_with_the_name(district):
    place = approved(district, name="测蓝路").result
    new = approved(district, action="rename", place=place, name="测丹路").result
    order = SignOrder.objects.get()
    assert (order.place, order.task, order.inscription) == (new, "put_up", "测丹路")
    assert order.romanisation == new.romanisation
    assert "原为“测蓝路”" in order.remarks
    approved(district, action="abolish", place=new, name="")
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert order.remarks.startswith("“测丹路”不再使用")


def test_signs_of_a_place_renamed_twice_are_changed_once(district):
    place = old_road()
    Sign.objects.create(number="B1", place=place, lon=113.27, lat=23.1)
    new = approved(district, action="rename", place=place, name="测蓝路").result
    approved(district, action="rename", place=new, name="测丹路")
    assert list(SignOrder.objects.values_list("task", "inscription", "quantity", "state")) == [
        ("replace", "测丹路", 1, "ordered")
    ]


@pytest.fixture
def officer_client(client, officer):  # noqa: F811
    client.force_login(officer)
    return client


def order_form(order: SignOrder, **changes) -> dict:
    """What the form of the order posts unchanged, but for `changes`."""
    names = ("task", "kind", "quantity", "inscription", "romanisation", "state", "remarks")
    fields = {name: getattr(order, name) for name in names}
    return fields | {"place": order.place_id, "ordered_on": "2026-04-01", "done_on": ""} | changes


@pytest.mark.parametrize(
    ("action", "quantity", "left", "told"),
    [
        ("rename", 2, [("B0", "", "good"), ("B1", "", "good")], "已改为“榕荫路”"),
        ("rename", 1, [("B0", "旧名路", "worn"), ("B1", "旧名路", "worn")], "逐块更正"),
        ("abolish", 2, [], "已从登记中删除标志B0、B1"),
    ],
)
def test_a_finished_order_brings_the_register_up_to_date(
    officer_client, district, action, quantity, left, told
):
    place = old_road()
    for number in range(2):
        Sign.objects.create(number=f"B{number}", place=place, lon=113.27, lat=23.1, state="worn")
    approved(district, action=action, place=place, name="" if action == "abolish" else "榕荫路")
    order = SignOrder.objects.get()
    edit = reverse(f"{SignOrder.snippet_viewset.get_url_name('edit')}", args=[order.pk])
    done = order_form(order, state="done", done_on="2026-04-01", quantity=quantity)
    done |= shown_by(officer_client, edit)
    assert told in officer_client.post(edit, done, follow=True).text
    kept = Sign.objects.order_by("number").values_list("number", "inscription", "state")
    assert list(kept) == left


def test_the_notice_is_a_draft_until_it_is_reviewed(district, notices_index, django_user_model):
    old = old_road()
    application = approved(district, action="rename", place=old)
    boss = django_user_model.objects.create_superuser("boss")
    page = notices.draft(application, boss)
    assert (page.live, page.title) == (False, "关于“旧名路”更名为“榕荫路”的公告")
    draft = NoticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words = str(draft.body)
    for each in ("榕荫路", "旧名路", "Róngyīn Lù", "广州市海珠区江南中街道", "东起甲路，西至乙路",
                 "海珠区人民政府", "海府〔2026〕1号", "2026年3月10日"):  # fmt: skip
        assert each in words
    draft.full_clean()
    assert list(non_standard(draft)) == []
    application.refresh_from_db()
    assert notices.draft(application, boss).pk == page.pk
    assert notices.published(application) is None
    assert [item.title for item in naming_papers.waiting(boss)] == [page.title]

    draft.save_revision().publish()
    application.refresh_from_db()
    assert notices.published(application).pk == page.pk
    assert advance(application, "filed", "announced").state == "announced"
    assert notices.lost() == []
    assert list(naming_papers.waiting(boss)) == []

    move_to_trash(Page.objects.get(pk=page.pk), boss)
    application.refresh_from_db()
    assert notices.page_of(application) is None
    assert notices.lost() == [application]
    assert [item.reason for item in naming_desk.pressing(boss)] == ["已公告，但是公告页面没有公开"]
    assert notices.draft(application, boss).pk != page.pk


def test_no_notice_before_the_approval_or_without_its_section(district, django_user_model):
    boss = django_user_model.objects.create_superuser("boss")
    with pytest.raises(procedure.ProcedureError, match="批准以后"):
        notices.draft(make_application(district), boss)
    with pytest.raises(procedure.ProcedureError, match="没有“通知公告”"):
        notices.draft(approved(district, name="榕荫街"), boss)


def test_an_officer_drafts_the_notice_from_the_screen(client, officer, district, notices_index):  # noqa: F811
    application = approved(district)
    screen = reverse("place_name_naming:application", args=[application.pk])
    assert "起草公告页面" in client.get(screen).content.decode()
    answer = client.post(reverse("place_name_naming:notice", args=[application.pk]), follow=True)
    assert answer.redirect_chain == [(screen, 302)]
    html = answer.content.decode()
    assert "草稿，还没有送审" in html
    assert "起草公告页面" not in html
    assert NoticePage.objects.get().owner == officer


def test_figures_of_the_years(district, time_machine):
    make_application(district, name="甲荫路", received_on=date(2025, 12, 30))
    approved(district, name="乙荫路")
    late = make_application(district, name="丙荫路", received_on=date(2026, 2, 2))
    advance(late, "accepted", day=date(2026, 2, 2))
    advance(late, "refused", day=date(2026, 3, 25), note="重名", **APPROVAL)
    running = make_application(district, name="丁荫路", received_on=date(2026, 2, 2))
    advance(running, "accepted", day=date(2026, 2, 3))
    advance(make_application(district, name="戊荫路"), "declined", note="不属于职权")
    newest, oldest = figures.years(Terms(), date(2026, 4, 1))
    assert (oldest.year, oldest.received, oldest.running, oldest.late) == (2025, 1, 1, 0)
    assert oldest.median_days is None
    assert (newest.year, newest.received, newest.approved, newest.refused) == (2026, 4, 1, 1)
    assert (newest.declined, newest.withdrawn, newest.running) == (1, 0, 1)
    assert newest.late == 2
    # Spring Festival 2026: 15 to 23 February are off, 14 and 28 February are worked.
    assert newest.days == [33, 0]
    assert newest.longest == 33


def test_the_letter_of_acceptance_says_where_to_look(district, settings):
    settings.PUBLIC_BASE_URL = "https://www.example.org"
    letters.load_letters()
    application = advance(make_application(district), "accepted")
    letter = application.steps.get(state="accepted").letter
    assert "https://www.example.org/place-names/check/progress/" in letter
