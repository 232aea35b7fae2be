"""Places of an event: counted in the database, never too many, given back, forgotten."""

import datetime
import threading

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from home.models import EventPage, EventPlaces, SignUp
from home.models.sign_ups import normal_reference
from home.sign_ups.rules import (
    FullError,
    SignUpRefusedError,
    TwiceError,
    forget_past,
    keep_limit,
    sign_up,
    withdraw,
)

from ..factories import make_event

pytestmark = pytest.mark.django_db
PHONES = [f"1380000{n:04}" for n in range(20)]


def taken(event) -> int:
    return EventPlaces.objects.get(event=event).taken


def test_places_are_given_until_there_are_none():
    event = make_event(places=2)
    sign_up(event, "张三", PHONES[0])
    sign_up(event, "李四", PHONES[1])
    with pytest.raises(FullError, match="名额已满"):
        sign_up(event, "王五", PHONES[2])
    assert taken(event) == event.sign_ups.count() == 2
    assert EventPage.objects.get(pk=event.pk).state == "名额已满"


def test_without_a_limit_everybody_gets_a_place():
    event = make_event(places=None)
    for phone in PHONES:
        sign_up(event, "张三", phone)
    assert taken(event) == 20


def test_a_person_signs_up_once():
    event = make_event()
    sign_up(event, "张三", PHONES[0])
    with pytest.raises(TwiceError):
        sign_up(event, "张三", PHONES[0])
    assert taken(event) == 1
    sign_up(make_event(slug="another"), "张三", PHONES[0])


def test_a_withdrawal_deletes_the_person_and_frees_the_place_once():
    event = make_event(places=1)
    entry = sign_up(event, "张三", PHONES[0])
    assert withdraw(entry.reference) == event
    assert withdraw(entry.reference) is None
    assert taken(event) == 0
    assert not SignUp.objects.exists()
    sign_up(event, "李四", PHONES[1])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sign_up_online": False, "sign_up_how": "打电话"}, "不在网上报名"),
        ({"sign_up_until": datetime.timedelta(minutes=-1)}, "截止"),
        ({"starts_at": datetime.timedelta(minutes=-1)}, "已经开始"),
        ({"ends_at": datetime.timedelta(minutes=-1)}, "已经结束"),
    ],
)
def test_out_of_its_time_nobody_signs_up(fields, words):
    event = make_event()
    now = timezone.now()
    for name, value in fields.items():
        setattr(event, name, now + value if isinstance(value, datetime.timedelta) else value)
    with pytest.raises(SignUpRefusedError, match=words):
        sign_up(event, "张三", PHONES[0])


def test_the_limit_follows_the_published_page_and_takes_no_place_away():
    event = make_event(places=2)
    for phone in PHONES[:2]:
        sign_up(event, "张三", phone)
    event.places = 1
    event.save_revision().publish()
    places = EventPlaces.objects.get(event=event)
    assert (places.limit, places.taken) == (2, 2)
    event.places = 3
    event.save_revision().publish()
    sign_up(event, "王五", PHONES[2])
    assert taken(event) == 3


def test_the_database_itself_refuses_one_too_many():
    event = make_event(places=1)
    sign_up(event, "张三", PHONES[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPlaces.objects.filter(event=event).update(taken=2)


def test_names_and_numbers_are_encrypted_and_change_keys(settings):
    entry = sign_up(make_event(), "张三丰", PHONES[0])
    entry.refresh_from_db()
    assert PHONES[0] not in entry.encrypted + entry.once_key
    assert (entry.masked_name, entry.masked_phone) == ("张**", "138****0000")
    new = Fernet.generate_key().decode()
    settings.PERSONAL_DATA_KEYS = [new, *settings.PERSONAL_DATA_KEYS]
    call_command("rotate_personal_data_keys")
    settings.PERSONAL_DATA_KEYS = [new]
    assert SignUp.objects.get().person == {"name": "张三丰", "phone": PHONES[0]}


def test_people_are_forgotten_some_days_after_the_event():
    event = make_event()
    sign_up(event, "张三", PHONES[0])
    days = datetime.timedelta(days=7)
    EventPage.objects.update(ends_at=timezone.now() - days + datetime.timedelta(hours=1))
    assert forget_past() == 0
    EventPage.objects.update(ends_at=timezone.now() - days - datetime.timedelta(hours=1))
    assert forget_past() == 1
    assert taken(event) == 1  # How many came stays known.


@pytest.mark.parametrize(
    "fields",
    [
        {"sign_up_required": False},
        {"sign_up_until": None},
        {"sign_up_online": False, "sign_up_how": ""},
    ],
)
def test_an_event_says_how_and_until_when(fields):
    event = make_event()
    for name, value in fields.items():
        setattr(event, name, value)
    with pytest.raises(ValidationError):
        event.full_clean()


def test_a_reference_is_found_however_it_is_typed():
    assert normal_reference("bm-7k4m-29xq") == "BM-7K4M-29XQ"
    assert normal_reference(" 7K4M29XQ ") == "BM-7K4M-29XQ"
    assert normal_reference("BMBM7K4M29") == "BM-BM7K-4M29"
    assert normal_reference("7K4M") == ""


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_places_than_there_are():
    event = make_event(places=3)
    keep_limit(event)
    start = threading.Barrier(12)
    outcomes = []

    def try_it(phone):
        start.wait()
        try:
            sign_up(event, "张三", phone)
            outcomes.append("place")
        except FullError:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(phone,)) for phone in PHONES[:12]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["full"] * 9 + ["place"] * 3
    assert taken(event) == SignUp.objects.filter(event=event).count() == 3
