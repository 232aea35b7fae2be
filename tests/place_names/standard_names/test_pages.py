"""Pages that use a name out of use: found before submission and listed, with the standard name."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from home.models import (
    EventPage,
    FindingAnswer,
    NoticePage,
    PlainPage,
    SectionPage,
    SectionPermission,
)
from home.text_checks import findings
from place_names.models import (
    NameVariant,
    NonStandardName,
    RegisterSettings,
    Subdistrict,
    Succession,
)
from place_names.standard_names import pages
from place_names.standard_names.avoided import current
from tests.place_names.factories import make_place


def found(words: str) -> list[str]:
    return [one.advice for one in findings(NoticePage(summary=words)) if one.kind == pages.KIND]


@pytest.mark.django_db
def test_each_sort_of_name_is_offered_the_standard_one():
    place = make_place(name="江南大道")
    NameVariant.objects.create(place=place, kind="former", name="河南大道")
    NameVariant.objects.create(place=place, kind="alias", name="大马路")
    old, new = make_place(name="龙导尾街", status="historical"), make_place(name="龙导街")
    Succession.objects.create(predecessor=old, successor=new, kind="renamed", year=2001)
    make_place(name="旧渡街", status="abolished")
    NonStandardName.objects.create(
        name="罗马假日城",
        kind="洋",
        place=place,
        subdistrict=Subdistrict.objects.first(),
        reason="外国地名",
        basis="清单",
        listed_on=date(2026, 1, 5),
    )
    assert found("到河南大道办理") == [
        "“河南大道”是曾用名，标准地名是“江南大道”。依据：《地名管理条例》第十八条。"
    ]
    assert "是别名，标准地名是“江南大道”" in found("到大马路办理")[0]
    assert "标准地名是“龙导街”" in found("到龙导尾街办理")[0]
    assert "没有接替的标准地名" in found("到旧渡街办理")[0]
    assert "是不规范地名（崇洋媚外），标准地名是“江南大道”" in found("到罗马假日城办理")[0]
    assert found("到江南大道办理") == []


@pytest.mark.django_db
def test_a_name_of_several_places_offers_them_all():
    for name in ("江南大道", "昌岗大道"):
        NameVariant.objects.create(place=make_place(name=name), kind="alias", name="大马路")
    assert "标准地名是“江南大道”、“昌岗大道”，请按位置选用" in found("到大马路办理")[0]


@pytest.mark.django_db
def test_names_that_are_words_short_or_standard_elsewhere_are_left_alone():
    place = make_place(name="中山大学南校园")
    for kind, name in (
        ("former", "南华"),
        ("former", "同福西路"),
        ("alias", "中山大学"),
        ("short", "中大南校"),
        ("foreign", "Sun Yat-sen University"),
        ("alias", "小礼堂"),
        ("alias", "康乐园"),
    ):
        NameVariant.objects.create(place=place, kind=kind, name=name)
    make_place(name="同福西路")
    settings = RegisterSettings.load()
    settings.ordinary_words = "小礼堂"
    settings.save()
    assert list(current().avoided) == ["康乐园"]


@pytest.mark.django_db(transaction=True)
def test_the_desk_lists_the_page_and_forgets_it_when_it_is_mended_or_answered():
    place = make_place(name="江南大道")
    NameVariant.objects.create(place=place, kind="former", name="河南大道")
    boss = User.objects.create_superuser("boss")
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=PlainPage(title="沿河南大道走", slug="walk"))
    (item,) = pages.gather(boss)
    assert item.title == "沿河南大道走"
    assert item.reason == "“河南大道”是曾用名，标准地名是“江南大道”。"
    assert item.address == f"/admin/pages/{page.pk}/edit/"

    page.title = "沿江南大道走"
    page.save_revision().publish()
    assert pages.gather(boss) == []

    page.title = "画里的河南大道"
    page.save_revision().publish()
    assert len(pages.gather(boss)) == 1
    for one in pages.non_standard(page):
        FindingAnswer.objects.create(page=page, finding=one.key, reason="画的名称")
    page.save_revision().publish()
    assert pages.gather(boss) == []


@pytest.mark.django_db(transaction=True)
def test_a_page_is_listed_once_for_its_venue_and_only_to_whom_it_concerns():
    place = make_place(name="江南大道")
    for old in ("河南大道", "旧江大道"):
        NameVariant.objects.create(place=place, kind="former", name=old)
    root = Page.objects.get(depth=1)
    ours = root.add_child(instance=SectionPage(title="婚姻", slug="ours"))
    others = root.add_child(instance=SectionPage(title="殡葬", slug="others"))
    lecture = EventPage(
        title="讲堂",
        slug="talk",
        venue="河南大道1号（旧江大道口）",
        starts_at=timezone.now(),
        ends_at=timezone.now(),
        section=others,
    )
    root.add_child(instance=lecture)
    root.add_child(instance=PlainPage(title="河南大道", slug="walk"))

    editors = Group.objects.create(name="婚姻栏目")
    GroupPagePermission.objects.create(group=editors, page=root, permission_type="change")
    SectionPermission.objects.create(group=editors, section=others)
    editor = User.objects.create_user("editor")
    editor.groups.add(editors)
    (item,) = pages.gather(editor)
    assert item.title == "讲堂"
    assert item.reason.count("标准地名是“江南大道”") == 2

    SectionPermission.objects.update(section=ours)
    assert pages.gather(editor) == []
