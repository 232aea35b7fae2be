"""Passwords that are refused, and lost ones: nobody learns whose address is known."""

import logging
import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import SecuritySettings
from home.staff.password_words import rest_of, words_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

# The review's two, and the patterns that reports on weak passwords of public bodies name:
# name or initials of the body, its place, a year, a run of digits, a sign at the end.
REFUSED = [
    "haizhu2026",
    "minzhengju1",
    "Haizhu@2026",
    "HAIZHU_2026!",
    "h@izhu2026",
    "ha1zhu2o26",
    "hzqmzj@123",
    "hzqmzj123456",
    "mzj20260101",
    "minzheng888888",
    "guangzhou2026",
    "GuangZhou#123",
    "haizhuminzheng",
    "haizhu12345678",
    "minzheng-2026-11",
    "海珠民政2026",
    "海珠区民政局123",
    "xingang2026",
    "gongwuyuan01",
]
TAKEN = [
    "haizhu-fenghuang-muqiao",
    "wo zai haizhu zhu le 9 nian",
    "correct horse battery staple",
    "kZ7#pw-Lm2q",
    "榕树下的旧书店1998",
    "mzjmzj-lanhuacao-xiaoyu",
]


@pytest.mark.parametrize("password", REFUSED)
def test_passwords_of_the_bureaus_words_are_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_of_guessed_words" in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize("password", TAKEN)
def test_others_are_taken(password):
    validate_password(password)


def test_the_words_are_the_bureaus_to_change():
    found = SecuritySettings.load()
    found.password_words = "tianhe\n\n  天河 \n"
    found.save()
    validate_password("haizhu2026")
    with pytest.raises(ValidationError, match="常用词"):
        validate_password("Tianhe2026")


def test_overlapping_words_are_each_taken_out():
    assert rest_of("xHaizhuMinzheng9", words_in("haizhu\nminzheng\nzhum")) == "x9"
    assert rest_of("İstanbul", ["stan"]) in ("İbul", "ibul")


def ask(client, email, **more):
    return client.post(reverse("wagtailadmin_password_reset"), {"email": email}, **more)


@pytest.fixture
def known(django_user_model):
    return django_user_model.objects.create_user("known", "known@a.example", "right")


def test_a_lost_password_is_mailed_to_who_is_known(client, known):
    assert ask(client, "known@a.example").status_code == 302
    (sent,) = mail.outbox
    assert sent.to == ["known@a.example"]
    link = re.search(r"/admin/password_reset/confirm/\S+", sent.body)[0]
    assert client.get(link, follow=True).status_code == 200


def test_the_request_does_the_same_work_for_known_and_unknown(client, known, settings):
    """What mails is the worker; counted here are the queries of the request alone."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
        "later": {"BACKEND": "django_tasks_db.DatabaseBackend"},
    }

    def work(email):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = ask(client, email)
        assert answer.status_code == 302
        # Numbers of savepoints and keys differ each time.
        return [re.sub(r"'[^']*'|\d+|[0-9a-f]{8,}", "?", query["sql"])[:60] for query in queries]

    work("first@a.example")
    assert work("known@a.example") == work("stranger@a.example")
    assert mail.outbox == []
    assert not any("auth_user" in query for query in work("other@a.example"))


def test_no_address_is_queued_in_the_clear(client, known, settings):
    settings.TASKS = settings.TASKS | {"later": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    ask(client, "known@a.example")
    assert "known@a.example" not in str(DBTaskResult.objects.get().args_kwargs)


def test_mails_are_limited_for_each_account(client, known):
    for number in range(6):
        answer = ask(client, "known@a.example", REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.url == reverse("wagtailadmin_password_reset_done")
    assert len(mail.outbox) == 3


def test_mails_are_limited_for_each_network_address(client, django_user_model):
    for number in range(15):
        name = f"user{number}"
        django_user_model.objects.create_user(name, f"{name}@a.example", "right")
        assert ask(client, f"{name}@a.example").status_code == 302
    assert len(mail.outbox) == 10


def test_logins_failures_and_refusals_are_logged_without_personal_data(client, known, caplog):
    def log_in(password, name="known"):
        client.post(
            reverse("wagtailadmin_login"),
            {"username": name, "password": password},
            REMOTE_ADDR="203.0.113.9",
        )

    with caplog.at_level(logging.INFO, "civil_affairs.security"):
        for number in range(11):
            log_in(f"secret{number}")
        client.force_login(known)
        client.logout()
        log_in("my-password-typed-as-name", "my-password-typed-as-name")
        ask(client, "known@a.example")
    lines = [r.getMessage() for r in caplog.records if r.name == "civil_affairs.security"]
    events = [re.match(r"[a-z -]+(?= \w+=)", line)[0] for line in lines]
    assert events == [
        *["login failed"] * 10,
        "login refused",
        "login",
        "logout",
        "login failed",
        "password reset asked for",
    ]
    text = "\n".join(lines)
    for personal in ("known", "secret", "203.0.113.9", "typed", "a.example"):
        assert personal not in text.replace("password reset asked for", "")
    assert f"user={known.pk} " in text
