"""What is remembered while other threads change and clear it."""

import pytest

from home import page_cache, remembered


@pytest.fixture
def word(monkeypatch):
    """The generation, as a list whose only entry a test may change."""
    now = ["old"]
    monkeypatch.setattr(remembered, "_memory", ("", {}))
    monkeypatch.setattr(page_cache, "is_changing", lambda: False)
    monkeypatch.setattr(page_cache, "generation", lambda: now[0])
    return now


def test_facts_are_made_once(word):
    made = []
    for _ in range(2):
        assert remembered.remembered("key", lambda: made.append(1)) is None
    assert made == [1]


def test_facts_read_before_a_change_are_not_kept_after_it(word):
    def change_meanwhile():
        word[0] = "new"
        remembered.remembered("other", lambda: 1)
        return "old fact"

    assert remembered.remembered("key", change_meanwhile) == "old fact"
    assert remembered.remembered("key", lambda: "new fact") == "new fact"


def test_a_memory_cleared_by_another_thread_between_two_looks_breaks_nothing(word, monkeypatch):
    class Clearing(dict):
        def __contains__(self, key):
            found = super().__contains__(key)
            self.clear()
            return found

    remembered.remembered("key", lambda: 1)
    memory = (remembered._memory[0], Clearing(remembered._memory[1]))
    monkeypatch.setattr(remembered, "_memory", memory)
    assert remembered.remembered("key", lambda: 2) in (1, 2)
