"""Tiles under the maps: named by the page, let in by the policy, absent without a setting."""

import pytest

from civil_affairs.settings.tiles import tile_hosts
from place_names.staff.map_widget import GeometryWidget

ADDRESS = "https://t{s}.tiles.example/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("", []),
        (ADDRESS, ["https://*.tiles.example"]),
        ("https://tiles.example:8080/{z}/{x}/{y}", ["https://tiles.example:8080"]),
    ],
)
def test_the_policy_lets_in_the_host_of_the_tiles(address, hosts):
    assert tile_hosts(address) == hosts


@pytest.mark.django_db
def test_maps_of_readers_and_officers_name_the_tiles(client, settings):
    assert "data-tiles" not in client.get("/place-names/subdistricts/").content.decode()
    settings.MAP_TILE_URL, settings.MAP_TILE_ATTRIBUTION = ADDRESS, "天地图"
    shown = f'data-tiles="{ADDRESS}" data-tiles-by="天地图"'
    assert shown in client.get("/place-names/subdistricts/").content.decode()
    assert shown in GeometryWidget().render("geometry", None)
