"""What stands beside a page moves with it."""

import pytest

from tests.guides.factories import make_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(committed):
    guide = make_guide(slug="before")
    guide.slug = "after"
    with committed():
        guide.save_revision().publish()
    return guide


@pytest.mark.parametrize("beside", ["", "changes/", "changes/feed/", "changes/?from=1&to=2"])
def test_an_old_address_leads_to_the_same_one_of_the_new_page(renamed, client, beside):
    answer = client.get(f"/guides/before/{beside}")
    assert answer.status_code == 301
    assert answer["Location"].endswith(f"/guides/after/{beside}")


def test_what_was_never_there_is_still_missing(renamed, client):
    assert client.get("/guides/never/changes/").status_code == 404
    assert client.get("/guides/after/nothing/").status_code == 404
    assert client.get("/figures/before/").status_code == 404
