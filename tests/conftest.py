"""What every test may use. Each app keeps its own factories in tests/<app>/factories.py."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    """No test sees what another left in the cache."""
    cache.clear()
    yield
    cache.clear()
