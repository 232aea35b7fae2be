"""Couples as the law sees them: papers × service × marital facts × office.

`couples.tsv` gives for each the papers to bring, who must come, the office that may serve
them, and the refusal, each with its article. 条例 is 《婚姻登记条例》 (Decree 804 of 2025), 规范 the
Ministry's 《婚姻登记工作规范》 (民发〔2025〕23号). The services are those of the demonstration. Every
couple is walked through the pages of booking, and the same papers are tried at the desk.
"""

import re
from pathlib import Path

import pytest

from demonstration.marriage.services import make_service_of, rows_of
from marriage.availability.powers import WITHOUT_POWER
from marriage.identity.id_numbers import check_character
from marriage.models import Booking, Office
from marriage.models.states import State
from marriage.staff.desk_forms import WalkInForm

from ..factories import make_coming_slot, make_office, today
from ..steps import prove_telephone, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
FOLDER = Path(__file__).parent

TITLES = {
    "id_card": "居民身份证",
    "declaration": "签字声明",
    "military": "军人身份证件和部队出具",
    "hong_kong": "香港居民的回乡证",
    "macao": "澳门居民的回乡证",
    "taiwan": "台湾居民的台胞证",
    "hmt": "港澳台居民的有效通行证",
    "hmt_declaration": "港澳台居民无配偶",
    "overseas": "华侨的有效护照",
    "overseas_proof": "华侨无配偶",
    "foreign": "外国人的有效护照",
    "foreign_proof": "外国人无配偶",
    "foreign_recognition": "本国承认",
    "photo": "半身免冠",
    "divorced": "离婚证或者生效",
    "widowed": "配偶死亡证明",
    "certificates": "结婚证",
    "other_certificate": "仍在手中的另一本结婚证",
    "archive": "婚姻登记档案复印件",
    "agreement": "离婚协议书",
    "receipt": "受理回执",
    "proxy": "经公证的委托书",
    "replacement_declaration": "补领婚姻登记证声明书",
    "damaged": "损毁的证件",
    "same_person": "证明是同一个人",
}
# Kind of person: where from, kind of paper, number for a man and a woman.
PEOPLE = {
    "mainland": (["mainland"], "id_card", "440105"),
    "military": (["mainland", "military"], "military", None),
    "hk_permit": (["hong_kong"], "hk_macao_permit", ("H12345678", "H8765432101")),
    "hk_residence": (["hong_kong"], "residence_permit", "810000"),
    "macao_permit": (["macao"], "hk_macao_permit", ("M12345678", "M87654321")),
    "macao_residence": (["macao"], "residence_permit", "820000"),
    "taiwan_permit": (["taiwan"], "taiwan_permit", ("12345678", "8765432101")),
    "taiwan_residence": (["taiwan"], "residence_permit", "830000"),
    "overseas": (["overseas"], "chinese_passport", ("E12345678", "EA1234567")),
    "foreign": (["foreign"], "passport", ("K1234567A", "533380006")),
    "foreign_card": (["foreign"], "foreigner_card", "911156"),
}


def table(name: str) -> list:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        pytest.param(row, id=f"{number}-{'-'.join(row[:3])}-{row[4]}")
        for number, row in enumerate(rows, start=1)
    ]


def person(kind: str, position: int) -> dict:
    _, id_type, number = PEOPLE[kind]
    if number is None:
        number = f"军字第{1234560 + position}号"
    elif isinstance(number, tuple):
        number = number[position - 1]
    else:
        first = f"{number}1990030700{position}"
        number = first + check_character(first)
    return {
        "name": ("张三", "李四")[position - 1],
        "id_type": id_type,
        "id_number": number,
        "phone": f"1380000000{position}",
    }


def answers_of(first: str, second: str, facts: str) -> dict:
    answers = dict(fact.split("=") for fact in facts.split(";"))
    answers = {
        key: value.split("+") if key == "earlier_marriage" else value
        for key, value in answers.items()
    }
    kinds = [kind for kind in (first, second) if kind != "-"]
    answers["origin"] = sorted({origin for kind in kinds for origin in PEOPLE[kind][0]})
    return {"kinship": "none", "age": "yes", **answers}


@pytest.fixture
def services():
    return {row["kind"]: make_service_of(row) for row in rows_of("services.json")}


def walk(client, service, office, slot, first, second, facts) -> dict:
    """Go through the pages. Returns {"right", "parties", "materials"} as the table has them."""
    client.post(f"/marriage/services/{service.slug}/")
    where, page = client.get("/marriage/continue/")["Location"], ""
    answers, materials, parties = answers_of(first, second, facts), set(), 0
    for _ in range(20):
        if key := re.fullmatch(r"/marriage/questions/(\w+)/", where):
            response = client.post(where, {"answer": answers[key[1]]})
            if response.status_code != 302:
                page = text_of(response)
                right = "office" if WITHOUT_POWER in page else f"stop:{key[1]}"
                assert right == "office" or "依据：" in page, page
                return {"right": right, "parties": parties, "materials": materials}
        elif where == "/marriage/receipt/":
            accepted = slot.date.fromordinal(slot.date.toordinal() - 40)
            form = {"receipt_number": "SZ-2026-1", "accepted_on": accepted, "office": office.pk}
            form["is_that_day"] = "on"
            response = client.post(where, form)
        elif where == "/marriage/materials/":
            page = text_of(client.get(where))
            titles = re.findall(r'materials__title"><b>(.*?)</b>', page)
            materials = {_name(title) for title in titles}
            response = client.post(where)
        elif where == "/marriage/office/":
            response = client.post(where, {"office": office.pk})
            if response.status_code != 302:
                assert WITHOUT_POWER in text_of(response)
                other = Office.objects.exclude(pk=office.pk).get()
                assert f"请到{other.name}办理" in text_of(response)
                return {"right": "office", "parties": parties, "materials": materials}
        elif where == "/marriage/day/":
            response = client.post("/marriage/hold/", {"slot": slot.pk})
        elif people := re.fullmatch(r"/marriage/people/(\d)/", where):
            parties = int(people[1])
            response = client.post(where, person((first, second)[parties - 1], parties))
        elif where == "/marriage/telephone/":
            response = prove_telephone(client)
        elif where == "/marriage/check/":
            seen = re.search(r'name="seen" value="(\w+)"', text_of(client.get(where)))[1]
            response = client.post(where, {"seen": seen})
        else:
            break
        assert response.status_code == 302, text_of(response)
        where = response["Location"]
    assert where == "/marriage/done/"
    assert Booking.objects.get(state=State.BOOKED).parties.count() == parties
    return {"right": "ok", "parties": parties, "materials": materials}


def _name(title: str) -> str:
    matches = [name for name, start in TITLES.items() if title == start] or [
        name for name, part in TITLES.items() if part in title and part != "结婚证"
    ]
    assert matches, title
    return max(matches, key=lambda name: len(TITLES[name]))


@pytest.mark.parametrize("row", table("couples.tsv") + table("couples_unseen.tsv"))
def test_papers_people_and_office_are_those_of_the_law(client, services, row):
    kind, first, second, facts, office, right, parties, materials, basis = row
    assert basis
    service = services[kind]
    here = make_office(service, accepts_foreign=office == "full")
    if office != "full":
        make_office(service, accepts_foreign=True)
    slot = make_coming_slot(service, here, date=today().fromordinal(today().toordinal() + 14))
    found = walk(client, service, here, slot, first, second, facts)
    assert found["right"] == right
    if right == "ok":
        assert found["materials"] == set(materials.split())
        assert found["parties"] == int(parties)
    _at_the_desk(service, here, first, second, facts, right, int(parties or 0))


def _at_the_desk(service, office, first: str, second: str, facts: str, right: str, parties: int):
    """The counter takes and refuses the same papers, and of a replacement the same people."""
    answers = answers_of(first, second, facts)
    data = {"service": service.pk, **{k: answers[k] for k in WalkInForm.FACTS if k in answers}}
    for position, kind in enumerate((first, second), start=1):
        if kind != "-":
            data |= {f"{key}_{position}": value for key, value in person(kind, position).items()}
    form = WalkInForm(data, office=office)
    form.is_valid()
    refused = WITHOUT_POWER in str(form.errors)
    assert refused == (right == "office")
    if right == "ok":
        assert form.is_valid(), form.errors
        assert len(form.people()) == parties
    if right in ("stop:status", "stop:lost"):
        assert not form.is_valid()
