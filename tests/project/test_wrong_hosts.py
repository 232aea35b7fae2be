"""A Host header that is not ours: 400 with a plain page; health checks answer all the same."""

import logging

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

# Forms met in logs of public servers: by IP address, scanners, attempts to poison links.
HOSTS = [
    "203.0.113.9",
    "[2001:db8::1]:8000",
    "evil.example",
    "www.civil.example.evil.example",
    "civil.example@evil.example",
    "civil.example:80:80",
    "civil.example/path",
    "a b",
    "_",
    "*",
    "${jndi:ldap://evil.example}",
    "<script>alert(1)</script>",
    "海珠.example",
    "a" * 5000,
    "civil.example,evil.example",
]
ADDRESSES = ["/", "/guides/", "/search/?q=a", "/admin/login/", "/nowhere/", "/marriage/manage/"]


@pytest.fixture(autouse=True)
def one_host(settings):
    settings.ALLOWED_HOSTS = ["civil.example"]
    settings.PAGE_CACHE_SECONDS = 600


@pytest.mark.parametrize("host", HOSTS)
def test_a_wrong_host_is_refused_with_a_plain_page(host):
    client = Client(raise_request_exception=False)
    for address in ADDRESSES:
        response = client.get(address, headers={"host": host})
        assert response.status_code == 400, address
        text = response.content.decode()
        assert "网址不对" in text
        assert "evil" not in text
        assert "<script" not in text


def test_production_refuses_it_before_it_redirects(settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client(raise_request_exception=False)
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_page_names_the_right_address(settings):
    settings.PUBLIC_BASE_URL = "https://civil.example"
    client = Client(raise_request_exception=False)
    text = client.get("/", headers={"host": "203.0.113.9"}).content.decode()
    assert '<a href="https://civil.example">' in text


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_checks_answer_whatever_the_host(host, address):
    answer = Client().get(address, headers={"host": host})
    assert answer.status_code == 200
    assert int(answer["Content-Length"]) == len(answer.content)


def test_no_traceback_is_written(settings):
    handlers = settings.LOGGING["loggers"]["django.security.DisallowedHost"]
    assert handlers == {"handlers": ["none"], "propagate": False}
    logger = logging.getLogger("django.security.DisallowedHost")
    assert any(type(handler) is logging.NullHandler for handler in logger.handlers)
    assert not logger.propagate
