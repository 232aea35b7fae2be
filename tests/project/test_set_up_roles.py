"""A site without the demonstration gets its groups by a command of its own."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page


@pytest.mark.django_db
def test_one_command_makes_the_groups_of_all_apps_and_nothing_else():
    pages = Page.objects.count()
    for _ in range(2):
        call_command("set_up_roles")
    groups = {group.name: group.permissions.count() for group in Group.objects.all()}
    assert set(groups) == {"编辑", "审核", "地名员", "婚姻登记员", "婚姻登记主管"}
    assert all(groups.values())
    assert Page.objects.count() == pages
