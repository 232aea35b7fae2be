"""Signing in with a real OpenID Connect provider in a process of its own."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from marriage.models import Booking
from marriage.models.bookings import Trust
from marriage.models.states import State

from ..factories import make_person
from ..serving import free_port
from ..steps import choose_time, seen, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
SERVER = Path(__file__).parent / "oidc_server" / "serve.py"
COME_BACK = "http://testserver/marriage/identity/signed-in/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    port = free_port()
    command = [sys.executable, SERVER, str(port), tmp_path_factory.mktemp("oidc"), COME_BACK]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline().strip() == "ready"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def offered(settings, provider):
    settings.IDENTITY = {
        "metadata_url": f"{provider}/o/.well-known/openid-configuration",
        "client_id": "haizhu",
        "client_secret": "secret-of-haizhu",
        "scope": "openid profile phone",
        "claims": {"name": "name", "number": "id_number", "phone": "phone_number"},
    }
    return settings.IDENTITY


def log_in(where: str) -> str:
    """What the person does at the provider. Returns where it sends the browser back to."""
    browser = requests.Session()
    page = browser.get(where, timeout=20)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    form = {"username": "zhang", "password": "secret-of-zhang", "csrfmiddlewaretoken": token}
    answer = browser.post(page.url, form, timeout=20, allow_redirects=False)
    while not answer.headers["Location"].startswith("http://testserver/"):
        following = requests.compat.urljoin(answer.url, answer.headers["Location"])
        answer = browser.get(following, timeout=20, allow_redirects=False)
    return answer.headers["Location"]


def begin(client, slot) -> str:
    choose_time(client, slot)
    assert "统一身份认证" in text_of(client.get("/marriage/people/1/"))
    return client.get("/marriage/identity/sign-in/")["Location"]


def come_back(client, where: str):
    parts = urlsplit(where)
    return client.get(f"{parts.path}?{parts.query}", follow=True)


def test_an_identity_fills_in_the_first_person_and_needs_no_code(client, slot, offered):
    back = log_in(begin(client, slot))
    page = text_of(come_back(client, back))
    for value in ("张三", "440105199003070013", "13800001234"):
        assert f'value="{value}"' in page
    me = {"name": "张三", "id_number": "440105199003070013", "phone": "13800001234"}
    client.post("/marriage/people/1/", me)
    response = client.post("/marriage/people/2/", make_person("李四", man=False))
    assert response["Location"] == "/marriage/check/"
    client.post("/marriage/check/", {"seen": seen(client)})
    assert Booking.objects.get(state=State.BOOKED).trust == Trust.IDENTITY


def test_another_number_than_that_of_the_identity_must_be_proved(client, slot, offered):
    come_back(client, log_in(begin(client, slot)))
    client.post("/marriage/people/1/", make_person("张三"))
    response = client.post("/marriage/people/2/", make_person("李四", man=False))
    assert response["Location"] == "/marriage/telephone/"


@pytest.mark.parametrize("change", [("state=", "state=x"), ("code=", "code=x")])
def test_a_forged_answer_signs_nobody_in(client, slot, offered, change):
    back = log_in(begin(client, slot)).replace(*change)
    page = text_of(come_back(client, back))
    assert "身份认证没有完成" in page
    assert "440105199003070013" not in page


def test_an_answer_is_good_once_and_in_its_own_browser(client, slot, offered, django_user_model):
    from django.test import Client

    back = log_in(begin(client, slot))
    other = Client()
    choose_time(other, slot)
    assert "身份认证没有完成" in text_of(come_back(other, back))
    come_back(client, back)
    assert "身份认证没有完成" in text_of(come_back(client, back))
    assert not django_user_model.objects.exists()


def test_a_service_that_does_not_answer_leaves_the_form(client, slot, settings):
    settings.IDENTITY = {
        **settings.IDENTITY,
        "metadata_url": f"http://127.0.0.1:{free_port()}/",
        "client_id": "x",
    }
    choose_time(client, slot)
    response = client.get("/marriage/identity/sign-in/", follow=True)
    assert "身份认证现在连不上" in text_of(response)
    assert 'id="id_name"' in text_of(response)


def test_it_is_off_by_default(client, slot):
    choose_time(client, slot)
    assert "统一身份认证" not in text_of(client.get("/marriage/people/1/"))
    assert client.get("/marriage/identity/sign-in/").status_code == 404
