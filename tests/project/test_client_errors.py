"""What only the request can be blamed for is answered with 4xx, in the admin too."""

import json

import pytest
from django.db import DataError, connection
from django.test import Client, RequestFactory
from django.utils.datastructures import MultiValueDictKeyError

from civil_affairs.client_errors import is_clients_fault
from tests.home.factories import make_home

pytestmark = pytest.mark.django_db

BIG = "9" * 24  # more than any database's integer holds


@pytest.mark.parametrize(
    "address",
    [
        "choose-external-link/",
        "pages/1/lock/",
        "pages/1/unlock/",
        "pages/1/set_position/",
        "redirects/import/process/",
        "snippets/choose/home/serviceplace/create/",
        "snippets/choose/guides/figure/create/",
        "marriage/capacity/realign/",
        "marriage/desk/walk-in/",
        f"sign-ups/{BIG}/",
    ],
)
def test_a_post_without_fields_is_no_fault_of_the_server(admin_client, address):
    assert 400 <= admin_client.post(f"/admin/{address}").status_code < 500


@pytest.mark.parametrize(
    "address",
    [
        f"snippets/home/feedbackreport/?section={BIG}",
        f"sign-ups/{BIG}/",
        "documents/chooser/chosen/x/",
        "images/chooser/chosen/x/",
        f"images/chooser/chosen/{BIG}/",
        "snippets/choose/guides/figure/chosen/home/",
        "choose-page/chosen-multiple/?id=١",
        "choose-page/chosen-multiple/?id=1",
        "images/chooser/?q=a&tag=b",
        "images/chooser/results/?q=a&tag=b",
        "images/?q=a&tag=b",
        "documents/chooser/?q=a&tag=b",
        "failwhale/",
    ],
)
def test_an_impossible_number_is_no_fault_of_the_server(admin_client, address):
    response = admin_client.get(f"/admin/{address}")
    assert 200 <= response.status_code < 500
    assert BIG not in address or response.status_code != 302


def test_a_parameter_that_makes_no_link_is_no_fault_of_the_server(admin_client):
    response = admin_client.get("/admin/choose-external-link/", {"parent_page_id": "x"})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "9" * 5000,
        "{",
        "[]",
        "7",
        '{"blocks":7}',
        '{"blocks":[7]}',
    ],
)
def test_a_text_that_no_editor_has_written_is_no_fault_of_the_server(admin_client, text):
    address = f"/admin/pages/add/home/plainpage/{make_home().pk}/"
    fields = {"title": "x", "slug": "x", "body-count": "1", "body-0-value": text}
    names = {"type": "paragraph", "order": "0", "id": "", "deleted": ""}
    fields |= {f"body-0-{name}": value for name, value in names.items()}
    assert admin_client.post(address, fields).status_code in (200, 400)


def test_the_answer_is_a_page_in_words(admin_client):
    response = admin_client.get(f"/admin/sign-ups/{BIG}/")
    # PostgreSQL knows the range of its integers before it is asked.
    assert response.status_code == (404 if connection.vendor == "postgresql" else 400)
    assert "<h1" in response.content.decode()


def raised_by(function):
    try:
        function()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_our_own_faults_stay_faults():
    """A KeyError or an AttributeError of ours is a bug, whatever the request holds."""
    request = RequestFactory().post("/admin/x/")
    for function in (lambda: {}["x"], lambda: None.x, lambda: int("x")):
        assert not is_clients_fault(request, raised_by(function))


def test_json_that_our_own_code_reads_or_writes_is_our_fault():
    request = RequestFactory().post("/admin/x/")
    for function in (lambda: json.loads("{"), lambda: json.dumps(object())):
        assert not is_clients_fault(request, raised_by(function))


@pytest.mark.parametrize("path", ["/", "/admin/x/"])
@pytest.mark.parametrize("error", [DataError(), OverflowError(), MultiValueDictKeyError("x")])
def test_a_missing_field_or_a_number_too_large_is_the_clients(path, error):
    def fail():
        raise error

    assert is_clients_fault(RequestFactory().get(path), raised_by(fail))


def test_half_a_surrogate_pair_is_the_clients_and_other_letters_are_ours():
    """JSON may spell it; no database and no encoding of ours has it."""
    request = RequestFactory().get("/")
    assert is_clients_fault(request, raised_by(lambda: "\ud800".encode()))
    assert not is_clients_fault(request, raised_by(lambda: "甲".encode("ascii")))


@pytest.mark.parametrize(
    "address",
    ["/", "/search/", "/feedback/", "/marriage/", "/place-names/compare/", "/my-subdistrict/"],
)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
@pytest.mark.parametrize("has_token", [True, False])
def test_a_method_that_no_page_takes_is_refused(address, method, has_token):
    make_home()
    client = Client(enforce_csrf_checks=not has_token)
    answer = client.generic(method, address, "" if method == "TRACE" else "x", "text/plain")
    assert answer.status_code == 405
    assert method not in answer.headers["Allow"]


@pytest.mark.parametrize(
    "address", ["/display/", "/display/words/", "/feedback/opinion/", "/search/clicked/"]
)
def test_the_address_of_a_form_opened_as_a_page_helps_on(client, address):
    make_home()
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "这个网址不能直接打开" in answer.text
    assert 'action="/search/"' in answer.text
    assert client.get(address, headers={"Accept": "application/json"}).content == b""
