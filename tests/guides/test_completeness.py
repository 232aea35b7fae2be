"""The eight elements: what is missing is named, in drafts and before publication."""

import pytest

from guides.completeness import REQUIRED, blocking_gaps

from .factories import complete_guide

EMPTY = {"title": "", "location": " ", "hours": "", "phone": ""}


def test_a_complete_guide_has_no_blocking_gap():
    assert blocking_gaps(complete_guide()) == []


@pytest.mark.parametrize(("field", "label"), REQUIRED)
def test_each_missing_element_is_named(field, label):
    guide = complete_guide(**{field: EMPTY.get(field, [])})
    assert [gap.label for gap in blocking_gaps(guide)] == [label]


def test_a_guide_may_need_no_materials():
    assert blocking_gaps(complete_guide(materials=[], no_materials=True)) == []
