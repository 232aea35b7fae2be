"""Tell people who have booked when what they must bring has changed.

The list of a service and that of its guide, with today's figures in it, are reduced to a
fingerprint. It is compared whenever an editor saves the service or publishes the guide, and
each hour, since a figure has another value from its day on; nothing else depends on it.
"""

import hashlib
import json

from django.utils import timezone
from wagtail.models import Page

from home.material_lists import list_changed
from home.pages.placeholders import substituted

from ..messages import outbox
from ..models import Service


def fingerprint(service: Service) -> str:
    """Return a text that changes when anything that is to be brought changes; two queries."""
    own = [
        [row.title, row.detail, row.quantity, row.condition]
        for row in service.materials.order_by("sort_order", "pk")
    ]
    text = json.dumps([own, _of_guide(service.guide)], ensure_ascii=False, default=str)
    return hashlib.sha256(substituted(text).encode()).hexdigest()


def tell_if_changed(service: Service, now=None) -> int:
    """Tell those with a booking to come if the materials changed; returns how many bookings.

    The first look only remembers.
    """
    now = now or timezone.now()
    fresh, old = fingerprint(service), service.materials_told
    # Conditional, so that two editors who save at once tell of it once.
    won = Service.objects.filter(pk=service.pk, materials_told=old).update(materials_told=fresh)
    if not won or old == fresh:
        return 0
    list_changed.send(Service, key=service.slug)
    if not old:
        return 0
    return outbox.materials_changed(service, f"{now:%Y%m%d%H%M%S}", now=now)


def guide_published(sender, instance: Page, **kwargs) -> None:
    """Receiver of Wagtail's page_published."""
    for service in Service.objects.filter(guide_id=instance.pk):
        tell_if_changed(service)


def tell_of_turned_figures() -> None:
    """Compare all services that have a guide, which may show figures; a job of each hour."""
    for service in Service.objects.exclude(guide=None).select_related("guide"):
        tell_if_changed(service)


def _of_guide(guide: Page | None) -> list:
    """The materials of a guide page, without the numbers that the editor gives to blocks."""
    materials = getattr(guide.specific, "materials", None) if guide else None
    return [block.block.get_prep_value(block.value) for block in materials or ()]
