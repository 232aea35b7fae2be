"""Applications from receipt to notice, and what an approval does to the register."""

from datetime import date

import pytest

from home.personal_data.encryption import rotate_keys
from place_names.models import Category, NamingApplication, NamingKind, PlaceName
from place_names.naming import notices, procedure
from place_names.naming.checking import RULES_VERSION
from place_names.naming.setting_up import load_lists
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")
WHO = {"applicant": "示例公司", "person": "张三", "telephone": "13800001234"}
RECEIVED, DAY = date(2026, 3, 3), date(2026, 3, 10)
STREETS = "street"


@pytest.fixture(autouse=True)
def today(time_machine, db):
    time_machine.move_to("2026-04-01 10:00+08:00", tick=False)
    load_lists()


def make_application(district, **fields):
    fields = {
        "kind": NamingKind.objects.get(slug=STREETS),
        "name": "榕荫路",
        "subdistrict": district[0],
        "location": "东起甲路，西至乙路",
        "meaning": "路旁有古榕",
        "reason": "新建道路",
        "received_on": RECEIVED,
        "lon": 113.27,
        "lat": 23.10,
    } | fields
    return procedure.receive(NamingApplication(**fields), WHO)


def advance(application, *states, day=DAY, **fields):
    for state in states:
        procedure.advance(application, state, day, **fields)
    application.refresh_from_db()
    return application


APPROVAL = {"authority": "海珠区人民政府", "document": "海府〔2026〕1号"}


def test_an_application_keeps_the_pre_check_with_its_version(district):
    make_place("榕荫路", specific="榕荫", generic="路")
    kept = make_application(district).precheck
    assert kept["outcome"] == "unfit"
    assert kept["findings"][0]["rule"] == "duplicate"
    assert kept["version"].startswith(f"{RULES_VERSION}-")


def test_who_applied_is_encrypted_and_can_be_re_encrypted(district):
    application = make_application(district)
    stored = NamingApplication.objects.filter(pk=application.pk).values_list("encrypted", flat=True)
    assert "张三" not in stored[0]
    assert "13800001234" not in stored[0]
    assert application.applicant == WHO
    assert rotate_keys() >= 1
    application.refresh_from_db()
    assert application.applicant == WHO


def test_an_approved_name_enters_the_register_with_its_document(district):
    application = advance(make_application(district), "accepted", "visited")
    application = advance(application, "consulted", note="座谈会")
    application = advance(application, "approved", **APPROVAL)
    place = application.result
    assert (place.name, place.specific, place.generic) == ("榕荫路", "榕荫", "路")
    assert place.romanisation == "Róngyīn Lù"
    assert place.year_established == 2026
    assert place.approving_body == "海珠区人民政府"
    assert place.approval_document == "海府〔2026〕1号"
    assert place.approved_on == DAY
    assert place.meaning == "路旁有古榕"
    assert place.subdistrict == district[0]
    assert (place.lon, place.lat) == (113.27, 23.10)
    assert PlaceName.objects.standard().filter(pk=place.pk).exists()
    assert place.revisions.exists()
    title, rows = notices.notice(application)
    assert title == "关于命名“榕荫路”的公告"
    told = dict(rows)
    # 《地名备案公告管理办法（试行）》: these six.
    assert told["标准名称"] == "榕荫路"
    assert told["罗马字母拼写"] == "Róngyīn Lù"
    assert told["所属政区"] == "广州市海珠区江南中街道"
    assert told["位置描述"] == "东起甲路，西至乙路"
    assert told["批准机关"] == "海珠区人民政府"
    assert told["批准时间"] == "2026年3月10日"
    assert advance(application, "filed").state == "filed"


def test_a_renaming_keeps_the_old_record_and_links_both(district):
    old = make_place("旧名路", specific="旧名", generic="路", romanisation="Jiùmíng Lù")
    old.save_revision().publish()
    application = advance(make_application(district, action="rename", place=old), "accepted")
    application = advance(application, "approved", **APPROVAL)
    old.refresh_from_db()
    assert old.status == PlaceName.Status.HISTORICAL
    assert application.result.name == "榕荫路"
    assert application.result.precursors.get().predecessor == old
    assert ("原名称", "旧名路") in notices.notice(application)[1]


def test_an_abolished_name_stays_with_its_year(district):
    old = make_place("旧名路", specific="旧名", generic="路", romanisation="Jiùmíng Lù")
    old.save_revision().publish()
    application = make_application(district, action="abolish", place=old, name="")
    assert application.precheck == {}
    advance(advance(application, "accepted"), "approved", **APPROVAL)
    old.refresh_from_db()
    assert (old.status, old.year_abolished) == (PlaceName.Status.ABOLISHED, 2026)
    assert "海府〔2026〕1号" in old.abolition_ground


@pytest.mark.parametrize(
    ("before", "state", "fields", "message"),
    [
        ((), "approved", APPROVAL, "不能改为“已批准”"),
        (("accepted",), "approved", {}, "请填写作出决定的机关和文号"),
        (("accepted",), "refused", {"note": "重名"}, "请填写作出决定的机关和文号"),
        (("accepted",), "refused", {}, "请写明理由"),
        (("accepted",), "visited", {"day": date(2026, 3, 1)}, "不能早于上一步"),
        (("accepted",), "visited", {"day": date(2026, 4, 2)}, "不能晚于今天"),
        (("accepted",), "announced", {}, "不能改为“已公告”"),
        (("accepted",), "consulted", {}, "请在“说明”里写明怎样征求的"),
    ],
)
def test_steps_out_of_order_are_refused(district, before, state, fields, message):
    application = advance(make_application(district), *before)
    with pytest.raises(procedure.ProcedureError, match=message):
        procedure.advance(application, state, **({"day": DAY} | fields))
    application.refresh_from_db()
    assert application.state == (before[-1] if before else "received")
    assert application.result is None


def test_a_name_that_was_entered_meanwhile_is_not_entered_twice(district):
    application = advance(make_application(district), "accepted")
    make_place("榕荫路", specific="榕荫", generic="路")
    with pytest.raises(procedure.ProcedureError, match="榕荫路"):
        procedure.advance(application, "approved", DAY, **APPROVAL)
    assert PlaceName.objects.filter(name="榕荫路").count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"received_on": date(206, 11, 2)}, "不能早于2022年5月1日"),
        ({"received_on": date(2026, 4, 2)}, "不能晚于今天"),
        ({"name": "榕荫<路"}, "名称里不能有"),
        ({"name": "榕" * 51 + "路"}, "专名最多50个字"),
    ],
)
def test_what_can_never_be_approved_is_not_taken_in(district, fields, message):
    with pytest.raises(procedure.ProcedureError, match=message):
        make_application(district, **fields)
    assert not NamingApplication.objects.exists()


def test_a_name_taken_in_before_that_the_register_refuses_is_told(district):
    application = advance(make_application(district), "accepted")
    for name in ("榕荫<路", "榕" * 51 + "路"):
        NamingApplication.objects.filter(pk=application.pk).update(name=name)
        with pytest.raises(procedure.ProcedureError):
            procedure.advance(application, "approved", DAY, **APPROVAL)
    assert not PlaceName.objects.exists()


def test_a_kind_that_was_switched_off_still_counts_for_its_applications(district):
    application = advance(make_application(district), "accepted")
    NamingKind.objects.filter(slug=STREETS).update(active=False)
    application = NamingApplication.objects.get(pk=application.pk)
    assert procedure.prechecked(application)["outcome"] == "fit"
    assert advance(application, "approved", **APPROVAL).result.generic == "路"


def test_an_estate_is_not_called_as_a_building(district):
    make_place("榕荫园", category=Category.objects.get(code="26100"))
    estate = NamingKind.objects.get(slug="estate")
    application = advance(make_application(district, name="榕荫园", kind=estate), "accepted")
    with pytest.raises(procedure.ProcedureError, match="预审结果是“不符合”"):
        procedure.advance(application, "approved", DAY, **APPROVAL)
    with pytest.raises(procedure.ProcedureError, match="重名"):
        procedure.advance(application, "approved", DAY, note="专家同意", **APPROVAL)


def test_a_renamed_record_says_what_was_applied_for(district):
    old = make_place(
        "旧名路",
        specific="旧名",
        generic="路",
        romanisation="Jiùmíng Lù",
        meaning="旧的含义",
        description="长200米",
    )
    old.save_revision().publish()
    asked = make_application(district, action="rename", place=old, measures={"width": 12.0})
    new = advance(advance(asked, "accepted"), "approved", **APPROVAL).result
    assert new.meaning == "路旁有古榕"
    assert new.description == "东起甲路，西至乙路\n宽12米。\n长200米"
    assert (new.lon, new.lat) == (113.27, 23.10)
    old.refresh_from_db()
    assert (old.meaning, old.lon) == ("旧的含义", 113.265)


def test_papers_that_came_in_begin_the_term_again(district):
    application = advance(make_application(district), "supplement", note="位置图")
    assert procedure.due(application, procedure.terms()).last_day == date(2026, 4, 9)
    letter = application.steps.get(state="supplement").letter
    assert "请于2026年4月9日以前补正后交回" in letter
    advance(application, "supplied", day=date(2026, 3, 20))
    found = procedure.due(application, procedure.terms())
    assert (found.step, found.last_day) == ("受理", date(2026, 3, 27))
    assert advance(application, "accepted", day=date(2026, 3, 20)).state == "accepted"


def test_who_applied_is_forgotten_some_time_after_the_end(district, time_machine):
    application = advance(make_application(district), "withdrawn")
    other = make_application(district, name="榕荫街")
    assert procedure.forget_applicants() == 0
    time_machine.move_to("2028-03-20 10:00+08:00", tick=False)
    assert procedure.forget_applicants() == 1
    application.refresh_from_db()
    other.refresh_from_db()
    assert application.applicant == {}
    assert other.applicant == WHO


def test_a_rename_is_not_held_against_the_name_that_goes(district):
    """宝岗路 becomes 宝岗后路: 宝岗 is taken by no other road."""
    old = make_place("宝岗路", specific="宝岗", generic="路")
    application = make_application(district, action="rename", place=old, name="宝岗后路")
    found = [each["rule"] for each in application.precheck["findings"]]
    assert not {"same_specific", "duplicate", "affix", "homophone"} & set(found)
    make_place("宝岗街", specific="宝岗", generic="街")
    found = procedure.prechecked(application)["findings"]
    assert any("“宝岗街”" in each["text"] for each in found)
    assert not any("“宝岗路”" in each["text"] for each in found)
