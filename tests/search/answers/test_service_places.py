"""Cards of service places: address, telephone and hours of the one that is named."""

import pytest

from home.models import ServicePlace
from home.subdistricts import subdistricts
from tests.home.factories import make_service_place as make_place
from tests.home.factories import two_subdistricts

pytestmark = pytest.mark.one_engine


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch):
    two_subdistricts(monkeypatch)


@pytest.fixture
def places(ask, gazetteer):
    assert subdistricts()
    make_place(
        name="赤岗婚姻登记处", slug="registry", kind="registry", phone="020-1", is_sample=True
    )
    make_place(
        name="赤岗街社工站", slug="sw-1", kind="social_work", phone="020-2", address="赤路1号"
    )
    make_place(
        name="新港街社工站", slug="sw-2", kind="social_work", phone="020-3",
        subdistrict_code="440105002",
    )  # fmt: skip
    make_place(
        name="海珠区民政局", slug="bureau", kind="bureau", phone="020-4", subdistrict_code=""
    )
    make_place(
        name="广州市救助管理站", slug="rescue", kind="rescue", phone="020-5", subdistrict_code=""
    )


@pytest.mark.parametrize(
    ("query", "phone"),
    [
        ("赤岗街社工站电话", "020-2"),
        ("赤岗街道社工站的电话号码是多少", "020-2"),
        ("赤岗登记处几点上班", "020-1"),
        ("新港社工站喺边度", "020-3"),
        ("民政局电话", "020-4"),
        ("广州市海珠区民政局地址", "020-4"),
        ("救助站电话", "020-5"),
        ("广州救助管理站电话", "020-5"),
    ],
)
def test_the_facts_of_the_place_that_is_named(ask, places, query, phone):
    card = ask(query)
    assert dict(card.facts)["电话"] == phone


def test_every_fact_with_its_day(ask, places):
    card = ask("赤岗街社工站在哪里")
    facts = dict(card.facts)
    assert (card.answer, facts["地址"]) == ("赤岗街社工站", "赤路1号")
    assert "17:00" in facts["办公"]
    assert card.as_of == "2026年6月8日10:00查询"
    assert card.url == "/service-places/sw-1/"
    assert not card.is_sample
    assert ask("赤岗婚姻登记处电话").is_sample


@pytest.mark.parametrize(
    "query",
    [
        "社工站电话",  # Two of them.
        "赤岗街社工站",  # No fact is asked for.
        "广州市民政局电话",  # Another bureau.
        "天河区民政局电话",
        "电话",
        "离婚登记处和社工站电话",
    ],
)
def test_no_card_when_unsure(ask, places, query):
    assert ask(query) is None


@pytest.mark.parametrize(
    ("query", "answer", "hours"),
    [
        ("星期日可唔可以结婚", "周日都休息", "周日休息"),
        ("周末可以领证吗", "周六、周日有网点办公", "周六09:00–17:00；周日休息"),
        ("礼拜一办离婚吗", "周一有网点办公", "周一09:00–17:00"),
        ("登记处中午休息吗", "各网点时间如下", "周一至周六09:00–17:00；周日休息"),
    ],
)
def test_the_hours_of_all_places_where_it_is_done(ask, places, query, answer, hours):
    registry = ServicePlace.objects.get(slug="registry")
    registry.weekly_hours = registry.weekly_hours.exclude(weekday=6)
    registry.save()
    card = ask(query)
    assert (card.answer, dict(card.facts)["赤岗婚姻登记处"]) == (answer, hours)
    assert card.as_of == "这是平时的时间，节假日另有安排"


@pytest.mark.parametrize(
    "query", ["什么时候可以离婚", "星期六", "星期六可以去玩吗", "社工站周末开门吗"]
)
def test_no_hours_when_unsure(ask, places, query):
    assert ask(query) is None
