"""Exceptional hours of a service place are shown with the bookings concerned, then published."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.test.utils.form_data import inline_formset

import home.roles
from marriage.models.states import State
from marriage.roles import MANAGER, set_up_roles
from tests.home.staff.test_in_use import edit_url, form_of
from tests.marriage.factories import make_booking

from .pages import later, log_in, text, url

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "x"}


@pytest.fixture
def target(slot):
    return later(slot, 3)


@pytest.fixture
def booking(target):
    return make_booking(target)


def hours(target, opens="", closes="", reason="系统升级"):
    """The form of the place with one exception on the day of a slot."""
    row = {"first_day": target.date, "last_day": target.date, "opens": opens, "closes": closes}
    rows = inline_formset([row | {"reason": reason}])
    return form_of(target.office.place, hours_exceptions=rows)


def reviewer(client, django_user_model, *more):
    """Who may publish service places; with the right of a manager of the registry, or without."""
    set_up_roles()
    home.roles.set_up_roles()
    client = log_in(client, django_user_model, home.roles.REVIEWER)
    user = django_user_model.objects.get()
    user.groups.add(*Group.objects.filter(name__in=more))
    return client


@pytest.fixture
def publisher(client, django_user_model):
    return reviewer(client, django_user_model, MANAGER)


def hidden(page) -> dict:
    form = BeautifulSoup(page, "html.parser").find("main").find("form", method="post")
    return {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}


def test_nothing_is_public_before_the_bookings_were_seen(publisher, target, booking):
    place = target.office.place
    page = text(publisher.post(edit_url(place), hours(target) | PUBLISH))
    assert booking.display_reference in page
    assert "系统升级" in page  # What the couple will be told.
    assert not place.hours_exceptions.exists()
    booking.refresh_from_db()
    assert booking.state == State.BOOKED
    answer = publisher.post(edit_url(place), hidden(page), follow=True)
    assert "1个预约在新的开放时间以外" in text(answer)
    booking.refresh_from_db()
    assert (booking.state, booking.displaced_reason) == (State.DISPLACED, "系统升级")
    assert booking.messages.exists()
    assert booking.display_reference in text(publisher.get(url("affected")))


def test_a_booking_made_meanwhile_is_shown_first(publisher, target, booking):
    place = target.office.place
    page = text(publisher.post(edit_url(place), hours(target) | PUBLISH))
    another = make_booking(target)
    page = text(publisher.post(edit_url(place), hidden(page)))
    assert another.display_reference in page
    assert "刚才又有人预约" in page
    assert not place.hours_exceptions.exists()


def test_one_may_think_again_and_loses_nothing(publisher, target, booking):
    place = target.office.place
    page = text(publisher.post(edit_url(place), hours(target) | PUBLISH))
    publisher.post(edit_url(place), hidden(page) | {"act": "edit"})
    assert not place.hours_exceptions.exists()
    place.refresh_from_db()
    draft = place.get_latest_revision_as_object()
    assert [row.reason for row in draft.hours_exceptions.all()] == ["系统升级"]
    booking.refresh_from_db()
    assert booking.state == State.BOOKED


@pytest.mark.parametrize(("opens", "closes"), [("00:00", "23:59")])
def test_hours_that_displace_nobody_are_published_at_once(
    publisher, target, booking, opens, closes
):
    place = target.office.place
    assert (
        publisher.post(edit_url(place), hours(target, opens, closes) | PUBLISH).status_code == 302
    )
    assert place.hours_exceptions.exists()
    booking.refresh_from_db()
    assert booking.state == State.BOOKED


def test_a_form_with_faults_says_so_itself(publisher, target, booking):
    answer = publisher.post(edit_url(target.office.place), hours(target, opens="9:00") | PUBLISH)
    assert "请同时填写开始和结束时间" in text(answer)


def test_an_editor_without_the_registrys_rights_is_told_of_nobody(
    client, django_user_model, target, booking
):
    publisher = reviewer(client, django_user_model)
    page = text(publisher.post(edit_url(target.office.place), hours(target) | PUBLISH))
    assert "1个预约" in page
    for words in (booking.display_reference, "李*", "138"):
        assert words not in page


def test_an_approval_asks_like_a_publication(publisher, target, booking):
    place = target.office.place
    publisher.post(edit_url(place), hours(target) | {"action-submit": "x"})
    approval = {"action-workflow-action": "x", "workflow-action-name": "approve"}
    page = text(publisher.post(edit_url(place), hours(target) | approval))
    assert booking.display_reference in page
    assert not place.hours_exceptions.exists()
    publisher.post(edit_url(place), hidden(page))
    booking.refresh_from_db()
    assert booking.state == State.DISPLACED


def test_an_exception_that_is_taken_back_restores_the_bookings(publisher, target, booking):
    place = target.office.place
    page = text(publisher.post(edit_url(place), hours(target) | PUBLISH))
    publisher.post(edit_url(place), hidden(page))
    row = place.hours_exceptions.values("id", "first_day", "last_day", "reason").get()
    rows = inline_formset([row | {"opens": "", "closes": "", "DELETE": "on"}], initial=1)
    form = form_of(place, hours_exceptions=rows)
    answer = publisher.post(edit_url(place), form | PUBLISH, follow=True)
    assert "1个预约恢复有效" in text(answer)
    booking.refresh_from_db()
    assert booking.state == State.BOOKED
