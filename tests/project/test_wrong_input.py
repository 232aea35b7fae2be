"""A public form with input that cannot be taken answers 422 with its page, and loses nothing."""

import pytest
from bs4 import BeautifulSoup

from tests.guides.factories import make_guide
from tests.home.factories import make_home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/feedback/", {"problem": ""}),
        ("/feedback/status/", {"status-number": "x"}),
        ("/subscriptions/", {"email": "not an address"}),
        ("/notices/sign-ups/", {"reference": ""}),
        ("/marriage/manage/", {"reference": "x", "tail": ""}),
        ("/marriage/waiting/", {"reference": "x", "tail": ""}),
        ("/place-names/compare/", {"text": ""}),
    ],
)
def test_a_form_by_itself(client, address, typed):
    make_home()
    make_guide()
    answer = client.post(address, typed)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select(".error-summary, .field__error, [aria-invalid=true]")


def test_the_planner_in_its_address(client):
    assert client.get("/marriage/planner/").status_code == 200
    assert client.get("/marriage/planner/?accepted_on=x").status_code == 422
