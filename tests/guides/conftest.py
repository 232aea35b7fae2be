import pytest

import guides.demonstration
import home.demonstration


@pytest.fixture
def demonstration(db):
    """The pages and figures of the demonstration."""
    home.demonstration.load(progress=lambda text: None)
    guides.demonstration.load(progress=lambda text: None)
