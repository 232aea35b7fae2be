"""Who tries passwords one after another is stopped in words; others still get in."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from home.models import SecuritySettings
from home.roles import set_up_roles
from home.staff.login_limits import COOKIE
from tests.home.factories import make_home

pytestmark = pytest.mark.django_db
REFUSED = "试了太多次"
LIMIT = 10


def try_to_log_in(client, password, username="editor", **more):
    data = {"username": username, "password": password}
    return client.post(reverse("wagtailadmin_login"), data, **more)


def is_refused(response) -> bool:
    return REFUSED in response.content.decode()


@pytest.fixture
def editor(admin_user):
    set_up_roles()
    admin_user.username = "editor"
    admin_user.set_password("right")
    admin_user.save()
    return admin_user


def limits(**values) -> None:
    found = SecuritySettings.load()
    for name, value in values.items():
        setattr(found, name, value)
    found.save()


def test_passwords_cannot_be_tried_one_after_another(client, editor):
    for number in range(LIMIT):
        assert not is_refused(try_to_log_in(client, f"wrong{number}"))
    refused = try_to_log_in(client, "right")
    assert is_refused(refused)
    assert "_auth_user_id" not in client.session
    elsewhere = try_to_log_in(client, "right", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


@pytest.mark.parametrize("name", ["Editor", "EDITOR", " editor", "ｅｄｉｔｏｒ", "editor"])
def test_another_way_to_write_the_name_is_no_new_account(client, editor, name):
    for number in range(LIMIT):
        try_to_log_in(client, f"wrong{number}", name)
    assert is_refused(try_to_log_in(client, "right"))


def test_who_knows_the_password_may_log_in_as_often_as_needed(client, editor):
    for _ in range(LIMIT + 2):
        try_to_log_in(client, "wrong")
        assert try_to_log_in(client, "right").status_code == 302
        client.logout()


def test_an_ipv6_guesser_cannot_change_the_address_within_the_network(client, editor):
    for number in range(LIMIT):
        try_to_log_in(client, "wrong", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    assert is_refused(try_to_log_in(client, "right", REMOTE_ADDR="2001:db8:1:2:ffff::1"))


def test_guessers_from_everywhere_are_locked_out_and_the_person_is_not(editor):
    limits(wrong_passwords_per_account=5)
    own = Client()
    assert try_to_log_in(own, "right").status_code == 302
    assert own.cookies[COOKIE]["httponly"]
    own.post(reverse("wagtailadmin_logout"))
    guesser = Client()
    for number in range(5):
        assert not is_refused(try_to_log_in(guesser, "wrong", REMOTE_ADDR=f"192.0.2.{number}"))
    for number in range(5, 8):
        assert is_refused(try_to_log_in(guesser, "right", REMOTE_ADDR=f"192.0.2.{number}"))
    # The browser that she logged in with before is counted by itself, wherever it is.
    assert not is_refused(try_to_log_in(own, "wrong", REMOTE_ADDR="192.0.2.200"))
    assert try_to_log_in(own, "right", REMOTE_ADDR="192.0.2.200").status_code == 302


def test_a_known_browser_may_not_guess_without_end_either(editor):
    client = Client()
    try_to_log_in(client, "right")
    client.post(reverse("wagtailadmin_logout"))
    for number in range(LIMIT):
        assert not is_refused(try_to_log_in(client, "wrong", REMOTE_ADDR=f"192.0.2.{number}"))
    assert is_refused(try_to_log_in(client, "right", REMOTE_ADDR="192.0.2.99"))


def test_the_mark_of_a_browser_is_for_one_account_and_cannot_be_made_up(editor, django_user_model):
    limits(wrong_passwords_per_account=2)
    django_user_model.objects.create_user("other", password="right")
    client = Client()
    try_to_log_in(client, "right")
    client.post(reverse("wagtailadmin_logout"))
    for number in range(2):
        try_to_log_in(Client(), "wrong", "other", REMOTE_ADDR=f"192.0.2.{number}")
    assert is_refused(try_to_log_in(client, "right", "other", REMOTE_ADDR="192.0.2.9"))
    forged = Client()
    forged.cookies[COOKIE] = client.cookies[COOKIE].value[:-3] + "abc"
    for number in range(2):
        try_to_log_in(Client(), "wrong", REMOTE_ADDR=f"192.0.2.{number}")
    assert is_refused(try_to_log_in(forged, "right", REMOTE_ADDR="192.0.2.9"))


def test_one_password_cannot_be_tried_on_all_accounts(client, editor):
    limits(wrong_passwords_from_address=4)
    for number in range(4):
        assert not is_refused(try_to_log_in(client, "123456", f"user{number}"))
    assert is_refused(try_to_log_in(client, "right"))


def test_an_account_that_does_not_exist_is_refused_alike(client):
    for number in range(LIMIT):
        assert not is_refused(try_to_log_in(client, f"wrong{number}", "nobody"))
    assert is_refused(try_to_log_in(client, "wrong", "nobody"))


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_do_not_exceed_the_limit(django_user_model, settings):
    django_user_model.objects.create_user("editor", password="right")
    SecuritySettings.load()
    threads = 8
    start = threading.Barrier(threads)

    def guess(number):
        if number < threads:
            start.wait(20)
        try:
            return is_refused(try_to_log_in(Client(), f"wrong{number}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        refused = list(pool.map(guess, range(40)))
    assert refused.count(False) == LIMIT


def test_the_login_of_private_pages_is_limited_too(client, editor):
    address = reverse("wagtailcore_login")
    for number in range(LIMIT):
        client.post(address, {"username": "editor", "password": f"wrong{number}"})
    client.post(address, {"username": "editor", "password": "right"})
    assert "_auth_user_id" not in client.session
    assert is_refused(try_to_log_in(client, "right"))


def test_the_password_of_a_page_cannot_be_tried_without_end(client):
    page = make_home()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="right"
    )
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])

    def answer(password):
        return client.post(address, {"password": password, "return_url": "/"})

    assert answer("right").status_code == 302
    for number in range(LIMIT):
        assert answer(f"wrong{number}").status_code == 200
    refused = answer("right")
    assert refused.status_code == 429
    assert is_refused(refused)


def test_the_form_asks_in_chinese(client):
    form = client.get(reverse("wagtailadmin_login")).context["form"]
    assert [form[name].label for name in ("username", "password")] == ["用户名", "密码"]


def test_a_link_logs_nobody_out(admin_client):
    answer = admin_client.get("/admin/logout/")
    assert answer.status_code == 405
    assert answer.cookies == {}
    assert admin_client.get("/admin/").status_code == 200
    answer = admin_client.post("/admin/logout/")
    assert answer.status_code == 302
    assert admin_client.get("/admin/").status_code == 302
