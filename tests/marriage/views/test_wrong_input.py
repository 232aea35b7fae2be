"""A page of the booking that cannot be taken answers 422, with what was typed."""

import pytest

from ..steps import ANSWERS, FORM, choose_time

pytestmark = pytest.mark.django_db


def test_every_page_of_a_booking(client, slot):
    client.post(f"/marriage/services/{slot.service.slug}/")
    for key, answer in ANSWERS.items():
        address = f"/marriage/questions/{key}/"
        assert client.post(address, {"answer": "nothing of these"}).status_code == 422, key
        assert client.post(address, {"answer": answer}).status_code == 302
    client.post("/marriage/materials/")
    assert client.post("/marriage/office/", {}).status_code == 422
    choose_time(client, slot)
    answer = client.post("/marriage/people/1/", {**FORM, "id_number": "123"})
    assert answer.status_code == 422
    assert 'value="张三"' in answer.text
    assert client.get("/marriage/people/1/").status_code == 200
