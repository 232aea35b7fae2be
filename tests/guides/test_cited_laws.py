"""A law that ends names the guides that cite it."""

import datetime

import pytest
from django.urls import reverse

from guides.models import PolicyPage
from guides.policies.citations import citing, laws_of, outdated
from guides.policies.staff.laws import with_outdated_laws

from .factories import make_guide, make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
DAY = datetime.date


def law(name: str, **value) -> dict:
    return {"type": "law", "value": {"law": name, "article": "第三条", **value}}


@pytest.mark.parametrize("written", ["低保办法", "《低保办法》", " 低保 办法 "])
def test_guides_are_found_by_the_title_of_the_law(written):
    policy = make_policy(title="低保办法")
    guide = make_guide(legal_basis=[law(written), law("别的办法")])
    make_guide(slug="other", legal_basis=[law("别的办法")])
    assert citing(PolicyPage.objects.get()) == [guide]
    assert outdated([guide], DAY(2026, 1, 1)) == []
    policy.ends_on = DAY(2025, 12, 31)
    policy.save()
    [(found, which)] = outdated([guide], DAY(2026, 1, 1))
    assert (found, which.name) == (guide, "低保办法")
    assert outdated([guide], DAY(2025, 12, 31)) == []


@pytest.mark.parametrize(
    ("cited", "title", "is_it"),
    [
        ("中华人民共和国社会救助法", "社会救助法（要点）", True),
        ("《社会救助法》", "中华人民共和国社会救助法", True),
        ("婚姻登记条例", "《婚姻登记条例》（要点）", True),
        ("《 中华人民共和国 殡葬管理条例 》", "殡葬管理条例（要点）", True),
        ("社会团体登记管理条例(2016年修订)", "社会团体登记管理条例（要点）", True),
        ("老年人权益保障法", "中华人民共和国老年人权益保障法（2018年修正）", True),
        ("老年人权益保障法（2015年修正）", "中华人民共和国老年人权益保障法（2018年修正）", False),
        ("社会救助办法（试行）", "社会救助办法(试行)", True),
        ("社会救助办法", "社会救助办法（试行）", False),
        ("地名管理条例实施办法", "地名管理条例（要点）", False),
    ],
)
def test_a_law_is_known_by_its_short_name_and_by_the_page_of_its_summary(cited, title, is_it):
    policy = make_policy(title=title)
    guide = make_guide(legal_basis=[law(cited)])
    assert citing(policy) == ([guide] if is_it else [])


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("婚姻登记条例", "婚姻登记条例（要点）"),
        ("婚姻登记条例（2003年）", "婚姻登记条例（2003年，要点）"),
        ("婚姻登记条例（2025年修订）", "婚姻登记条例（要点）"),
    ],
)
def test_of_two_versions_the_cited_one_is_meant(cited, found):
    make_policy(slug="old", title="婚姻登记条例（2003年，要点）", ends_on=DAY(2025, 5, 9))
    make_policy(slug="new", title="婚姻登记条例（要点）", issued_on=DAY(2025, 4, 6))
    [law_found] = laws_of([make_guide(legal_basis=[law(cited)])])
    assert law_found.policy.title == found


def test_a_chosen_page_counts_whatever_the_name(client):
    policy = make_policy(title="低保办法（2020年修订）")
    guide = make_guide(legal_basis=[law("低保办法", policy=policy.pk)])
    assert citing(policy) == [guide]
    assert f'href="{policy.url}">《低保办法》' in client.get(guide.url).content.decode()
    policy.unpublish()
    assert policy.url not in client.get(guide.url).content.decode()


def test_the_desk_and_the_report_name_law_and_guide(admin_client, admin_user):
    make_policy(title="低保办法", ends_on=DAY(2020, 12, 31), issued_on=DAY(2010, 1, 1))
    make_guide(title="办低保", legal_basis=[law("低保办法"), law("民法典")])
    [item] = with_outdated_laws(admin_user)
    assert item.title == "办低保"
    assert item.reason == "《低保办法》2020-12-31失效"
    shown = admin_client.get(reverse("cited_laws")).content.decode()
    assert "已失效" in shown
    assert "《民法典》" in shown
    assert "本站没有这份文件" in shown
    assert "办低保</a>第三条" in shown
