"""Pages that use a former or abolished name are listed with the name to use instead."""

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from home.models import EventPage, PlainPage, SectionPage, SectionPermission
from place_names.models import NameVariant
from place_names.names import page_names
from tests.place_names.factories import make_place


def test_a_name_inside_a_longer_standard_name_is_no_misuse():
    avoided = {"河南大道": "江南大道", "江南大道": ""}
    standard = {"江南大道中"}
    assert page_names.misused("从江南大道中走到河南大道。", avoided, standard) == ["河南大道"]
    assert page_names.misused("河南大道，河南大道", avoided, standard) == ["河南大道"]
    assert page_names.misused("没有地名的一句话", avoided, standard) == []
    assert page_names.misused("河南大道", {}, standard) == []


@pytest.mark.django_db(transaction=True)
def test_the_desk_lists_the_page_and_forgets_it_when_it_is_mended():
    place = make_place(name="江南大道")
    NameVariant.objects.create(place=place, kind="former", name="河南大道")
    boss = User.objects.create_superuser("boss")
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=PlainPage(title="沿河南大道走", slug="walk"))
    (item,) = page_names.gather(boss)
    assert item.title == "沿河南大道走"
    assert item.reason == "用了“河南大道”，标准地名是“江南大道”"
    assert item.address == f"/admin/pages/{page.pk}/edit/"

    page.title = "沿江南大道走"
    page.save_revision().publish()
    assert page_names.gather(boss) == []


@pytest.mark.django_db
def test_names_that_are_standard_elsewhere_or_short_are_left_alone():
    place = make_place(name="江南大道")
    NameVariant.objects.create(place=place, kind="former", name="南华")
    make_place(name="同福西路", status="standard")
    NameVariant.objects.create(place=place, kind="former", name="同福西路")
    make_place(name="龙导尾街", status="abolished")
    assert page_names.names_to_avoid() == {"龙导尾街": ""}


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
    (item,) = page_names.gather(editor)
    assert item.title == "讲堂"
    assert item.reason.count("标准地名是“江南大道”") == 2

    SectionPermission.objects.update(section=ours)
    assert page_names.gather(editor) == []
