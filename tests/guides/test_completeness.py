"""The eight elements: what is missing is named, in drafts and before publication."""

import pytest

from guides.completeness import REQUIRED, blocking_gaps

from .factories import complete_guide

pytestmark = pytest.mark.django_db  # A block that names a file asks for it.
EMPTY = {"title": "", "location": " ", "hours": "", "phone": ""}


def test_a_complete_guide_has_no_blocking_gap():
    assert blocking_gaps(complete_guide()) == []


@pytest.mark.parametrize(("field", "label"), REQUIRED)
def test_each_missing_element_is_named(field, label):
    guide = complete_guide(**{field: EMPTY.get(field, [])})
    assert [gap.label for gap in blocking_gaps(guide)] == [label]


def test_a_guide_may_need_no_materials():
    assert blocking_gaps(complete_guide(materials=[], no_materials=True)) == []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "heading", "value": {"text": "申请条件", "level": "2"}},
        {"type": "paragraph", "value": "<p>&nbsp; </p>"},
    ],
)
def test_conditions_without_words_of_their_own_are_missing(block):
    guide = complete_guide(conditions=[block])
    assert [gap.label for gap in blocking_gaps(guide)] == ["申请条件"]
