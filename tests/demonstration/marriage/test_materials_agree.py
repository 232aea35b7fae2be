"""Wherever somebody reads what to bring, it is the same: guides, English, questions, booking,
its sheet in print, the counter and its notice, the API, and sentences anywhere on the site.

`materials.tsv` holds the right values with their sources, written before the lists were mended.
"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from guides.models import GuidePage, PublishedVersion
from home.material_lists import material_list
from home.personal_data.encryption import encrypt
from marriage.desk import visits
from marriage.materials.changes import tell_if_changed
from marriage.materials.checklist import checklist_of, materials_for
from marriage.materials.questions import is_met
from marriage.models import Booking, Service
from marriage.models.services import BY_CASE, MATERIAL_CONDITIONS
from marriage.models.states import State
from marriage.views.details import show_booking
from tests.marriage.factories import make_booking, make_coming_slot, make_office
from tests.marriage.law.test_couples import answers_of, table
from tests.project.test_leading_on import addresses
from tests.templates import DEMONSTRATION, in_copy_of

demonstration = in_copy_of(DEMONSTRATION)
pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.one_engine,
]
CASE = "只在这种情况带："
CONDITIONS = {words: condition for condition, words in MATERIAL_CONDITIONS}
RIGHT = [
    line.split("\t")
    for line in (Path(__file__).parent / "materials.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
# Guide, caption of its table, service, whether the guide is for the mainland alone.
GUIDES = {
    "marriage": "marriage-registration",
    "first-visit": "divorce-registration",
    "second-visit": "divorce-registration",
    "replacement": "marriage-certificate-replacement",
}
ENGLISH = {"marriage": "marriage-registration", "replacement": "marriage-certificate-replacement"}
SERVED = [
    row.values[0]
    for name in ("couples.tsv", "couples_unseen.tsv")
    for row in table(name)
    if row.values[0][5] == "ok"
]
KINDS = {"marriage": "marriage", "application": "first-visit", "certificate": "second-visit"}
PHOTOS = re.compile(
    r"(?:([\d一两二三四五]+)\s*张[^，。；、]{0,12}?(照片|合影|单人照|photos?))"
    r"|(?:(照片|合影|单人照)[^，。；、]{0,6}?([\d一两二三四五]+)\s*张)"
)


def service_of(kind: str) -> Service:
    return Service.objects.get(slug=KINDS.get(kind, kind))


def rows_of(html: str, caption: str) -> list[tuple[str, str, str]]:
    """[(material, quantity, explanation)] of the table with this caption."""
    for found in BeautifulSoup(html, "html.parser").find_all("table"):
        if found.caption and found.caption.get_text(strip=True) == caption:
            break
    else:
        raise AssertionError(f"no table {caption}")
    rows = []
    for row in found.tbody.find_all("tr"):
        name = row.th.get_text(" ", strip=True).replace(" 按情况", "")
        cells = [cell.get_text("", strip=True) for cell in row.find_all("td")]
        rows.append((name, *cells))
    return rows


@pytest.mark.parametrize("right", RIGHT, ids=lambda right: f"{right[0]}-{right[1]}")
def test_the_list_holds_the_right_values(right):
    slug, title, quantity, words, condition, source = right
    assert source
    found = [
        each
        for each in Service.objects.get(slug=slug).materials.all()
        if title in each.title and each.condition == condition
    ]
    assert [each.quantity for each in found] == [quantity]
    assert words in found[0].detail


def captions() -> list[tuple[str, str]]:
    """(service, caption) of each list in the Chinese guides."""
    return [
        (block.value["list_key"], block.value["caption"])
        for guide in GuidePage.objects.filter(
            slug__in=GUIDES.values(), locale__language_code="zh-hans"
        )
        for block in guide.materials
    ]


def test_the_guides_hold_no_list_of_their_own():
    assert {key for key, _caption in captions()} == set(GUIDES)
    for guide in GuidePage.objects.filter(slug__in=GUIDES.values()):
        assert {block.block_type for block in guide.materials} <= {"material_list"}


@pytest.mark.parametrize("slug", GUIDES)
def test_the_guide_says_what_booking_says(client: Client, slug):
    [caption] = [words for key, words in captions() if key == slug]
    rows = rows_of(client.get(f"/guides/{GUIDES[slug]}/").content.decode(), caption)
    shown = {name: (quantity, note) for name, quantity, note in rows}
    contradictions = []
    for kind, first, second, facts, *_ in SERVED:
        answers = answers_of(first, second, facts)
        if KINDS.get(kind, kind) != slug or set(answers["origin"]) - {"mainland", "military"}:
            continue
        service = service_of(kind)
        asked = {item["title"]: item for item in materials_for(service, answers)}
        for name, (_quantity, note) in shown.items():
            case = CONDITIONS.get(note.partition(CASE)[2].removesuffix("下载空表或样表"))
            wanted = is_met(case, answers) if CASE in note else True
            if wanted != (name in asked):
                contradictions.append((kind, answers, name, "guide"))
        for name, item in asked.items():
            quantity, note = shown.get(name, ("", ""))
            if item["quantity"] != quantity or item["detail"] not in note:
                contradictions.append((kind, answers, name, "booking"))
    assert contradictions == []


@pytest.mark.parametrize("slug", ENGLISH)
def test_the_english_guide_shows_the_same_list(client: Client, slug):
    guide = GuidePage.objects.get(slug=ENGLISH[slug], locale__language_code="en")
    html = client.get(guide.url).content.decode()
    lists = [block.value for block in guide.body if block.block_type == "material_list"]
    assert lists
    for value in lists:
        facts = {"origin": [fact.partition("=")[2] for fact in value["facts"]]}
        with override("en"):
            wanted = material_list(value["list_key"], facts).materials
            english = [(each.name, each.note or "–") for each in wanted]
        assert rows_of(html, value["caption"]) == english
        assert len(wanted) == len(material_list(slug, facts).materials)


def test_nobody_is_asked_for_what_the_form_refuses():
    """Who serves in the army is of the mainland: no list without one names military papers."""
    for slug in GUIDES:
        for origins in (["foreign"], ["hong_kong"], ["foreign", "overseas"]):
            titles = [each.name for each in material_list(slug, {"origin": origins}).materials]
            assert not [title for title in titles if "军人" in title or title == "居民身份证"]


CASES = [
    ("marriage", {"origin": ["mainland"], "earlier_marriage": ["divorced"]}),
    ("marriage", {"origin": ["mainland", "military"], "earlier_marriage": ["never"]}),
    ("marriage", {"origin": ["foreign", "mainland"], "earlier_marriage": ["never"]}),
    ("application", {"origin": ["mainland"], "certificates": "one_lost"}),
    ("certificate", {"origin": ["mainland"], "certificates": "both"}),
    ("replacement", {"origin": ["mainland"], "status": "married", "lost": "marriage_one"}),
    ("replacement", {"origin": ["mainland"], "status": "divorced", "lost": "divorce"}),
]


def booked(kind: str, answers: dict, state=State.IN_SERVICE) -> Booking:
    """A booking that was made when the list was another one."""
    service = service_of(kind)
    booking = make_booking(make_coming_slot(service, make_office(service)), state)
    booking.encrypted = encrypt({"answers": answers, "checklist": [{"title": "户口簿"}]})
    booking.materials_ticked = []
    booking.save()
    return booking


def sheet(html: str) -> list[tuple[str, str]]:
    found = BeautifulSoup(html, "html.parser").select("ol.materials > li")
    return [
        (
            row.b.get_text(strip=True),
            quantity.get_text(strip=True)
            if (quantity := row.select_one(".materials__quantity"))
            else "",
        )
        for row in found
    ]


@pytest.mark.parametrize(("kind", "answers"), CASES)
def test_the_sheet_the_counter_and_the_list_are_one(admin_client, rf, kind, answers):
    booking = booked(kind, answers)
    wanted = materials_for(booking.service, answers)
    assert checklist_of(booking) == wanted
    page = admin_client.get(reverse("marriage_staff:visit", args=[booking.pk])).content.decode()
    ticks = BeautifulSoup(page, "html.parser").find_all("input", {"name": "material"})
    assert [tick["value"] for tick in ticks] == [item["title"] for item in wanted]
    refusing = admin_client.get(
        reverse("marriage_staff:refuse", args=[booking.pk])
    ).content.decode()
    asked = BeautifulSoup(refusing, "html.parser").find_all("input", {"name": "missing"})
    assert [box["value"] for box in asked] == [item["title"] for item in wanted]
    by_case = {item["title"] for item in wanted if item.get("by_case")}
    assert set(visits.unticked(booking)) == {item["title"] for item in wanted} - by_case
    request = rf.get("/")
    answer = show_booking(request, booking, template="booking_details")
    assert sheet(answer.content.decode()) == [(i["title"], i["quantity"]) for i in wanted]


def test_the_list_by_which_a_visit_ended_stays(admin_user):
    booking = booked("replacement", CASES[5][1])
    visits.take_step(booking, State.DONE, actor=admin_user, reason="示例")
    booking = Booking.objects.get(pk=booking.pk)
    ended_by = [item["title"] for item in booking.checklist]
    assert "补领婚姻登记证声明书" in ended_by
    booking.service.materials.all().delete()
    assert [item["title"] for item in checklist_of(booking)] == ended_by


def test_a_change_of_the_list_is_read_everywhere(client: Client, committed):
    service = Service.objects.get(slug="marriage")
    guide = GuidePage.objects.get(slug="marriage-registration", locale__language_code="zh-hans")
    client.get(guide.url)
    before = PublishedVersion.objects.filter(page_id=guide.pk).count()
    with committed():
        service.materials.filter(title__contains="合影").update(quantity="4张")
        tell_if_changed(service)
    assert '<td data-label="形式和份数">4张</td>' in client.get(guide.url).content.decode()
    versions = PublishedVersion.objects.filter(page_id=guide.pk)
    assert versions.count() == before + 1
    assert any("4张" in line for _name, lines in versions.first().content for line in lines)
    told = client.get(f"/api/v1/guides/{guide.slug}").json()["materials"]
    assert "4张" in [row["quantity"] for row in told]


def test_no_sentence_of_the_site_gives_another_number_of_photos(client: Client):
    """A crawl over every public page: the lists are the only ones who count photos."""
    allowed = {
        re.search(r"\d+", each.quantity)[0] + ("合影" if "合影" in each.title else "照片")
        for service in Service.objects.all()
        for each in service.materials.filter(title__regex="合影|照片")
    }
    others = []
    for address in addresses():
        if address.startswith("/place-names/"):
            continue
        text = BeautifulSoup(client.get(address, follow=True).content, "html.parser").get_text(" ")
        for match in PHOTOS.finditer(text):
            number = match[1] or match[4]
            thing = (match[2] or match[3]).replace("单人照", "照片")
            if f"{number}{thing}" not in allowed:
                others.append((address, match[0]))
    assert others == []


def test_lists_of_cases_are_explained():
    """A material that only some bring says who, in words."""
    for service in Service.objects.all():
        for each in service.materials.filter(condition=BY_CASE):
            assert each.detail
