import pytest
from django.contrib.auth.models import Group, User
from wagtail.models import Collection, Page, Task, Workflow

from home.roles import set_up_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_installed():
    """What Wagtail's migrations leave, whatever order the tests ran in."""
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    Page.objects.filter(pk=root.pk).update(title="Root", draft_title="Root")
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    Collection.objects.filter(pk=collection.pk).update(name="Root")
    for name in ("Editors", "Moderators"):
        Group.objects.get_or_create(name=name)
    Workflow.objects.get_or_create(name="Moderators approval")


def names() -> set[str]:
    return {
        *Group.objects.values_list("name", flat=True),
        *Workflow.objects.values_list("name", flat=True),
        *Task.objects.values_list("name", flat=True),
        Page.get_first_root_node().title,
        Collection.get_first_root_node().name,
    }


def test_no_english_name_of_wagtail_is_left(as_installed):
    set_up_roles()
    set_up_roles()
    assert {name for name in names() if name.isascii()} == set()
    assert {"编辑", "审核", "送审发布", "全部页面", "全部文件"} <= names()


def test_a_group_with_members_and_a_name_that_was_given_stay(as_installed):
    Group.objects.get(name="Editors").user_set.add(User.objects.create(username="someone"))
    Collection.objects.filter(name="Root").update(name="图片库")
    set_up_roles()
    assert {"Editors", "图片库"} <= names()
    assert "Moderators" not in names()
