"""A name that others refer to is not deleted, and the officer is told by what."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from home.models import PlainPage
from place_names.models import PlaceName, Sign, Succession

from ..factories import make_place
from .forms import address


def delete(client, place):
    return client.post(address("delete", place.pk), follow=True).content.decode()


def test_renamed_and_merged_names_stay(client, officer):
    old, new = make_place("旧路"), make_place("新路")
    Succession.objects.create(predecessor=old, successor=new, kind="renamed", year=1990)
    assert "不能删除“旧路”：被地名沿革关系“旧路 → 新路（1990年更名）”引用" in delete(client, old)
    assert "不能删除“新路”" in delete(client, new)
    assert PlaceName.objects.count() == 2


def test_a_name_on_signs_stays(client, officer):
    place = make_place("同福路")
    for number in range(5):
        Sign.objects.create(number=f"HZ{number}", place=place, lon=113.265, lat=23.1)
    text = delete(client, place)
    assert "被地名标志“HZ0 同福路”；地名标志“HZ1 同福路”；地名标志“HZ2 同福路”等引用" in text
    assert PlaceName.objects.exists()


@pytest.fixture
def linking_page(officer):
    """A published page whose text links to a name."""

    def make(place, **fields):
        text = f'<p>见<a href="{place.get_absolute_url()}">{place.name}</a></p>'
        page = PlainPage(title="问路", slug="ways", body=[("paragraph", text)], **fields)
        return Page.get_first_root_node().add_child(instance=page)

    return make


def test_a_name_that_a_page_links_to_stays(client, officer, linking_page):
    place = make_place("同福路")
    page = linking_page(place)
    assert "被页面“问路”引用" in delete(client, place)
    page.unpublish()
    delete(client, place)
    assert not PlaceName.objects.exists()


def test_what_is_free_is_deleted_but_nothing_of_a_mixed_choice(client, officer):
    free, held = make_place("闲路"), make_place("同福路")
    Sign.objects.create(number="HZ1", place=held, lon=113.265, lat=23.1)
    several = reverse("wagtail_bulk_action", args=["place_names", "placename", "delete"])
    answer = client.post(f"{several}?id={free.pk}&id={held.pk}", follow=True)
    assert "不能删除“同福路”" in answer.content.decode()
    assert PlaceName.objects.count() == 2
    delete(client, free)
    assert list(PlaceName.objects.all()) == [held]
