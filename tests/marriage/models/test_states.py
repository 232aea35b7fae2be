"""The table of states is complete and consistent."""

import pytest

from marriage.models.states import (
    BINDS_PERSONS,
    LEGAL_CHANGES,
    USES_CAPACITY,
    IllegalChangeError,
    State,
    check_change,
)


def test_every_state_has_its_line():
    assert set(LEGAL_CHANGES) == set(State)


def test_every_state_can_be_reached_from_a_hold():
    reached, todo = set(), [State.HELD]
    while todo:
        state = todo.pop()
        if state not in reached:
            reached.add(state)
            todo += LEGAL_CHANGES[state]
    assert reached == set(State)


def test_whoever_is_bound_has_a_place():
    assert BINDS_PERSONS <= USES_CAPACITY


def test_a_place_once_given_back_is_never_taken_again_without_the_guard():
    for old, news in LEGAL_CHANGES.items():
        if old not in USES_CAPACITY:
            assert not news & USES_CAPACITY


@pytest.mark.parametrize("old", sorted(State))
@pytest.mark.parametrize("new", sorted(State))
def test_only_the_listed_changes_pass(old, new):
    if new in LEGAL_CHANGES[old]:
        check_change(old, new)
    else:
        with pytest.raises(IllegalChangeError):
            check_change(old, new)
