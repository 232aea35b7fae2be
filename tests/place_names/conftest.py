import pytest

from place_names.names.categories import set_up_categories

from .factories import make_subdistrict


@pytest.fixture
def district(db):
    """The class tree and two subdistricts that share a border."""
    set_up_categories()
    east = [[113.28, 23.09], [113.30, 23.09], [113.30, 23.11], [113.28, 23.11], [113.28, 23.09]]
    return make_subdistrict(), make_subdistrict("440105003", "昌岗街道", ring=east)
