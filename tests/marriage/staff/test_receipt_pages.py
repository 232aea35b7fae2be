"""Refusals and receipts on the staff's screens."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from marriage.divorce import acceptance, receipts, withdrawal
from marriage.models import Acceptance, AuditEntry, RefusalReason, Service, WorkingDay
from marriage.models.states import State
from marriage.records import audit

from ..factories import (
    make_booking,
    make_id_number,
    make_office,
    make_service,
    make_slot,
    make_working_days,
)
from .pages import press, text, url

pytestmark = pytest.mark.django_db
COUPLE = [
    {"name": "李示例", "id_number": "440105199001010011", "phone": "13800001234"},
    {"name": "王示例", "id_number": "440105199001010020", "phone": ""},
]


@pytest.fixture
def receipt(slot, today):
    return acceptance.record_foreign(slot.office, "SZ-9", today - timedelta(days=3), COUPLE)


def test_a_refusal_from_the_desk_to_the_printed_notice(clerk, slot):
    visit = make_booking(slot, State.CHECKED_IN)
    reason = RefusalReason.objects.filter(kind="not_registered").first()
    form = text(clerk.get(url("refuse", visit.pk)))
    assert reason.text in form
    assert "书面协议" not in form  # A reason for a divorce.
    response = press(
        clerk,
        "refuse",
        visit,
        {"kind": "not_registered", "reason": [reason.pk, "x"], "note": "请双方商量后再来"},
        follow=True,
    )
    page = text(response)
    for words in (
        "不予登记告知单",
        reason.text,
        reason.basis,
        "李示例",
        "盖章处",
        "请双方商量后再来",
    ):
        assert words in page
    assert "打印告知单" in text(clerk.get(url("visit", visit.pk)))


def test_papers_missing_lists_what_to_bring(clerk, slot):
    visit = make_booking(slot, State.IN_SERVICE, materials_ticked=[])
    press(clerk, "refuse", visit, {"kind": "papers_missing", "missing": ["身份证"]})
    page = text(clerk.get(url("notice", visit.pk)))
    assert "材料补正告知单" in page
    assert "身份证：双方原件" in page


@pytest.mark.parametrize(("ticked", "missing"), [([], False), (["户口簿"], True)])
def test_what_nobody_has_looked_at_is_not_called_missing(clerk, slot, ticked, missing):
    """A notice must not send people away for papers that they have in their hands."""
    visit = make_booking(slot, State.CHECKED_IN, materials_ticked=ticked)
    page = BeautifulSoup(text(clerk.get(url("refuse", visit.pk))), "html.parser")
    assert page.find("input", {"name": "missing", "value": "身份证"}).has_attr("checked") == missing


@pytest.mark.parametrize(
    "data",
    [{}, {"kind": "x"}, {"kind": "not_accepted"}, {"kind": "not_accepted", "missing": ["身份证"]}],
)
def test_an_incomplete_refusal_says_what_is_missing(clerk, slot, data):
    visit = make_booking(slot, State.IN_SERVICE)
    response = press(clerk, "refuse", visit, {"note": "", **data})
    assert response.status_code == 422
    visit.refresh_from_db()
    assert visit.state == State.IN_SERVICE


def test_ending_without_all_materials_asks_for_the_reason(clerk, slot):
    visit = make_booking(slot, State.IN_SERVICE, materials_ticked=[])
    page = text(press(clerk, "step", visit, {"step": "done"}, follow=True))
    assert "还有材料没有勾选：身份证" in page
    assert "没有勾齐材料仍办结的原因" in page
    press(clerk, "step", visit, {"step": "done", "missing_reason": "已看电子证照"})
    visit.refresh_from_db()
    assert visit.state == State.DONE


def test_accepting_without_all_materials_asks_for_the_reason(clerk, today):
    service = make_service(kind=Service.Kind.DIVORCE_APPLICATION)
    slot = make_slot(make_office(service), service, today)
    visit = make_booking(slot, State.IN_SERVICE, materials_ticked=[])
    data = {"receipt_number": "SZ-2026-1", "accepted_on": today.isoformat()}
    response = clerk.post(url("accept", visit.pk), data)
    assert (response.status_code, "还有材料没有勾选" in text(response)) == (422, True)
    clerk.post(url("accept", visit.pk), {**data, "missing_reason": "本人承诺补交"})
    receipt = Acceptance.objects.get()
    page = text(clerk.post(url("receipt_print", receipt.pk)))
    for words in ("离婚登记申请受理回执单", "SZ-2026-1", "李示例", "王示例", "签名", "盖章处"):
        assert words in page


@pytest.mark.parametrize(
    "typed", ["0261201", "hz2026-1201", "1201-0", "201 0０５", "２０２６１２０１"]
)
def test_a_receipt_is_found_by_a_part_of_its_number(clerk, receipt, typed):
    """Four digits or more; fewer would find half of the ledger."""
    couple = [{"name": "李示例", "id_number": make_id_number(n)} for n in (1, 2)]
    acceptance.record_foreign(receipt.office, "HZ20261201-005", receipt.accepted_on, couple)
    page = text(clerk.post(url("receipts"), {"q": typed}))
    assert "HZ20261201-005" in page
    assert "SZ-9" not in page
    assert "没有符合条件的回执" in text(clerk.post(url("receipts"), {"q": "005"}))


def test_the_ledger_says_under_which_reading_a_certificate_was_given(clerk, slot):
    """30 days from 2026-09-01 end on 10-01, a day off until 10-07: the certificate of 10-02 is
    in time when the end does not roll. Online, only days within both readings are offered."""
    WorkingDay.objects.all().delete()
    make_working_days(date(2026, 9, 1), 150, is_working=True)
    WorkingDay.objects.filter(date__range=(date(2026, 10, 1), date(2026, 10, 7))).update(
        is_working=False
    )
    receipt = Acceptance.objects.create(
        office=slot.office,
        receipt_number="SZ-2026-7",
        accepted_on=date(2026, 9, 1),
        finished_on=date(2026, 10, 2),
    )
    page = text(clerk.get(url("receipt", receipt.pk)))
    assert "2026年10月2日至2026年11月7日" in page
    assert "网上只放10月9日至10月31日的号" in page
    assert "按不顺延计算" in page
    assert "2026-10-02至2026-11-07" in text(clerk.post(url("receipts"), {"q": "SZ-2026-7"}))


@pytest.mark.parametrize("has_visit", [True, False])
def test_undoing_says_what_is_not_restored_only_where_it_is(clerk, slot, receipt, has_visit):
    if has_visit:
        service = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
        make_booking(
            make_slot(receipt.office, service, slot.date + timedelta(days=35)),
            receipt_number=receipt.receipt_number,
        )
    withdrawal.withdraw(receipt)
    page = text(clerk.post(url("receipt_undo", receipt.pk), follow=True))
    assert "已撤销这次登记" in page
    assert ("需要重新预约" in page) == has_visit


def test_a_withdrawal_is_not_undone_beside_a_newer_application(clerk, slot, receipt):
    couple = [party.person for party in receipt.parties.all()]
    withdrawal.withdraw(receipt)
    newer = acceptance.record_foreign(
        receipt.office, "SZ-2026-2", timezone.localdate() + timedelta(days=1), couple
    )
    page = text(clerk.post(url("receipt_undo", receipt.pk), follow=True))
    assert "不能撤销" in page
    receipt.refresh_from_db()
    assert not receipt.is_open
    assert newer.is_open


@pytest.mark.parametrize("typed", ["SZ-9", "李示例", "13800001234", "0011"])
def test_the_ledger_is_searched_without_names_in_addresses(clerk, receipt, typed):
    response = clerk.post(url("receipts"), {"q": typed})
    assert response.status_code == 200
    assert "SZ-9" in text(response)
    assert "440105199001010011" not in text(response)
    assert "没有符合条件的回执" in text(clerk.post(url("receipts"), {"q": typed + "9"}))


@pytest.mark.parametrize("status", ["open", "finished", "withdrawn", "deemed", "x"])
def test_the_ledger_by_status(clerk, receipt, status):
    page = text(clerk.get(url("receipts"), {"status": status}))
    assert ("SZ-9" in page) == (status in ("open", "x"))


def test_a_withdrawal_asks_who_and_with_what_and_can_be_undone_today(clerk, receipt, today):
    address = url("receipt_withdraw", receipt.pk)
    assert clerk.post(address, {"applicant": "1", "on": today}).status_code == 422
    data = {"applicant": "1", "on": today, "paper": "申请书、身份证", "is_sure": "on"}
    page = text(clerk.post(address, data, follow=True))
    assert "已登记撤回" in page
    assert "申请书、身份证" in page
    page = text(clerk.post(url("receipt_undo", receipt.pk), follow=True))
    assert "已撤销这次登记" in page
    receipt.refresh_from_db()
    assert receipt.withdrawn_on is None


def test_undoing_on_another_day_is_refused(clerk, receipt):
    entered = withdrawal.withdraw(receipt)
    entered.recorded_at -= timedelta(days=1)
    entered.save()
    page = text(clerk.post(url("receipt_undo", receipt.pk), follow=True))
    assert "只能在登记当天撤销" in page


def test_a_receipt_of_another_system_is_taken_in_once(clerk, slot, today):
    data = foreign(slot, today)
    assert "已登记" in text(clerk.post(url("receipt_add"), data, follow=True))
    assert clerk.post(url("receipt_add"), data).status_code == 422
    late = {**data, "receipt_number": "BJ-2026-2", "accepted_on": f"{today + timedelta(days=1)}"}
    assert clerk.post(url("receipt_add"), late).status_code == 422
    assert Acceptance.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id_number_1": "440105199805033111"}, "最后一位与前17位对不上"),
        ({"id_number_1": "12345"}, "请输入18位身份证号码"),
        ({"id_number_2": "440105199001010020"}, "回乡证号码"),
        ({"id_type_1": "x"}, ""),
        ({"id_type_2": "id_card", "id_number_2": make_id_number(11)}, "双方的证件号码相同"),
    ],
)
def test_papers_of_another_system_are_checked_like_all_papers(clerk, slot, today, changed, words):
    data = foreign(slot, today) | changed
    response = clerk.post(url("receipt_add"), data)
    assert response.status_code == 422
    assert words in text(response)
    assert "BJ-2026-1" in text(response)
    assert not Acceptance.objects.exists()


def foreign(slot, today):
    """A receipt of another system, as it is typed."""
    return {
        "office": slot.office.pk,
        "receipt_number": "BJ-2026-1",
        "accepted_on": today.isoformat(),
        "is_that_day": "on",
        "name_1": "李示例",
        "id_type_1": "id_card",
        "id_number_1": make_id_number(11),
        "name_2": "陈示例",
        "id_type_2": "hk_macao_permit",
        "id_number_2": "H1234567802",
    }


def test_a_print_of_another_systems_receipt_says_that_it_is_a_copy(clerk, slot, today):
    clerk.post(url("receipt_add"), foreign(slot, today))
    receipt = Acceptance.objects.get()
    assert "打印抄件" in text(clerk.get(url("receipt", receipt.pk)))
    page = text(clerk.post(url("receipt_print", receipt.pk)))
    for words in ("抄件", "不是回执原件", "BJ-2026-1", "抄录人"):
        assert words in page
    for words in ("我处已经受理", "盖章处"):
        assert words not in page


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ({"withdrawn_on": date(2026, 9, 20)}, "已撤回（2026年9月20日（星期日））"),
        ({"deemed_withdrawn_on": date(2026, 11, 20)}, "视为撤回（2026年11月20日（星期五））"),
        ({"finished_on": date(2026, 10, 12)}, "已领证（2026年10月12日（星期一））"),
        ({"voided_on": date(2026, 9, 1)}, "已作废（2026年9月1日（星期二））"),
        ({"accepted_on": date(2025, 1, 6)}, "视为撤回"),
    ],
)
def test_the_print_of_an_ended_application_opens_nothing(clerk, receipt, ended, words):
    assert "不能凭它办理" not in text(clerk.post(url("receipt_print", receipt.pk)))
    Acceptance.objects.filter(pk=receipt.pk).update(**ended)
    page = text(clerk.post(url("receipt_print", receipt.pk)))
    assert f"{words}</strong>，本页只供存档查阅，不能凭它办理" in page
    assert "双方应当亲自到我处申请" not in page


def test_an_acceptance_by_mistake_is_taken_back_on_its_page(clerk, today):
    service = make_service(kind=Service.Kind.DIVORCE_APPLICATION)
    visit = make_booking(make_slot(make_office(service), service, today), State.IN_SERVICE)
    data = {"receipt_number": "SZ-2026-1", "accepted_on": today.isoformat()}
    clerk.post(url("accept", visit.pk), data)
    assert "撤销办结，继续办理" in text(clerk.get(url("visit", visit.pk)))
    assert "撤销办结" not in text(clerk.get(url("desk")))
    receipt = Acceptance.objects.get()
    page = text(clerk.get(url("receipt_correct", receipt.pk), follow=True))
    assert "到第一次到场的页面撤销受理" in page
    press(clerk, "step", visit, {"step": "in_service"})
    assert "已作废" in text(clerk.get(url("receipt", receipt.pk)))
    clerk.post(url("accept", visit.pk), {**data, "receipt_number": "SZ-2026-2"})
    visit.refresh_from_db()
    assert (visit.state, visit.receipt_number) == (State.DONE, "SZ-2026-2")


@pytest.mark.parametrize("typed", ["BJ-2026-1", "bj 2026 1"])
def test_all_that_happens_to_a_receipt_is_found_in_the_audit_log(manager, slot, today, typed):
    manager.post(url("receipt_add"), foreign(slot, today))
    receipt = Acceptance.objects.get()
    data = {"applicant": "1", "on": today, "paper": "申请书", "is_sure": "on"}
    manager.post(url("receipt_withdraw", receipt.pk), data)
    manager.post(url("receipt_undo", receipt.pk))
    page = text(manager.get(url("audit"), {"q": typed}))
    for words in ("登记其他系统的回执 BJ-2026-1", "甲方撤回申请", "撤回登记有误，已撤销"):
        assert words in page
    assert page.count("工作人员") == 0  # Each with who did it.
    assert "没有符合条件的记录" in text(manager.get(url("audit"), {"q": "BJ-2026-2"}))


def test_the_audit_log_of_a_receipt_holds_both_visits(manager, slot, today):
    service = make_service(kind=Service.Kind.DIVORCE_APPLICATION)
    first = make_booking(make_slot(make_office(service), service, today), State.IN_SERVICE)
    acceptance.accept(first, "SZ-2026-5", today)
    second = make_booking(slot, receipt_number="SZ-2026-5")
    audit.record(second, "checked", note="第二次")
    other = make_booking(slot)
    audit.record(other, "checked", note="另一个")
    page = text(manager.get(url("audit"), {"q": "sz2026-5"}))
    assert first.display_reference in page
    assert "第二次" in page
    assert "另一个" not in page


def corrected(receipt, **changes):
    return {
        "office": receipt.office_id,
        "receipt_number": receipt.receipt_number,
        "accepted_on": receipt.accepted_on,
        "is_that_day": "on",
        "reason": "抄错日期",
        **changes,
    }


def test_a_mistyped_entry_is_put_right_with_the_reason(clerk, receipt):
    day = receipt.accepted_on - timedelta(days=1)
    assert url("receipt_correct", receipt.pk) in text(clerk.get(url("receipt", receipt.pk)))
    address = url("receipt_correct", receipt.pk)
    page = text(clerk.get(address))
    assert receipt.receipt_number in page
    assert "没有填错的，都不用填" in page
    assert COUPLE[0]["id_number"] not in page
    assert clerk.post(address, corrected(receipt, reason="")).status_code == 422
    changes = {"accepted_on": day, "receipt_number": "SZ-2026-10"}
    page = text(clerk.post(address, corrected(receipt, **changes), follow=True))
    assert "已更正" in page
    receipt.refresh_from_db()
    assert (receipt.accepted_on, receipt.receipt_number) == (day, "SZ-2026-10")
    assert Acceptance.objects.numbered("sz2026 10").get() == receipt
    assert [party.person["name"] for party in receipt.parties.all()] == ["李示例", "王示例"]
    note = AuditEntry.objects.get(action=AuditEntry.Action.CORRECTED).note
    assert "SZ-9 → SZ-2026-10" in note
    assert "抄错日期" in note


def test_the_couple_of_an_entry_is_put_right(clerk, receipt):
    people = {"name_1": "赵示例", "id_type_1": "id_card", "id_number_1": make_id_number(),
              "id_type_2": "id_card"}  # fmt: skip
    address = url("receipt_correct", receipt.pk)
    assert clerk.post(address, corrected(receipt, **people)).status_code == 422  # One of two.
    people |= {"name_2": "王示例", "id_number_2": make_id_number()}
    clerk.post(address, corrected(receipt, receipt_number="SZ-2026-9", **people))
    receipt.refresh_from_db()
    assert [party.person["name"] for party in receipt.parties.all()] == ["赵示例", "王示例"]
    assert list(receipts.find(people["id_number_1"])) == [receipt]
    assert "赵示例" not in AuditEntry.objects.get(action=AuditEntry.Action.CORRECTED).note


def test_what_has_ended_or_is_ours_is_not_corrected(clerk, receipt, today):
    withdrawal.withdraw(receipt)
    service = make_service(kind=Service.Kind.DIVORCE_APPLICATION)
    first = make_booking(make_slot(make_office(service), service, today), State.IN_SERVICE)
    ours = acceptance.accept(first, "SZ-2026-5", today)
    for each in (receipt, ours):
        address = url("receipt_correct", each.pk)
        assert address not in text(clerk.get(url("receipt", each.pk)))
        page = text(clerk.post(address, corrected(each, receipt_number="SZ-2026-7"), follow=True))
        assert "更正" in page
        each.refresh_from_db()
        assert each.receipt_number != "SZ-2026-7"


def test_a_correction_does_not_take_anothers_number(clerk, receipt):
    couple = [{"name": "李示例", "id_number": make_id_number(n)} for n in (31, 32)]
    acceptance.record_foreign(receipt.office, "SZ-2026-8", receipt.accepted_on, couple)
    address = url("receipt_correct", receipt.pk)
    answer = clerk.post(address, corrected(receipt, receipt_number="SZ 2026-8"))
    assert "已经在台账里" in text(answer)
    receipt.refresh_from_db()
    assert receipt.receipt_number == "SZ-9"
