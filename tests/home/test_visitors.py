"""Who counts as one visitor, and limits that hold for the whole of their time."""

import pytest
from django.test import RequestFactory

from home.visitors import network, visitor_key, within_limit

# RFC 4291 §2.2 and RFC 5952 (ways to write an address), RFC 6177 (a /64 and more for each
# customer), RFC 8981 (the rest changes daily), and the forms that proxies are known to send.
SAME = [
    ("203.0.113.9", "203.0.113.9"),
    ("203.0.113.9", "203.0.113.9:51234"),
    ("203.0.113.9", " 203.0.113.9 "),
    ("203.0.113.9", "::ffff:203.0.113.9"),
    ("203.0.113.9", "::FFFF:CB00:7109"),
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
    ("2001:db8:1:2::1", "2001:0DB8:0001:0002:0:0:0:9"),
    ("2001:db8:1:2::1", "[2001:db8:1:2::1]:443"),
    ("2001:db8:1:2::1", "[2001:db8:1:2::7]"),
    ("fe80::1%eth0", "fe80::2"),
]
APART = [
    ("203.0.113.9", "203.0.113.10"),
    ("2001:db8:1:2::1", "2001:db8:1:3::1"),
    ("2001:db8:1:2::1", "2001:db8:2:2::1"),
    ("::ffff:203.0.113.9", "::ffff:203.0.113.10"),
    ("unknown", "203.0.113.9"),
    ("", "203.0.113.9"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_network_is_one_visitor_however_it_is_written(one, other):
    assert network(one) == network(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_networks_are_other_visitors(one, other):
    assert network(one) != network(other)


def test_the_address_that_our_own_proxy_has_seen_counts(settings):
    settings.PROXIES_IN_FRONT = 1
    made_up = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 2001:db8:1:2::5", "REMOTE_ADDR": "10.0.0.1"}
    other = {"HTTP_X_FORWARDED_FOR": "198.51.100.2, 2001:db8:1:2::6", "REMOTE_ADDR": "10.0.0.1"}
    keys = {visitor_key(RequestFactory().get("/", **headers)) for headers in (made_up, other)}
    assert len(keys) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [3600, 24 * 3600])
def test_a_limit_holds_until_its_time_is_over(time_machine, seconds):
    request = RequestFactory().get("/")
    start = 1_800_000_000 // (24 * 3600) * (24 * 3600) + 16 * 3600  # Midnight in Guangzhou.
    time_machine.move_to(start, tick=False)
    assert [within_limit(request, "report", 2, seconds) for _ in range(3)] == [True, True, False]
    time_machine.move_to(start + seconds - 60, tick=False)
    assert not within_limit(request, "report", 2, seconds)
    time_machine.move_to(start + seconds, tick=False)
    assert within_limit(request, "report", 2, seconds)


@pytest.mark.django_db
def test_visitors_are_counted_apart():
    one, two = (RequestFactory().get("/", REMOTE_ADDR=f"10.0.0.{n}") for n in (1, 2))
    assert within_limit(one, "report", 1)
    assert not within_limit(one, "report", 1)
    assert within_limit(two, "report", 1)
