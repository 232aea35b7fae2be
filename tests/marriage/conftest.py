"""A time that a couple can book."""

import pytest

from .couples import make_material, make_office, make_service, make_slot


@pytest.fixture
def slot():
    service = make_service(slug="marriage")
    make_material(service, "双方身份证")
    make_material(service, "离婚证或者判决书", "earlier_marriage=divorced")
    return make_slot(service, make_office([service]), capacity=2)
