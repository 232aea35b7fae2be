"""The eight elements: what is missing is named, in drafts and before publication."""

import pytest
from django.core.exceptions import ValidationError

from guides.pages.completeness import REQUIRED, blocking_gaps
from home.blocks.tables import DataTableBlock
from home.pages.publishing_checks import PublishingRefusedError

from .factories import complete_guide, make_figure, make_guide

# A block that names a file asks the database for it.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
EMPTY_TABLE = {
    "type": "table",
    "value": {
        "caption": "标准",
        "table": {
            "columns": [{"type": "text", "heading": "类别"}],
            "rows": [{"values": [" "]}],
            "caption": "",
        },
    },
}
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
        EMPTY_TABLE,
    ],
)
def test_conditions_without_words_of_their_own_are_missing(block):
    guide = complete_guide(conditions=[block])
    assert [gap.label for gap in blocking_gaps(guide)] == ["申请条件"]


def _draft(block: dict, slug: str = "guide"):
    guide = make_guide(slug=slug)
    guide.body = [block]
    return guide.save_revision()


@pytest.mark.parametrize(
    "block",
    [
        EMPTY_TABLE,
        {"type": "figure_table", "value": {"caption": "标准", "figures": [], "days": []}},
        {"type": "figure_chart", "value": {"caption": "标准", "figure": None}},
    ],
)
def test_a_table_or_chart_that_shows_nothing_is_not_published(block):
    with pytest.raises(PublishingRefusedError, match="或者删去这个"):
        _draft(block).publish()


def test_a_chart_needs_a_value():
    chart = {"caption": "标准", "figure": make_figure("dibao").pk}
    with pytest.raises(PublishingRefusedError, match="数据图里还没有数值"):
        _draft({"type": "figure_chart", "value": chart}).publish()
    chart["figure"] = make_figure(
        "tekun", ("2025-01-01", "2025-12-31", 90), ("2026-01-01", "", 100)
    ).pk
    _draft({"type": "figure_chart", "value": chart}, "other").publish()


def test_an_empty_table_is_refused_at_submission_and_kept_in_a_draft():
    block = DataTableBlock()
    value = block.to_python(EMPTY_TABLE["value"])
    block.clean_deferred(value)
    with pytest.raises(ValidationError) as caught:
        block.clean(value)
    assert caught.value.non_block_errors == [block.EMPTY_MESSAGE]
