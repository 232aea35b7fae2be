"""The steps of a booking as a browser without scripts sends them."""

import re

from marriage.models import OutboxMessage

from .factories import make_couple

ANSWERS = {
    "origin": ["mainland"],
    "residence": "guangzhou",
    "earlier_marriage": ["never"],
    "kinship": "none",
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
    if response["Location"] == "/marriage/telephone/":
        response = prove_telephone(client)
    return response


def last_code() -> str:
    """The code in the message that was written last."""
    message = OutboxMessage.objects.filter(kind="telephone_code").latest("pk")
    return re.search(r"验证码(\d{6})", message.content["body"])[1]


def prove_telephone(client):
    client.post("/marriage/telephone/", {"send": "1"})
    return client.post("/marriage/telephone/", {"code": last_code()})


def seen(client) -> str:
    return re.search(r'name="seen" value="(\w+)"', text_of(client.get("/marriage/check/")))[1]


def text_of(response) -> str:
    return response.content.decode()


def book(client, slot, couple=None):
    choose_time(client, slot)
    enter_people(client, couple)
    return client.post("/marriage/check/", {"seen": seen(client)})
