"""The self-help list and the list of booking are one: no couple is told two things."""

import re
from html import unescape

import pytest

from demonstration.marriage.services import make_service_of, rows_of
from guides.models import QuestionTreePage
from home.models import ServicePlace
from marriage.materials.checklist import list_of_service, materials_for
from marriage.materials.questions import is_met
from marriage.models import Office, Service
from marriage.models.services import MATERIAL_CONDITIONS
from tests.guides.questions.test_pages import answered, load_trees
from tests.marriage.law.test_couples import answers_of, table
from tests.templates import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
CASE = "只在这种情况带："
CONDITIONS = {words: condition for condition, words in MATERIAL_CONDITIONS}
WHO = {
    ("mainland",): "都是内地居民",
    ("hong_kong", "mainland"): "一方内地居民，一方香港居民",
    ("macao", "mainland"): "一方内地居民，一方澳门居民",
    ("mainland", "taiwan"): "一方内地居民，一方台湾居民",
    ("mainland", "overseas"): "一方内地居民，一方华侨",
    ("foreign", "mainland"): "一方内地居民，一方外国人",
    ("foreign",): "双方都是外国人",
}
MAINLAND = "在内地的婚姻登记处，或者中国驻外使馆、领事馆"
WAYS = {
    "marriage": ("结婚登记", ["都满了"]),
    "application": ("离婚登记", [MAINLAND, "都商量好了", "第一次，来申请"]),
    "certificate": ("离婚登记", [MAINLAND, "都商量好了", "第二次，来领证"]),
    "replacement": ("补领婚姻登记证", []),
}
SERVED = [
    row
    for name in ("couples.tsv", "couples_unseen.tsv")
    for row in table(name)
    if row.values[0][5] == "ok"
]


def load() -> None:
    load_trees()
    for row in rows_of("services.json"):
        make_service_of(row)


loaded = made_once(load)


@pytest.fixture
def tree(loaded, db):
    return QuestionTreePage.objects.get(slug="marriage-materials")


def self_help(client, tree, kind: str, origins: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """The page of the result, and [(material, its note)]."""
    first, rest = WAYS[kind]
    who = WHO.get(tuple(sorted(set(origins) - {"military"})), "其他情况")
    page = unescape(answered(client, tree, first, who, *rest).content.decode())
    rows = re.findall(
        r'<span><strong>(.*?)</strong>(?:<br>\s*<span class="muted">(.*?)</span>)?</span>', page
    )
    assert rows, page
    return page, rows


@pytest.mark.parametrize("row", SERVED)
def test_no_couple_is_told_two_things(client, tree, row):
    kind, first, second, facts = row[:4]
    answers = answers_of(first, second, facts)
    service = Service.objects.get(kind=kind)
    booking = {item["title"]: item for item in materials_for(service, answers)}
    _page, rows = self_help(client, tree, kind, answers["origin"])
    for title, note in rows:
        if CASE in note:
            is_theirs = is_met(CONDITIONS[note.partition(CASE)[2]], answers)
            assert is_theirs == (title in booking), (title, note)
        else:
            assert title in booking, "asked of everybody who answers so"
    shown = dict(rows)
    for title, item in booking.items():
        assert title in shown, "asked by booking"
        assert item["quantity"] in shown[title]
        assert item["detail"] in shown[title]


@pytest.fixture
def registries(tree):
    """{slug of the place: its registry}, the places in every outcome of the tree."""
    made = {}
    for slug, power in (("marriage-registry", True), ("pazhou-registry", False)):
        place = ServicePlace.objects.create(slug=slug, name=slug, kind="registry", address="1号")
        made[slug] = Office.objects.create(
            code=slug, name=slug, place=place, accepts_foreign=power, is_sample=True
        )
    return made


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("origins", [*WHO, ("hong_kong",)])
def test_only_registries_that_may_serve_the_couple_are_listed(client, tree, kind, origins):
    page, _rows = self_help(client, tree, kind, list(origins))
    anywhere = re.search("全国任何一个婚姻登记处", page)
    if origins == ("mainland",):
        assert not re.search("只能到有这项权限", page) or kind == "application"
    else:
        assert not anywhere


def test_a_registry_without_the_power_is_left_out(registries):
    couple = {"origin": ["mainland", "hong_kong"]}
    without = registries["pazhou-registry"]
    for slug in ("marriage", "first-visit", "replacement"):
        assert list_of_service(slug, couple).not_at == {without.place_id}
        assert list_of_service(slug, {"origin": ["mainland"]}).not_at == set()
    without.accepts_foreign = True
    without.save()
    assert list_of_service("marriage", couple).not_at == set()


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("origins", [*WHO, ("hong_kong",)])
def test_the_result_leads_to_booking_the_same_service(client, tree, kind, origins):
    service = Service.objects.get(kind=kind)
    page, _rows = self_help(client, tree, kind, list(origins))
    assert f'href="{service.get_absolute_url()}">预约{service.title}</a>' in page


def test_what_a_manager_changes_is_read_in_both_places(client, tree):
    service = Service.objects.get(kind="marriage")
    service.materials.filter(title__contains="合影").update(title="双方近期合影", quantity="2张")
    _page, rows = self_help(client, tree, "marriage", ["mainland"])
    assert ("双方近期合影", "2张；2寸，红底彩色；没有的可以到现场拍") in rows
    service.is_offered = False
    service.save()
    page, _rows = self_help(client, tree, "marriage", ["mainland"])
    assert "预约结婚登记</a>" not in page


def test_of_a_hong_kong_couple_only_what_is_theirs_is_asked(client, tree):
    _page, rows = self_help(client, tree, "marriage", ["mainland", "hong_kong"])
    titles = " ".join(title for title, note in rows if CASE not in note)
    assert "香港居民的回乡证" in titles
    assert "居民身份证" in titles
    assert "双方近期半身免冠合影" in titles
    assert not re.search("澳门居民|台湾居民|华侨|外国人", titles)
    divorced = next(note for title, note in rows if title.startswith("离婚证"))
    assert divorced.endswith(f"{CASE}有一方离过婚")
