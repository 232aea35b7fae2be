"""The places on English pages: those that may serve whoever comes from abroad."""

import pytest

from home.models import ServicePlace
from home.templatetags import english


def registries(*names: str) -> list[ServicePlace]:
    return [ServicePlace(pk=number, name=name) for number, name in enumerate(names, start=1)]


@pytest.mark.parametrize(
    ("names", "with_power", "shown"),
    [
        ("甲 乙 丙", "", "甲 乙 丙"),
        ("甲 乙 丙", "乙", "乙"),
        ("甲 乙 丙 丁", "丁", "丁"),
        ("甲 乙 丙 丁", "", "甲 乙 丙"),
        ("甲", "甲", "甲"),
    ],
)
def test_no_place_without_the_power_stands_beside_one_that_has_it(
    monkeypatch, names, with_power, shown
):
    monkeypatch.setattr(english, "latin", lambda kind, text: "")
    monkeypatch.setattr(
        english, "powers_of", lambda place: ["可以"] if place.name in with_power.split() else []
    )
    rows = english.places_in_english(registries(*names.split()))["rows"]
    assert [row["place"].name for row in rows] == shown.split()
