"""Drafts, review, schedule, locks, comparison, photographs: as officers, nobody a superuser."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import TaskState

from place_names.models import PlaceName

from ..factories import jpeg, make_place
from .forms import address, form_of

SOON = timedelta(hours=2)


@pytest.fixture
def place(district):
    return make_place("同福路", specific="同福", generic="路", romanisation="Tóngfú Lù")


def send(client, place, action=None, **values):
    """Send the form of a name as an officer does; the record as it then is."""
    sent = form_of(place, **values) | ({action: "1"} if action else {})
    answer = client.post(address("edit", place.pk), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return PlaceName.objects.get(pk=place.pk)


def at(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def test_a_draft_goes_through_review_to_the_public(client, officer, reviewer, place):
    place = send(client, place, "action-submit", meaning="待审的含义")
    assert place.workflow_in_progress
    assert "待审的含义" not in client.get(place.get_absolute_url()).content.decode()
    task = place.current_workflow_task_state
    approve = address("workflow_action", place.pk, "approve", task.pk)
    client.post(approve, {"comment": ""})
    place.refresh_from_db()
    assert place.meaning == "", "an officer does not approve the own draft"
    client.force_login(reviewer)
    assert client.get(address("edit", place.pk)).status_code == 200
    client.post(approve, {"comment": "同意"})
    assert TaskState.objects.get().status == "approved"
    assert "待审的含义" in client.get(place.get_absolute_url()).content.decode()


def test_a_draft_that_is_sent_back_stays_a_draft(client, officer, reviewer, place):
    place = send(client, place, "action-submit", meaning="待审的含义")
    task = place.current_workflow_task_state
    client.force_login(reviewer)
    client.post(address("workflow_action", place.pk, "reject", task.pk), {"comment": "请补来源"})
    place.refresh_from_db()
    assert (place.meaning, place.has_unpublished_changes) == ("", True)
    assert TaskState.objects.get().status == "rejected"


@pytest.fixture
def hours_pass(time_machine):
    """Moves the clock on past SOON."""

    def move():
        time_machine.move_to(timezone.now() + 2 * SOON)
        call_command("publish_scheduled")

    return move


def test_a_name_is_published_when_its_time_has_come(client, officer, place, hours_pass):
    go_live = timezone.now() + SOON
    place = send(client, place, "action-publish", meaning="新含义", go_live_at=at(go_live))
    call_command("publish_scheduled")
    # What was public stays so until then.
    assert "新含义" not in client.get(place.get_absolute_url()).content.decode()
    hours_pass()
    assert "新含义" in client.get(place.get_absolute_url()).content.decode()


def test_a_name_is_withdrawn_when_its_time_is_over(client, officer, place, hours_pass):
    place = send(client, place, "action-publish", expire_at=at(timezone.now() + SOON))
    assert client.get(place.get_absolute_url()).status_code == 200
    hours_pass()
    assert client.get(place.get_absolute_url()).status_code == 404
    found = client.get(reverse("place_names:index"), {"q": "同福路"})
    assert found.context["total"] == 0


def test_a_lock_holds_off_others_until_it_is_taken_off(client, officer, place, django_user_model):
    client.post(address("lock", place.pk))
    place.refresh_from_db()
    assert place.locked_by == officer
    other = django_user_model.objects.create_user("other")
    other.groups.set(officer.groups.all())
    client.force_login(other)
    page = client.get(address("edit", place.pk)).content.decode()
    assert "锁定" in page
    client.post(address("edit", place.pk), form_of(place, meaning="别人写的"))
    place.refresh_from_db()
    assert not place.has_unpublished_changes
    client.post(address("unlock", place.pk))
    assert send(client, place, "action-publish", meaning="别人写的").meaning == "别人写的"


def test_the_first_draft_of_an_imported_name_is_compared_with_what_is_public(
    client, officer, place
):
    PlaceName.objects.update(meaning="导入的含义")
    assert not place.revisions.exists()
    send(client, place, meaning="改写的含义")
    first, last = place.revisions.order_by("created_at").values_list("pk", flat=True)
    text = client.get(address("revisions_compare", place.pk, first, last)).content.decode()
    assert 'class="deletion">导入' in text
    assert 'class="addition">改写' in text


def test_two_revisions_are_compared_word_by_word(client, officer, place):
    send(client, place, "action-publish", meaning="原来的含义")
    send(client, place, meaning="后来的含义")
    *_, first, last = place.revisions.order_by("created_at").values_list("pk", flat=True)
    text = client.get(address("revisions_compare", place.pk, first, last)).content.decode()
    assert "地名的含义" in text
    assert 'class="deletion">原' in text
    assert 'class="addition">后' in text
    for name in ("history", "usage"):
        assert client.get(address(name, place.pk)).status_code == 200


def test_preview_shows_the_draft(client, officer, place):
    place.meaning = "还没发布的含义"
    revision = place.save_revision(user=officer)
    answer = client.get(address("revisions_view", place.pk, revision.pk))
    assert "还没发布的含义" in answer.content.decode()


def test_a_photograph_is_attached_and_shown_small_with_its_description(
    client, officer, place, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    original = jpeg((3000, 2000)).getvalue()
    upload = SimpleUploadedFile("street.jpg", original, "image/jpeg")
    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "同福路街景",
            "image-chooser-upload-description": "同福路骑楼下的行人",
            "image-chooser-upload-file": upload,
        },
    )
    assert answer.json()["step"] == "chosen", answer.content.decode()
    picture = get_image_model().objects.get()
    attached = [{"image": picture.pk, "caption": "2024年的同福路"}]
    place = send(client, place, "action-publish", images=attached)
    page = client.get(place.get_absolute_url()).content.decode()
    assert 'alt="同福路骑楼下的行人"' in page
    assert "2024年的同福路" in page
    rendition = picture.renditions.get(filter_spec="max-800x600")
    assert (rendition.width, rendition.height) == (800, 533)
    assert rendition.url in page
    assert rendition.file.size < len(original)
