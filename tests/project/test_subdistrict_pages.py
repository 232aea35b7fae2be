"""The page of a subdistrict gathers its places, its guides and its place names."""

import pytest

from tests.guides.factories import complete_guide, guide_index
from tests.home.factories import make_home, make_service_place
from tests.place_names.factories import make_place, make_subdistrict

pytestmark = pytest.mark.django_db


def test_a_subdistrict_gathers_what_is_there(client, django_assert_max_num_queries):
    make_home()
    area, other = make_subdistrict(), make_subdistrict("440105003", "昌岗街道")
    hall = make_service_place(subdistrict_code=area.code)
    name, elsewhere = make_place("江南大道中"), make_place("昌岗路", subdistricts=[other])
    guide = guide_index().add_child(instance=complete_guide(title="在这里办的事"))
    guide.places.set([hall])
    guide.save_revision().publish()
    client.get("/")  # The settings of the site are made on first use.
    with django_assert_max_num_queries(12):
        html = client.get(f"/service-places/{area.code}/").content.decode()
    for address in (hall, name, area):
        assert f'href="{address.get_absolute_url()}"' in html
    assert guide.url in html
    assert elsewhere.get_absolute_url() not in html
    assert "这里的地名" not in client.get(area.get_absolute_url()).content.decode()
