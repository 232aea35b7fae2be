import pytest
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from guides.models import GuidePage
from home.cache import invalidation
from marriage.materials.changes import fingerprint, tell_if_changed, tell_of_turned_figures
from marriage.models import Material, OutboxMessage, Service, Slot
from marriage.models.states import State
from tests.guides.factories import make_figure

from ..factories import make_booking, make_office, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(db):
    service = make_service()
    Material.objects.create(service=service, title="身份证")
    return service


@pytest.fixture
def slot(service):
    return Slot.objects.create(
        office=make_office(service),
        service=service,
        date=timezone.localdate(),
        start="00:00",
        end="23:59",
        capacity=9,
    )


def told():
    return OutboxMessage.objects.filter(kind="materials_changed").count()


def test_those_booked_are_told_once_of_each_change(service, slot):
    make_booking(slot)
    make_booking(slot, State.CANCELLED)
    assert tell_if_changed(service) == 0
    service.refresh_from_db()
    assert tell_if_changed(service) == 0
    Material.objects.create(service=service, title="照片")
    assert tell_if_changed(service) == 1
    service.refresh_from_db()
    assert tell_if_changed(service) == 0
    # Both parties of the booking gave the same telephone: one message for both.
    assert told() == 1


def test_two_editors_at_once_tell_once(service, slot):
    make_booking(slot)
    tell_if_changed(service)
    one, two = Service.objects.get(pk=service.pk), Service.objects.get(pk=service.pk)
    Material.objects.update(detail="原件")
    assert (tell_if_changed(one), tell_if_changed(two)) == (1, 0)


def test_a_change_of_the_source_of_law_is_no_change_of_what_to_bring(service):
    before = fingerprint(service)
    Material.objects.update(basis="另一条")
    assert fingerprint(service) == before
    Material.objects.update(condition="origin=hmt")
    assert fingerprint(service) != before


def test_publishing_the_guide_with_other_materials_tells_those_booked(service, slot):
    make_booking(slot)
    guide = Page.get_first_root_node().add_child(
        instance=GuidePage(title="结婚登记", slug="marrying")
    )
    service.guide = guide
    service.save()

    def publish():
        guide.save()
        # As read back: the blocks then have all their parts.
        page_published.send(sender=GuidePage, instance=GuidePage.objects.get(pk=guide.pk))

    publish()
    guide.title = "改一个字"
    publish()
    assert told() == 0
    guide.materials = [("material", {"name": "照片"})]
    publish()
    publish()
    assert told() == 1


def test_a_figure_that_changes_in_the_materials_of_the_guide_is_told(service, slot):
    make_booking(slot)
    fee = make_figure("copy-fee", ("2026-01-01", None, 9))
    guide = GuidePage(title="结婚登记", slug="marrying")
    guide.materials = [("material", {"name": "档案复印件", "note": "工本费{figure:copy-fee}。"})]
    service.guide = Page.get_first_root_node().add_child(instance=guide)
    service.save()
    tell_of_turned_figures()
    tell_of_turned_figures()
    assert told() == 0
    fee.values.update(amount=12)
    invalidation.invalidate()
    tell_of_turned_figures()
    tell_of_turned_figures()
    assert told() == 1
