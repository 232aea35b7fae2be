"""Lanes in traditional characters: 里 of a name is no “in”."""

import pytest

from home.traditional.forms import all_forms
from home.traditional.text import to_traditional
from place_names.names.traditional import forms_of_lanes

from ..factories import make_place

pytestmark = pytest.mark.django_db


def test_a_lane_stays_a_lane():
    for name in ("书云里", "厚德里", "城里", "里仁洞"):
        make_place(name)
    assert forms_of_lanes() == {"书云里": "書雲里", "厚德里": "厚德里"}
    text = "书云里东侧有发展的空间，书里也有"
    assert to_traditional(text, all_forms()) == "書雲里東側有發展的空間，書裏也有"
