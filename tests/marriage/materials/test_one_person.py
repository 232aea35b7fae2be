"""Whoever replaces a certificate alone is asked about, and brings papers of, one person."""

import json
from pathlib import Path

import pytest

from marriage.materials.catalogue import QUESTIONS
from marriage.materials.checklist import materials_for
from marriage.materials.questions import answer_problem, asked_of
from marriage.models import Service

from ..factories import make_material, make_service

pytestmark = pytest.mark.django_db
ALONE = ["divorced", "widowed"]
TOGETHER = ["married", "remarried"]


@pytest.fixture
def replacement():
    service = make_service(kind=Service.Kind.REPLACEMENT, title="补领婚姻登记证")
    make_material(service, "双方合影", "parties=2")
    make_material(service, "单人照片", "parties=1")
    return service


@pytest.mark.parametrize(
    ("status", "photo", "title"),
    [(status, "单人照片", "您是哪里的居民？") for status in ALONE]
    + [(status, "双方合影", "双方是哪里的居民？") for status in TOGETHER],
)
def test_papers_and_questions_are_those_of_who_comes(replacement, status, photo, title):
    answers = {"status": status}
    assert [row["title"] for row in materials_for(replacement, answers)] == [photo]
    assert asked_of(QUESTIONS["origin"], replacement, answers).title == title


def test_one_person_is_of_one_place(replacement):
    alone = asked_of(QUESTIONS["origin"], replacement, {"status": "widowed"})
    assert answer_problem(alone, ["mainland", "foreign"]) == "只选您自己是哪里的居民"
    assert answer_problem(alone, ["mainland", "military"]) == ""
    assert answer_problem(QUESTIONS["origin"], ["mainland", "foreign"]) == ""


def test_a_widow_is_not_asked_for_the_papers_of_the_dead():
    rows = json.loads(Path("demonstration/marriage/services.json").read_text())
    materials = next(row["materials"] for row in rows if row["slug"] == "replacement")
    for title, detail, quantity, condition, _basis in materials:
        if condition != "parties=2":
            assert "双方" not in title + quantity, title
            assert "合影" not in title + detail, title
