"""No page that may show something of a person is ever kept, by the site or by a browser."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from home.cache import page_cache
from marriage.urls import urlpatterns
from tests.home.factories import make_event

pytestmark = pytest.mark.django_db
# The same for everybody: what can be booked, and the calculator before anything is typed.
PUBLIC = {"index", "start_service", "office_position", "planner"}
# Not found unless an identity service is set; a page that is not found is cached nowhere.
OFF_BY_DEFAULT = {"sign_in", "signed_in"}
BOOKING = [
    each.name
    for each in urlpatterns
    if "<" not in str(each.pattern) and each.name not in PUBLIC | OFF_BY_DEFAULT
]


def personal_addresses() -> list[str]:
    event = make_event()
    return [
        *(reverse(f"marriage:{name}") for name in BOOKING),
        reverse("marriage:person", args=["1"]),
        reverse("home:sign_up", args=[event.slug]),
        reverse("home:signed_up", args=[event.slug]),
        reverse("home:sign_up_withdrawal"),
        reverse("feedback:sent"),
        reverse("home:subscribe"),
        reverse("home:subscription_asked"),
        reverse("home:subscription_confirm", args=["x"]),
        reverse("home:subscriptions_of", args=["x"]),
        reverse("feedback:status"),
        reverse("place_names:naming_progress"),
        reverse("place_names:naming_apply"),
        reverse("place_names:naming_applied"),
    ]


def test_personal_pages_are_cached_nowhere(client, settings):
    settings.PAGE_CACHE_SECONDS = 600
    caches["pages"].clear()
    addresses = personal_addresses()
    assert len(addresses) > 15
    kept = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code < 500
        if page_cache.is_cacheable(response) or "no-store" not in response["Cache-Control"]:
            kept.append(address)
    assert kept == []


def test_what_is_posted_is_never_answered_from_a_cached_page(rf):
    assert page_cache.key_for(rf.get("/guides/questions/funeral-subsidies/"))
    assert page_cache.key_for(rf.post("/guides/questions/funeral-subsidies/")) is None
