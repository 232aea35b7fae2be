"""What browsers are told to refuse, and the flags of every cookie."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from home.models import SecuritySettings
from home.models.security_settings import contact_address

pytestmark = pytest.mark.one_engine

ROOT = Path(__file__).resolve().parents[2]
APPS = ("home", "guides", "place_names", "marriage", "search", "site/civil_affairs")


def policy_of(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (part.partition(" ") for part in parts)}


def cookies_set() -> list[tuple[str, ast.Call]]:
    found = []
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(getattr(node, "func", None), "attr", "")
                if name not in ("set_cookie", "set_signed_cookie"):
                    continue
                if ast.unparse(node.args[0]) != "response":  # A method of ours that sets one.
                    found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node))
    return found


def test_every_cookie_is_secure_over_https_and_stays_on_the_site():
    found = cookies_set()
    assert len(found) >= 4
    for where, call in found:
        flags = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert flags.get("secure") == "request.is_secure()", where
        assert flags.get("samesite") in ("'Lax'", "'Strict'"), where


@pytest.mark.django_db
def test_the_chosen_view_is_kept_in_a_secure_cookie(client):
    for secure in (True, False):
        answer = client.post("/display/", {"toggle": "elderly"}, secure=secure)
        assert bool(answer.cookies["display"]["secure"]) is secure


@pytest.mark.django_db
def test_the_admin_runs_no_handler_of_an_attribute_and_posts_only_to_the_site(admin_client):
    policy = policy_of(admin_client.get("/admin/"))
    assert policy["script-src-attr"] == "'none'"
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["base-uri"] == policy["form-action"] == "'self'"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_reset/"])
def test_before_login_the_admin_takes_the_strict_policy(client, address):
    assert "unsafe" not in client.get(address).headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/nowhere/", "/admin/login/", "/healthz", "/api/v1/docs"])
def test_features_that_no_page_uses_are_off(client, settings, address):
    settings.PAGE_CACHE_SECONDS = 600
    for _ in range(2):  # The second time from the cache of pages.
        policy = client.get(address).headers.get("Permissions-Policy", "")
        if address != "/healthz":
            assert "camera=()" in policy
            assert "geolocation=(self)" in policy


@pytest.mark.django_db
def test_security_txt_names_a_contact_and_when_it_ends(client, settings):
    settings.PUBLIC_BASE_URL = "https://civil.example"

    def fields():
        response = client.get("/.well-known/security.txt")
        assert response.headers["Content-Type"].startswith("text/plain")
        return dict(line.split(": ", 1) for line in response.content.decode().splitlines())

    assert fields()["Contact"] == "https://civil.example/feedback/"
    assert fields()["Canonical"] == "https://civil.example/.well-known/security.txt"
    left = parse_datetime(fields()["Expires"]) - timezone.now()
    assert 30 < left.days < 365
    found = SecuritySettings.load()
    found.security_contact = "mailto:security@civil.example"
    found.save()
    assert fields()["Contact"] == "mailto:security@civil.example"


@pytest.mark.parametrize("text", ["https://a.example/x", "mailto:a@b.example", "tel:+86-20-8888"])
def test_a_contact_is_an_address(text):
    contact_address(text)


@pytest.mark.parametrize("text", ["http://a.example", "a@b.example", "mailto:a", "tel:x", "请来电"])
def test_another_contact_is_refused_in_words(text):
    with pytest.raises(ValidationError, match="mailto"):
        contact_address(text)
