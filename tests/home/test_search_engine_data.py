"""What search engines read of every page: where it lies, and when an event takes place."""

import json
import re

import pytest

from .factories import make_area, make_event, make_home

pytestmark = pytest.mark.django_db


def test_a_page_of_the_tree_and_one_of_an_application_tell_where_they_lie(client):
    area = make_area(make_home())
    for address, names in (
        (area.url, ["首页", area.title]),
        ("/feedback/status/", ["首页", "反馈", "查处理情况"]),
    ):
        html = client.get(address).content.decode()
        crumbs = html[html.index("BreadcrumbList") : html.index("</ol>")]
        assert re.findall(r'itemprop="name"[^>]*>([^<]*)<', crumbs) == names
        assert re.findall(r'itemprop="position" content="(\d+)"', crumbs) == [
            str(position) for position in range(1, len(names) + 1)
        ]
        assert '<a itemprop="item" href="/">' in crumbs


def test_an_event_tells_when_and_where_and_a_sample_does_not(client):
    def found(event):
        html = client.get(event.url).content.decode()
        return re.findall(r'ld\+json">(.*?)</script>', html)

    event = make_event(title="把话说开")
    (data,) = map(json.loads, found(event))
    assert (data["@type"], data["name"]) == ("Event", "把话说开")
    assert data["startDate"].endswith("+08:00")
    assert data["location"]["name"] == event.venue
    event.is_sample = True
    event.save_revision().publish()
    assert found(event) == []
