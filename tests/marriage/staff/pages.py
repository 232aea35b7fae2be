"""What the tests of the staff pages share: addresses, logins, what is typed."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.urls import reverse

from marriage.models import Booking
from marriage.roles import set_up_roles
from tests.home.typed_forms import shown_by  # noqa: F401
from tests.marriage.factories import make_id_number, make_slot


def url(name, *args):
    return reverse(f"marriage_staff:{name}", args=args)


def log_in(client, django_user_model, group):
    set_up_roles()
    user = django_user_model.objects.create_user(group, password="x")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


def later(slot, days, **fields):
    return make_slot(slot.office, slot.service, slot.date + timedelta(days=days), **fields)


def text(response):
    return response.content.decode()


def walk_in_data(slot, **fields):
    return {
        "service": slot.service.pk,
        "name_1": "张示例",
        "id_type_1": "id_card",
        "id_number_1": make_id_number(),
        "name_2": "王示例",
        "id_type_2": "id_card",
        "id_number_2": make_id_number(man=False),
        **fields,
    }


def press(client, name, booking, data, **more):
    """Send a form of the desk as its page has it now: with what it shows of the booking."""
    booking = Booking.objects.get(pk=booking.pk)
    return client.post(url(name, booking.pk), {"shown": booking.shown_as, **data}, **more)


def post_twice(client, address, data):
    """Send a form that closes a time, and confirm what is shown before anybody is told."""
    shown = client.post(address, data)
    if shown.context is None or "preview" not in shown.context:
        return shown
    return client.post(address, {**data, "seen": shown.context["seen"]}, follow=True)
