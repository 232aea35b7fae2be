"""The figures of the cases: how often each rule is right. `report` prints those of `held` too."""

import time
from collections import Counter

import pytest

from .cases import cases, figures, found

# `strange` also means what nobody can list (故弄玄虚): a reader decides on those names.
FLOORS = {"strange": (0.95, 0.85)}
FLOOR = (0.95, 0.95)
RULES = sorted({rule for case in cases() for rule in case.expected})


def test_there_are_cases_enough_and_a_third_of_them_was_published():
    published = [
        case for case in cases() if "示例" not in case.source and "条文" not in case.source
    ]
    parts = Counter(case.part for case in cases())
    assert len(cases()) >= 300
    assert len(published) >= len(cases()) / 3
    assert parts["held"] >= 0.3 * len(cases())
    assert set(parts) == {"build", "held"}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_right_in_the_part_that_it_was_written_with(rule):
    measured = figures("build")[rule]
    precision, recall = FLOORS.get(rule, FLOOR)
    assert measured.right, "no case of the part expects it"
    assert measured.precision >= precision, measured
    assert measured.recall >= recall, measured


def test_all_rules_take_less_than_a_tenth_of_a_second():
    """Processor time, so that a busy machine does not matter; about 1 ms is usual."""
    found(cases()[0])  # makes the index
    for case in cases()[1:60]:
        started = time.process_time()
        found(case)
        assert time.process_time() - started < 0.1, case.proposal
