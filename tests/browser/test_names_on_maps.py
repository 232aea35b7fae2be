"""A name is shown on a map as it is written, whatever is in it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from place_names.models import PlaceName
from tests.place_names.factories import make_place, make_subdistrict

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARKUP = '<img src=x onerror="window.run=1">'


@pytest.fixture
def place():
    make_subdistrict(name=MARKUP)
    return make_place(MARKUP)


def test_a_name_with_markup_is_text_on_the_public_map(desktop_page, place):
    page = desktop_page
    page.goto(place.get_absolute_url())
    page.locator(".map path.leaflet-interactive").last.hover(force=True)
    expect(page.locator(".leaflet-tooltip").last).to_have_text(MARKUP)
    page.goto(reverse("place_names:subdistricts"))
    expect(page.locator(".map path.leaflet-interactive").first).to_be_attached()
    assert page.locator(".map img[src=x]").count() == 0


def test_a_name_with_markup_is_text_on_the_editors_map(
    desktop_page, place, live_server, client, django_user_model
):
    client.force_login(django_user_model.objects.create_superuser("chief", "", "secret"))
    page = desktop_page
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(reverse(PlaceName.snippet_viewset.get_url_name("edit"), args=[place.pk]))
    page.get_by_role("tab", name="位置").click()
    expect(page.locator(".geometry-label").first).to_have_text(MARKUP)
    assert page.evaluate("window.run") is None
