"""Who tries passwords one after another is stopped in words; others still get in."""

import pytest
from django.urls import reverse

from home.roles import set_up_roles
from home.staff_login import TRIES_AN_HOUR

pytestmark = pytest.mark.django_db


def try_to_log_in(client, password, **more):
    data = {"username": "editor", "password": password}
    return client.post(reverse("wagtailadmin_login"), data, **more)


@pytest.fixture
def editor(admin_user):
    set_up_roles()
    admin_user.username = "editor"
    admin_user.set_password("right")
    admin_user.save()


def test_passwords_cannot_be_tried_one_after_another(client, editor):
    for number in range(TRIES_AN_HOUR):
        assert "试了太多次" not in try_to_log_in(client, f"wrong{number}").content.decode()
    refused = try_to_log_in(client, "right")
    assert "试了太多次" in refused.content.decode()
    assert "_auth_user_id" not in client.session
    elsewhere = try_to_log_in(client, "right", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_who_knows_the_password_may_log_in_as_often_as_needed(client, editor):
    for _ in range(TRIES_AN_HOUR + 2):
        try_to_log_in(client, "wrong")
        assert try_to_log_in(client, "right").status_code == 302
        client.logout()


def test_the_form_asks_in_chinese(client):
    form = client.get(reverse("wagtailadmin_login")).context["form"]
    assert [form[name].label for name in ("username", "password")] == ["用户名", "密码"]
