"""The steps of a booking as a browser without scripts sends them."""

import re

from .couples import make_couple

ANSWERS = {
    "residence": "guangzhou",
    "origin": "mainland",
    "earlier_marriage": ["never"],
    "age": "yes",
}
FORM = {"name": "张三", "phone": "13800001234", "email": ""}


def answer_questions(client, slot, **changed):
    client.post(f"/marriage/services/{slot.service.slug}/")
    for key, answer in {**ANSWERS, **changed}.items():
        client.post(f"/marriage/questions/{key}/", {"answer": answer})


def choose_time(client, slot, **changed):
    answer_questions(client, slot, **changed)
    client.post("/marriage/materials/")
    client.post("/marriage/office/", {"office": slot.office.pk})
    return client.post("/marriage/hold/", {"slot": slot.pk})


def enter_people(client, couple=None):
    for position, person in enumerate(couple or make_couple(), start=1):
        response = client.post(f"/marriage/people/{position}/", person)
        assert response.status_code == 302, text_of(response)
    return response


def seen(client) -> str:
    return re.search(r'name="seen" value="(\w+)"', text_of(client.get("/marriage/check/")))[1]


def text_of(response) -> str:
    return response.content.decode()


def book(client, slot, couple=None):
    choose_time(client, slot)
    enter_people(client, couple)
    return client.post("/marriage/check/", {"seen": seen(client)})
