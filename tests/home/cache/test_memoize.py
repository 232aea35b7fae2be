"""What is remembered while other threads change and clear it."""

import pytest

from home.cache import invalidation, memoize


@pytest.fixture
def word(monkeypatch):
    """The generation, as a list whose only entry a test may change."""
    now = ["old"]
    monkeypatch.setattr(memoize, "_memory", ((), {}))
    monkeypatch.setattr(invalidation, "is_pending", lambda: False)
    monkeypatch.setattr(invalidation, "content_version", lambda: now[0])
    return now


def test_facts_are_made_once(word):
    made = []
    for _ in range(2):
        assert memoize.memoized("key", lambda: made.append(1)) is None
    assert made == [1]


def test_facts_read_before_a_change_are_not_kept_after_it(word):
    def change_meanwhile():
        word[0] = "new"
        memoize.memoized("other", lambda: 1)
        return "old fact"

    assert memoize.memoized("key", change_meanwhile) == "old fact"
    assert memoize.memoized("key", lambda: "new fact") == "new fact"


def test_a_memory_cleared_by_another_thread_between_two_looks_breaks_nothing(word, monkeypatch):
    class Clearing(dict):
        def __contains__(self, key):
            found = super().__contains__(key)
            self.clear()
            return found

    memoize.memoized("key", lambda: 1)
    memory = (memoize._memory[0], Clearing(memoize._memory[1]))
    monkeypatch.setattr(memoize, "_memory", memory)
    assert memoize.memoized("key", lambda: 2) in (1, 2)
