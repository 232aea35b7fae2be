import pytest

from search import catalogue


@pytest.fixture(autouse=True)
def fresh_catalogue(monkeypatch):
    """Titles kept in memory by another test, which was rolled back, are not met again."""
    monkeypatch.setattr(catalogue, "_kept", None)
