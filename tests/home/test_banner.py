"""The notice at the head of each page: level, beginning and end."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from home import housekeeping
from home.models import SiteSettings
from tests.home.factories import make_home

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_banner(**fields) -> SiteSettings:
    banner = SiteSettings.for_site(make_home().get_site())
    banner.urgent_notice = "台风来了，今天停办"
    for name, value in fields.items():
        setattr(banner, name, value)
    banner.full_clean()
    banner.save()
    return banner


@pytest.mark.parametrize(
    ("begins", "ends", "is_shown"),
    [
        (None, None, True),
        (-HOUR, HOUR, True),
        (HOUR, None, False),
        (None, -HOUR, False),
        (-2 * HOUR, -HOUR, False),
    ],
)
def test_it_is_shown_from_its_beginning_to_its_end(client, begins, ends, is_shown):
    now = timezone.now()
    make_banner(
        urgent_from=(begins is not None and now + begins) or None,
        urgent_until=(ends is not None and now + ends) or None,
    )
    assert ("台风" in client.get("/").content.decode()) is is_shown


def test_its_level_is_a_word(client):
    make_banner(urgent_level="info")
    html = client.get("/").content.decode()
    assert "<strong>提示</strong>" in html
    assert "紧急通知" not in html


def test_it_cannot_end_before_it_begins():
    now = timezone.now()
    with pytest.raises(ValidationError):
        make_banner(urgent_from=now, urgent_until=now - HOUR)


@pytest.mark.parametrize(("minutes", "is_due"), [(1, True), (30, False), (-5, False)])
def test_cached_pages_are_made_again_when_it_begins_or_ends(monkeypatch, minutes, is_due):
    make_banner(urgent_until=timezone.now() - timedelta(minutes=minutes))
    done = []
    monkeypatch.setattr(housekeeping, "invalidate", lambda: done.append(1))
    housekeeping.turn_banner()
    assert bool(done) is is_due
