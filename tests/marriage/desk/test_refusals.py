from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from marriage.booking import bookings
from marriage.desk import refusals, visits
from marriage.models import RefusalReason, Service
from marriage.models.refusals import ARTICLE
from marriage.models.states import IllegalChangeError, State

from ..factories import MONDAY, at, make_booking, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db
NOW = at(MONDAY, 9, 10)


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("clerk")


@pytest.fixture
def visit(db):
    service = make_service()
    return make_booking(make_slot(make_office(service), service), State.IN_SERVICE)


def reason(kind="not_registered"):
    """The first for a marriage."""
    return RefusalReason.objects.filter(kind=kind, for_kind__in=("", "marriage")).first()


def test_the_seeded_reasons_cite_the_law_where_something_is_denied():
    denials = RefusalReason.objects.exclude(kind="papers_missing")
    assert denials
    assert [each for each in denials if "《" not in each.basis] == []


def test_every_reason_that_was_loaded_passes_its_own_checks_and_names_article_and_next_step():
    for each in RefusalReason.objects.all():
        each.full_clean()
        assert each.basis, each
        assert each.bring, each
        assert each.kind == "papers_missing" or ARTICLE.search(each.basis), each


@pytest.mark.parametrize(
    ("kind", "basis", "is_good"),
    [
        ("not_registered", "《婚姻登记条例》第九条第一项", True),
        ("not_accepted", "《民法典》第1076条", True),
        ("not_registered", "", False),
        ("not_accepted", "《婚姻登记条例》", False),
        ("not_accepted", "第九条", False),
        ("papers_missing", "", True),
    ],
)
def test_a_denial_names_its_article(kind, basis, is_good):
    wanted = RefusalReason(kind=kind, text="原因", basis=basis)
    if is_good:
        wanted.full_clean()
    else:
        with pytest.raises(ValidationError, match="第几条"):
            wanted.full_clean()


def test_a_refusal_ends_the_visit_binds_nobody_and_keeps_the_words(visit, clerk):
    chosen = reason()
    refusal = refusals.refuse(visit, "not_registered", [chosen], actor=clerk, now=NOW)
    visit.refresh_from_db()
    assert visit.state == State.REFUSED
    assert not visit.parties.filter(is_active=True).exists()
    was = chosen.text
    chosen.text = "改过的原因"
    chosen.save()
    assert refusals.latest(visit) == refusal
    assert refusal.reasons[0]["text"] == was


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("not_accepted", ["not_registered"], "是不予登记的原因，选的结果却是不予受理"),
        ("not_registered", ["not_registered", "papers_missing"], "是材料不全的原因"),
        ("not_accepted", [], "请至少选择一项“不予受理的原因”"),
        ("papers_missing", [], "或者勾选还缺的材料"),
    ],
)
def test_an_outcome_has_a_reason_and_none_of_another(visit, clerk, kind, given, words):
    missing = ["身份证"] if kind != "papers_missing" else []  # Ticked from the start.
    with pytest.raises(refusals.RefusalError, match=words):
        refusals.refuse(
            visit, kind, [reason(each) for each in given], missing, "说明", actor=clerk, now=NOW
        )
    visit.refresh_from_db()
    assert visit.state == State.IN_SERVICE
    assert refusals.latest(visit) is None


MARRIAGE, FIRST, SECOND = Service.Kind.MARRIAGE, "application", "certificate"


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("书面协议", {FIRST, SECOND}),
        ("限制民事行为能力", {FIRST, SECOND}),
        ("结婚登记不是在中国内地", {FIRST, SECOND}),
        ("未到法定婚龄", {MARRIAGE}),
        ("不是双方完全自愿", {MARRIAGE}),
        ("已有配偶", {MARRIAGE}),
        ("旁系血亲", {MARRIAGE}),
        ("领证不在法定期限", {SECOND}),
        ("没有亲自到场", {MARRIAGE, FIRST, SECOND, "replacement", "other"}),
    ],
)
def test_the_reasons_that_were_loaded_fit_their_services(visit, clerk, words, kinds):
    """条例 art. 9 (marriage), art. 14 (divorce); Civil Code arts. 1042, 1046 to 1048, 1077."""
    wanted = RefusalReason.objects.get(text__contains=words)
    assert {kind for kind in Service.Kind if wanted.fits(Service(kind=kind))} == kinds
    if MARRIAGE not in kinds:
        with pytest.raises(refusals.RefusalError, match="不能用于结婚登记"):
            refusals.refuse(visit, wanted.kind, [wanted], actor=clerk, now=NOW)


def test_the_audit_log_names_the_reason(visit, clerk):
    chosen = reason()
    refusals.refuse(
        visit, "not_registered", [chosen], ["身份证"], "李示例不来", actor=clerk, now=NOW
    )
    assert visit.audit.first().note == f"不予登记：{chosen.text}"
    assert refusals.latest(visit).missing == []


def test_what_is_missing_comes_from_the_checklist_alone(visit, clerk):
    refusal = refusals.refuse(
        visit, "papers_missing", [], ["身份证", "没有这项"], actor=clerk, now=NOW
    )
    assert refusal.missing == ["身份证"]
    assert visit.audit.first().note == "材料不全：缺身份证"


@pytest.mark.parametrize("state", [State.BOOKED, State.DONE, State.NO_SHOW])
def test_only_people_at_the_desk_are_refused(visit, clerk, state):
    other = make_booking(visit.slot, state)
    with pytest.raises(IllegalChangeError):
        refusals.refuse(other, "not_registered", [reason()], actor=clerk, now=NOW)
    assert refusals.latest(other) is None


def test_a_refusal_is_taken_back_on_its_day_alone(visit, clerk):
    refusals.refuse(visit, "not_registered", [reason()], actor=clerk, now=NOW)
    visit.refresh_from_db()
    with pytest.raises(IllegalChangeError):
        visits.take_step(visit, State.IN_SERVICE, actor=clerk, now=NOW + timedelta(days=1))
    again = visits.take_step(visit, State.IN_SERVICE, actor=clerk, now=NOW)
    assert again.state == State.IN_SERVICE
    assert refusals.latest(again) is None
    assert again.parties.filter(is_active=True).count() == 2


def test_a_visit_ends_with_all_materials_or_a_reason(visit, clerk):
    visit.materials_ticked = []
    visit.save()
    with pytest.raises(visits.MaterialsMissingError) as error:
        visits.take_step(visit, State.DONE, actor=clerk, now=NOW)
    assert error.value.missing == ["身份证"]
    done = visits.take_step(visit, State.DONE, reason="已看电子证照", actor=clerk, now=NOW)
    assert done.state == State.DONE
    assert done.audit.filter(note="材料未核齐：已看电子证照").exists()


def test_refused_people_can_book_again(visit, clerk):
    refusals.refuse(visit, "papers_missing", [], ["身份证"], actor=clerk, now=NOW)
    people = [party.person for party in visit.parties.all()]
    held = bookings.hold(visit.slot.pk, check=False, now=NOW)
    assert bookings.confirm(held.hold_token, people, now=NOW).state == State.BOOKED
