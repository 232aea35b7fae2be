"""A time that a couple can book."""

import pytest

from .factories import make_asking_service, make_coming_slot, make_material, make_office


@pytest.fixture
def slot():
    service = make_asking_service(slug="marriage")
    make_material(service, "双方身份证")
    make_material(service, "离婚证或者判决书", "earlier_marriage=divorced")
    return make_coming_slot(service, make_office(service), capacity=2)
