"""Pages of a box from memory are those that the database gives."""

import pytest
from django.http import QueryDict

from place_names.ogc import asking, extents
from place_names.ogc.collections import COLLECTIONS
from tests.place_names.factories import make_place

pytestmark = pytest.mark.django_db
NAMES = COLLECTIONS["place-names"]
BOXES = (
    "113.25,23.08,113.27,23.10",
    "113.26,23.09,113.26,23.09",
    "113.2600004,23.0,113.27,23.2",
    "113.275,23.085,113.285,23.095",
    "0,0,1,1",
    "-180,-90,180,90",
    "179,-90,113.26,90",
)


@pytest.fixture
def places():
    for number, (lon, lat) in enumerate([(113.26, 23.09), (113.27, 23.1), (113.26, 23.1)]):
        make_place(f"第{number}里", geometry={"type": "Point", "coordinates": [lon, lat]})
    bent = [[113.25, 23.08], [113.29, 23.08], [113.29, 23.12]]
    make_place("弯路", geometry={"type": "LineString", "coordinates": bent})
    make_place("无图里", geometry=None)
    make_place("草稿里", live=False)


@pytest.mark.parametrize("box", BOXES)
def test_the_same_names_are_found_and_counted(places, box):
    asked = asking.read(NAMES, QueryDict(f"bbox={box}"))
    records = asking.select(NAMES, asked, 6)
    wanted = sorted(records.values_list("code", flat=True))
    assert extents.page_of_box(NAMES, asked, 6) == (len(wanted), wanted)


def test_pages_go_on_behind_the_cursor(places):
    words = "bbox=-180,-90,180,90&limit=2"
    seen, cursor = [], ""
    for _ in range(5):
        asked = asking.read(NAMES, QueryDict(f"{words}&cursor={cursor}" if cursor else words))
        total, page = extents.page_of_box(NAMES, asked, 6)
        seen += page[:2]
        if len(page) <= 2:
            break
        cursor = asking.cursor_after(asked, [page[1]])
    assert total == len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    "words", ["", "bbox=0,0,1,1&name=x", "bbox=0,0,1,1&sortby=name", "bbox=0,0,1,1&datetime=1985"]
)
def test_anything_else_is_asked_of_the_database(places, words):
    assert extents.page_of_box(NAMES, asking.read(NAMES, QueryDict(words)), 6) is None
