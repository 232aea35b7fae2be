"""A name keeps its address when its code is corrected."""

import pytest
from django.urls import reverse

from place_names.names import addresses

from ..factories import make_place

pytestmark = pytest.mark.usefixtures("district")
OLD, NEW, NEWER = (f"44010500423510{n:06d}" for n in (901, 902, 903))


def page(code):
    return reverse("place_names:place_name", args=[code])


@pytest.fixture
def corrected():
    place = make_place("石榴岗路", code=OLD)
    for code in (NEW, NEWER):
        place.code = code
        place.save()
    return place


@pytest.mark.parametrize("code", [OLD, NEW])
def test_old_codes_lead_to_the_name(client, corrected, code):
    for name in ("place_name", "place_name_shape"):
        answer = client.get(reverse(f"place_names:{name}", args=[code]))
        assert answer.status_code == 301
        assert answer["Location"] == reverse(f"place_names:{name}", args=[NEWER])
    assert client.get(page(NEWER)).status_code == 200


def test_the_interface_answers_old_codes(client, corrected):
    answer = client.get(f"/api/v1/place-names/{OLD}")
    assert answer.json()["code"] == NEWER


def test_a_code_that_was_taken_back_is_no_old_one(client, corrected):
    corrected.code = OLD
    corrected.save()
    assert client.get(page(OLD)).status_code == 200
    assert client.get(page(NEWER))["Location"] == page(OLD)


def test_a_code_that_another_name_bears_is_that_name(client, corrected):
    make_place("琶洲大道", code=OLD)
    assert "琶洲大道" in client.get(page(OLD)).content.decode()


def test_old_codes_of_what_is_not_public_are_unknown(client, corrected):
    corrected.status = "pending"
    corrected.save()
    assert client.get(page(OLD)).status_code == 404


def test_the_box_knows_old_codes(client, corrected):
    typed = f"{OLD[:6]} {OLD[6:9]} {OLD[9:]}"
    answer = client.get(reverse("place_names:index"), {"q": typed})
    assert answer["Location"] == page(NEWER)
    answer = client.get(reverse("place_names:index"), {"q": NEWER})
    assert answer.status_code == 200
    assert [hit["name"] for hit in answer.context["hits"]] == ["石榴岗路"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (OLD, OLD),
        (f" {OLD} ", OLD),
        (f"{OLD[:9]}-{OLD[9:]}", OLD),
        (OLD[:19], ""),
        ("石榴岗路", ""),
    ],
)
def test_typed_codes(typed, code):
    assert addresses.typed_code(typed) == code
