"""Production refuses broken settings at start and in `check --deploy`, and says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from civil_affairs import deployment
from civil_affairs.settings.problems import problems
from home.personal_data.encryption import encrypt
from tests.marriage.factories import make_booking, make_office, make_service, make_slot

ROOT = Path(__file__).resolve().parents[2]
KEY, OTHER = Fernet.generate_key().decode(), Fernet.generate_key().decode()
RIGHT = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": ["civil.example"],
    "BASE_URL": "https://civil.example",
    "DATABASE_URL": "postgres://civil@db/civil",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "CACHES": {
        name: {"BACKEND": "django.core.cache.backends.redis.RedisCache"}
        for name in ("default", "pages")
    },
    "MACHINES": 2,
    "MESSAGE_GATEWAYS": {"sms": "http", "mail": "mail"},
    "MESSAGE_HTTP_URL": "https://gateway.example",
    "PERSONAL_DATA_KEYS": [KEY],
}
FILES = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}
WRONG = [
    ({"SECRET_KEY": ""}, "SECRET_KEY"),
    ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS"),
    ({"DATABASE_URL": None}, "DATABASE_URL"),
    ({"PERSONAL_DATA_KEYS": []}, "PERSONAL_DATA_KEYS"),
    ({"PERSONAL_DATA_KEYS": [KEY, "not a key"]}, "PERSONAL_DATA_KEYS: key 2"),
    ({"PERSONAL_DATA_KEYS": [KEY[:-4]]}, "PERSONAL_DATA_KEYS: key 1"),
    ({"PERSONAL_DATA_KEYS": ["密钥" * 22]}, "PERSONAL_DATA_KEYS: key 1"),
    ({"BASE_URL": ""}, "BASE_URL"),
    ({"BASE_URL": "http://civil.example"}, "BASE_URL"),
    ({"MESSAGE_GATEWAYS": {"sms": "console", "mail": "mail"}}, "MESSAGE_SMS"),
    ({"MESSAGE_HTTP_URL": ""}, "MESSAGE_HTTP_URL"),
    ({"SHOW_TELEPHONE_CODE": True}, "SHOW_TELEPHONE_CODE"),
    ({"CACHES": RIGHT["CACHES"] | {"pages": FILES}}, "CACHE_URL"),
    ({"CACHES": RIGHT["CACHES"] | {"default": FILES}}, "CACHE_URL"),
    (
        {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}},
        "DATABASE_URL: several machines",
    ),
]


def test_right_settings_have_no_problem():
    assert problems(RIGHT) == []
    one_machine = {"MACHINES": 1, "CACHES": {"default": FILES, "pages": FILES}}
    assert problems(RIGHT | one_machine) == []


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_each_wrong_setting_is_named(wrong, told):
    (problem,) = problems(RIGHT | wrong)
    assert problem.startswith(told)
    assert KEY not in problem


def production(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    base = {key: os.environ[key] for key in ("PATH", "HOME", "DATA_DIR") if key in os.environ}
    right = {
        "DJANGO_SETTINGS_MODULE": "civil_affairs.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "civil.example",
        "BASE_URL": "https://civil.example",
        "PERSONAL_DATA_KEYS": KEY,
        "MESSAGE_SMS": "http",
        "MESSAGE_MAIL": "mail",
        "MESSAGE_HTTP_URL": "https://gateway.example",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**base, **right, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_settings_of_production_refuse_with_everything_that_is_wrong(tmp_path):
    wrong = {"BASE_URL": "", "MESSAGE_SMS": "console", "SHOW_TELEPHONE_CODE": "1"}
    result = production("manage.py", "check", "--deploy", **wrong)
    assert result.returncode != 0
    for name in (*wrong, "DATABASE_URL"):
        assert f"\n  {name}: " in result.stderr


@pytest.mark.django_db
def test_the_check_of_a_deployment_tries_the_keys(settings):
    settings.PUBLIC_BASE_URL = "https://civil.example"
    settings.MESSAGE_GATEWAYS = {"sms": "file", "mail": "mail"}

    def found():
        errors = run_checks(include_deployment_checks=True)
        return {error.id: error.msg for error in errors if error.id.startswith("civil_affairs")}

    service = make_service()
    make_booking(make_slot(make_office(service), service))
    assert found() == {}
    settings.PERSONAL_DATA_KEYS = [OTHER]
    assert "no key opens the personal data of marriage." in found()["civil_affairs.E002"]
    settings.MESSAGE_GATEWAYS = {"sms": "console", "mail": "console"}
    assert set(found()) == {"civil_affairs.E001", "civil_affairs.E002", "civil_affairs.W001"}


@pytest.mark.django_db
def test_the_site_and_the_worker_do_not_start_with_keys_that_do_not_fit(settings):
    service = make_service()
    booking = make_booking(make_slot(make_office(service), service))
    deployment.refuse_wrong_keys()
    old, settings.PERSONAL_DATA_KEYS = settings.PERSONAL_DATA_KEYS, [OTHER]
    with pytest.raises(ImproperlyConfigured, match="PERSONAL_DATA_KEYS"):
        deployment.refuse_wrong_keys()
    with pytest.raises(ImproperlyConfigured, match="PERSONAL_DATA_KEYS"):
        call_command("work", once=True)
    settings.PERSONAL_DATA_KEYS = [OTHER, *old]  # In the middle of a change of keys.
    booking.encrypted = encrypt({})
    booking.save()
    deployment.refuse_wrong_keys()


@pytest.mark.django_db
def test_a_database_without_tables_says_nothing(caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE marriage_draft RENAME TO marriage_draft_away")
    deployment.refuse_wrong_keys()
    assert "not tried" in caplog.text
