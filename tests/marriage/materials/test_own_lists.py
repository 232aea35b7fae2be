"""A guide that writes its own list beside that of its booking service is told so."""

import pytest
from django.contrib.auth.models import User
from wagtail.models import Page

from guides.models import GuidePage
from guides.pages.completeness import blocking_gaps
from guides.pages.materials import materials_of
from marriage.materials.own_lists import guides_with_own_lists, own_list

from ..factories import make_material, make_service

pytestmark = pytest.mark.django_db
OWN = ("material", {"name": "照片"})


def listed(key: str):
    return ("material_list", {"caption": "要带的", "list_key": key, "facts": []})


@pytest.fixture
def guide():
    page = GuidePage(title="结婚登记", slug="marrying", materials=[OWN])
    return Page.get_first_root_node().add_child(instance=page)


def test_a_guide_without_a_booking_service_keeps_its_own_list(guide):
    assert list(own_list(guide)) == []
    assert list(guides_with_own_lists(User.objects.create_superuser("root"))) == []


def test_a_guide_of_a_service_is_told(guide):
    service = make_service(guide=guide)
    make_material(service, "合影", quantity="3张", detail="2寸")
    [finding] = own_list(guide)
    assert finding.words == "照片"
    assert not finding.must_mend
    [item] = guides_with_own_lists(User.objects.create_superuser("root"))
    assert item.title == "结婚登记"
    guide.materials = [listed(service.slug)]
    assert list(own_list(guide)) == []
    [material] = materials_of(guide)
    assert (material.name, material.quantity, material.note) == ("合影", "3张", "2寸")


def test_a_list_that_is_gone_leaves_the_guide_without_materials(guide):
    service = make_service(guide=guide)
    guide.materials = [listed(service.slug)]
    assert "办理材料" not in [gap.label for gap in blocking_gaps(guide)]
    guide.materials = [listed("gone")]
    assert "办理材料" in [gap.label for gap in blocking_gaps(guide)]
    assert materials_of(guide) == []
