"""What the script of the forms asks before it sends one."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_who_is_logged_in_is_told_with_a_token(client, admin_user):
    client.force_login(admin_user)
    answer = client.get(reverse("editor_session"))
    told = answer.json()
    assert told["user"] == str(admin_user.pk)
    assert len(told["token"]) > 30
    assert "no-store" in answer["Cache-Control"]


def test_after_the_session_the_script_is_refused_not_led_to_the_login(client):
    answer = client.get(reverse("editor_session"), headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


def test_each_form_of_the_admin_is_guarded(client, admin_user):
    client.force_login(admin_user)
    form = client.get(reverse("wagtailsnippets_home_serviceplace:add")).content.decode()
    assert "js/editor-guard" in form
    assert reverse("logged_in_again") in form.replace("%2F", "/").replace("%3D", "=")
