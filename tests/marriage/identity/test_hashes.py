"""Personal data at rest: encrypted, re-encrypted under a new key, deleted in time."""

import datetime

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone

from home.personal_data import encryption
from marriage.booking import bookings, lookup
from marriage.identity import hashes
from marriage.models import AuditEntry, Booking, BookingParty, BookingRules, Draft, OutboxMessage
from marriage.models.states import State
from marriage.records import personal_data
from marriage.wizard import drafts

from ..factories import make_coming_slot, make_confirmed_booking, make_couple, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["张三", "𠮷䶮", "阿依古丽·买买提", "\ue000", "\ud800", ""])
def test_what_is_encrypted_is_decrypted_and_is_unreadable(name):
    encrypted = encryption.encrypt({"name": name})
    assert encryption.decrypt(encrypted) == {"name": name}
    assert not name or name not in encrypted
    assert encryption.encrypt({"name": name}) != encrypted


def test_without_the_key_nothing_opens(settings):
    encrypted = encryption.encrypt("张三")
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(encryption.DecryptionError):
        encryption.decrypt(encrypted)


def test_a_key_is_rotated_and_the_old_one_dropped(settings):
    couple = make_couple()
    booked = make_confirmed_booking(people=couple)
    old = settings.PERSONAL_DATA_KEYS
    new = Fernet.generate_key().decode()
    settings.PERSONAL_DATA_KEYS = [new, *old]
    call_command("rotate_personal_data_keys")
    settings.PERSONAL_DATA_KEYS = [new]
    party = BookingParty.objects.get(booking=booked, position=1)
    assert party.person["name"] == "张三"
    found, position = lookup.find(booked.reference, couple[1]["id_number"][-4:])
    assert (found, position) == (booked, 2)
    assert OutboxMessage.objects.first().content["to"]
    with pytest.raises(bookings.AlreadyBookedError):
        make_confirmed_booking(make_coming_slot(booked.service, hour=11), couple)


def test_rotation_without_the_right_key_says_what_to_do(settings):
    make_confirmed_booking()
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="PERSONAL_DATA_KEYS"):
        call_command("rotate_personal_data_keys")


def test_hashes_differ_by_purpose_and_not_by_spelling():
    first, second = hashes.keyed_hashes("person:1", "tail:1")
    assert first != second
    spelled = hashes.person_hash("11010519491231002x")
    assert hashes.person_hash("110105 19491231 002X") == spelled


def test_personal_data_goes_when_its_time_is_over_and_figures_stay():
    booked = bookings.change(make_confirmed_booking(), State.NO_SHOW)
    rules = BookingRules.load()
    late = timezone.now() + datetime.timedelta(days=rules.retention_days + 10)
    assert personal_data.purge(timezone.now())["bookings"] == 0
    assert personal_data.purge(late)["bookings"] == 1
    assert personal_data.purge(late)["bookings"] == 0
    purged = Booking.objects.get(pk=booked.pk)
    assert purged.state == State.NO_SHOW
    assert purged.details == {}
    assert [party.person for party in purged.parties.all()] == [{}, {}]
    assert not purged.messages.exclude(encrypted="").exists()
    assert AuditEntry.objects.filter(booking=purged, action="purged").count() == 1


def test_the_hash_of_a_person_stays_while_a_ban_looks_back_to_it():
    booked = bookings.change(make_confirmed_booking(), State.NO_SHOW)
    rules = BookingRules.load()
    days = rules.ban_period_days + rules.ban_days
    personal_data.purge(timezone.now() + datetime.timedelta(days=rules.retention_days + 10))
    assert booked.parties.exclude(person_hash="").count() == 2
    personal_data.purge(timezone.now() + datetime.timedelta(days=days + 10))
    assert booked.parties.exclude(person_hash="").count() == 0


def test_old_drafts_and_dead_holds_go():
    held = bookings.hold(make_coming_slot().pk)
    bookings.release_hold(held.hold_token)
    draft = drafts.Answers(key="k", data={"people": {"1": make_person()}})
    draft.save()
    hours = BookingRules.load().draft_hours
    personal_data.purge(timezone.now() + datetime.timedelta(hours=hours - 1))
    assert Draft.objects.count() == 1
    personal_data.purge(timezone.now() + datetime.timedelta(hours=hours + 1))
    assert Draft.objects.count() == 0
    assert Booking.objects.count() == 0


def test_the_audit_log_cannot_be_changed():
    entry = AuditEntry.objects.get(booking=make_confirmed_booking())
    for act in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(note="x"),
    ):
        with pytest.raises(TypeError, match="append-only"):
            act()
