"""How well place names are found, however they are typed: floors that must hold.

`pytest tests/search/test_quality.py -s` prints the report by kind with each miss.
"""

import csv
from pathlib import Path

import pytest

from .gazetteer import all_places
from .quality.cases import cases, handwritten
from .quality.report import Quality, ask

FOLDER = Path(__file__).parent / "quality"


@pytest.fixture(scope="module")
def questions(gazetteer, django_db_blocker):
    with django_db_blocker.unblock():
        places = all_places()
    with (FOLDER / "handwritten.csv").open(encoding="utf-8", newline="") as file:
        written = list(handwritten(list(csv.DictReader(file)), places))
    return [*cases(places), *written]


@pytest.fixture
def quality(engine, questions):
    found = Quality([ask(engine, case) for case in questions])
    print("\n" + "\n".join(found.lines()))
    return found


def test_names_are_found_however_they_are_typed(quality):
    report = "\n".join(quality.lines())
    assert len(quality.answers) >= 700
    assert sum(a.case.kind.startswith("by hand") for a in quality.answers) >= 100
    assert quality.reciprocal_rank(quality.answers) >= 0.97, report
    assert quality.recall(quality.answers) >= 0.995, report
    for kind, answers in quality.by_kind().items():
        assert quality.reciprocal_rank(answers) >= 0.9, f"{kind}\n{report}"


def test_every_name_alias_and_former_name_comes_first(engine, gazetteer):
    """All other names, and every seventh standard name."""
    places = all_places()
    by_key: dict[str, set[int]] = {}
    for place in places:
        for name in place.names:
            by_key.setdefault(name.key, set()).add(place.id)
    asked = [place.names[0] for place in places[::7]]
    asked += [n for p in places for n in p.names[1:] if n.kind in ("alias", "former", "short")]
    wrong = [
        name.shown
        for name in asked
        if engine.search(name.shown, page_size=1, facets=False).hits[0].id not in by_key[name.key]
    ]
    assert wrong == []


@pytest.mark.parametrize("typed", (FOLDER / "nothing.txt").read_text(encoding="utf-8").splitlines())
def test_nothing_is_found_for_what_is_elsewhere(engine, typed):
    result = engine.search(typed)
    assert (result.total, [hit.title for hit in result.hits]) == (0, [])
