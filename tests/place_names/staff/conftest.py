import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from place_names.roles import OFFICERS, REVIEWERS, set_up_roles


def _user(name, group):
    set_up_roles()
    user = get_user_model().objects.create_user(name, password="not-a-secret")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def officer(client, district):
    """An officer without superuser rights, logged in."""
    user = _user("officer", OFFICERS)
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(district):
    return _user("reviewer", REVIEWERS)
