"""A telephone is proved by a code before a hold becomes a booking."""

import datetime
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from marriage.booking import bookings, telephone_proof
from marriage.models import Booking, BookingRules, OutboxMessage, PeakDay
from marriage.models.bookings import Trust
from marriage.models.states import State

from ..factories import make_coming_slot, make_confirmed_booking, make_couple, make_person
from ..steps import book, choose_time, last_code, seen, text_of


def set_rules(**values):
    rules = BookingRules.load()
    for name, value in values.items():
        setattr(rules, name, value)
    rules.save()


def enter(client, couple):
    for position, person in enumerate(couple, start=1):
        client.post(f"/marriage/people/{position}/", person)


@pytest.mark.django_db
class TestPages:
    def test_nothing_is_booked_without_the_code(self, client, slot):
        choose_time(client, slot)
        enter(client, make_couple())
        assert client.get("/marriage/check/")["Location"] == "/marriage/telephone/"
        assert client.post("/marriage/check/", {"seen": "x"})["Location"] == "/marriage/telephone/"
        client.post("/marriage/telephone/", {"send": "1"})
        message = OutboxMessage.objects.get(kind="telephone_code")
        wrong = "000000" if last_code() != "000000" else "000001"
        response = client.post("/marriage/telephone/", {"code": wrong})
        assert response.status_code == 422
        assert "验证码不对" in text_of(response)
        assert not Booking.objects.confirmed().exists()
        response = client.post("/marriage/telephone/", {"code": last_code()})
        assert response["Location"] == "/marriage/check/"
        client.post("/marriage/check/", {"seen": seen(client)})
        booked = Booking.objects.get(state=State.BOOKED)
        assert (booked.trust, booked.telephone_position) == (Trust.TELEPHONE, 1)
        assert "离婚" not in message.content["body"]

    def test_the_code_is_for_the_telephone_it_was_sent_to(self, client, slot):
        couple = make_couple()
        choose_time(client, slot)
        enter(client, couple)
        client.post("/marriage/telephone/", {"send": "1"})
        client.post("/marriage/people/1/", {**couple[0], "phone": "13911112222"})
        response = client.post("/marriage/telephone/", {"code": last_code()})
        assert "请先发送验证码" in text_of(response)

    def test_a_changed_telephone_must_be_proved_again(self, client, slot):
        couple = make_couple()
        book_until_check(client, slot, couple)
        client.post("/marriage/people/1/", {**couple[0], "phone": "13911112222"})
        assert client.get("/marriage/check/")["Location"] == "/marriage/telephone/"

    @pytest.mark.parametrize("typed", ["", "abc", "12345", "1" * 5000])
    def test_odd_codes_are_told(self, client, slot, typed):
        choose_time(client, slot)
        enter(client, make_couple())
        client.post("/marriage/telephone/", {"send": "1"})
        response = client.post("/marriage/telephone/", {"code": typed})
        assert response.status_code == 422
        assert "error-summary" in text_of(response)

    def test_the_page_shows_the_code_only_where_the_setting_says_so(self, client, slot, settings):
        choose_time(client, slot)
        enter(client, make_couple())
        response = client.post("/marriage/telephone/", {"send": "1"})
        assert last_code() not in text_of(response)
        settings.SHOW_TELEPHONE_CODE = True
        assert last_code() not in text_of(client.get("/marriage/telephone/"))
        other = Client()
        choose_time(other, slot)
        enter(other, make_couple())
        assert "shown-code" not in text_of(other.get("/marriage/telephone/"))
        shown = text_of(other.post("/marriage/telephone/", {"send": "1"}))
        assert f'id="shown-code">{last_code()}</b>' in shown
        assert '<span class="sample">示例</span>' in shown
        assert "验证码已发到" not in shown
        # A gateway that sends messages: the code belongs to the telephone alone.
        settings.MESSAGE_GATEWAYS = {"sms": "http", "mail": "console"}
        assert last_code() not in text_of(other.get("/marriage/telephone/"))
        settings.MESSAGE_GATEWAYS = {"sms": "console", "mail": "console"}
        settings.SHOW_TELEPHONE_CODE = False
        assert last_code() not in text_of(other.get("/marriage/telephone/"))

    @pytest.mark.parametrize(
        ("gateway", "is_shown", "words", "others"),
        [
            ("console", True, "直接显示在这一页上", ("将发到", "程序的输出里")),
            ("console", False, "只写在本站程序的输出里", ("将发到", "直接显示")),
            ("http", False, "验证码将发到", ("演示网站",)),
            ("http", True, "验证码将发到", ("演示网站",)),
        ],
    )
    def test_before_it_is_sent_the_page_says_where_the_code_will_be(
        self, client, slot, settings, gateway, is_shown, words, others
    ):
        settings.MESSAGE_GATEWAYS = {"sms": gateway, "mail": "console"}
        settings.SHOW_TELEPHONE_CODE = is_shown
        choose_time(client, slot)
        enter(client, make_couple())
        page = text_of(client.get("/marriage/telephone/"))
        assert words in page
        assert not any(other in page for other in others)

    def test_full_width_digits_with_a_space_are_a_code(self, client, slot):
        choose_time(client, slot)
        enter(client, make_couple())
        client.post("/marriage/telephone/", {"send": "1"})
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in last_code())
        response = client.post("/marriage/telephone/", {"code": f"{wide[:3]} {wide[3:]}"})
        assert response["Location"] == "/marriage/check/"

    def test_codes_are_limited_by_time_and_telephone(self, client, slot):
        set_rules(codes_per_telephone_day=1)
        choose_time(client, slot)
        couple = make_couple()
        enter(client, couple)
        assert client.post("/marriage/telephone/", {"send": "1"}).status_code == 200
        again = client.post("/marriage/telephone/", {"send": "1"})
        assert again.status_code == 429
        assert "秒以后可以重新发送" in text_of(again)
        other = Client()
        choose_time(other, slot)
        enter(other, [couple[0], make_person("王五", man=False)])
        refused = other.post("/marriage/telephone/", {"send": "1"})
        assert "已经给这个手机号码发了1次验证码" in text_of(refused)
        assert "改填另一个手机号码" in text_of(refused)
        assert OutboxMessage.objects.filter(kind="telephone_code").count() == 1

    def test_codes_are_limited_by_network(self, client, slot):
        set_rules(codes_per_address_hour=1)
        slot.capacity = 5
        slot.save()
        answers = []
        for _ in range(2):
            one = Client()
            choose_time(one, slot)
            enter(one, make_couple())
            answers.append(one.post("/marriage/telephone/", {"send": "1"}).status_code)
        assert answers == [200, 429]

    def test_tries_are_limited_also_with_the_right_code_at_last(self, client, slot, monkeypatch):
        choose_time(client, slot)
        enter(client, make_couple())
        client.post("/marriage/telephone/", {"send": "1"})
        right = last_code()
        for number in range(telephone_proof.TRIES_PER_HOUR):
            wrong = f"{(int(right) + number + 1) % 10**6:06}"
            client.post("/marriage/telephone/", {"code": wrong})
        response = client.post("/marriage/telephone/", {"code": right})
        assert "已经用完" in text_of(response)
        OutboxMessage.objects.all().delete()
        monkeypatch.setattr(telephone_proof, "SECONDS_BETWEEN", 0)  # As if a minute had passed.
        again = client.post("/marriage/telephone/", {"send": "1"})
        assert "已经用完" in text_of(again)
        assert not OutboxMessage.objects.filter(kind="telephone_code").exists()

    def test_switched_off_and_on_peak_days_only(self, client, slot):
        set_rules(telephone_proof="off")
        assert book(client, slot)["Location"] == "/marriage/done/"
        assert not OutboxMessage.objects.filter(kind="telephone_code").exists()
        set_rules(telephone_proof="peak")
        other = Client()
        choose_time(other, slot)
        enter(other, make_couple())
        assert other.get("/marriage/check/").status_code == 200
        PeakDay.objects.create(date=slot.date, title="七夕")
        assert other.get("/marriage/check/")["Location"] == "/marriage/telephone/"


def book_until_check(client, slot, couple):
    choose_time(client, slot)
    enter(client, couple)
    client.post("/marriage/telephone/", {"send": "1"})
    client.post("/marriage/telephone/", {"code": last_code()})


@pytest.mark.django_db
class TestTrust:
    def test_an_expired_code_proves_nothing(self, slot):
        from marriage.wizard.drafts import Answers

        draft = Answers(key="x", data={"people": {"1": make_person(phone="13800000001")}})
        draft.hold = bookings.hold(slot.pk)
        then = timezone.now()
        telephone_proof.send_code(draft, "network", now=then)
        late = then + datetime.timedelta(minutes=11)
        with pytest.raises(telephone_proof.ProofError, match="失效"):
            telephone_proof.check_code(draft, last_code(), now=late)
        telephone_proof.check_code(draft, last_code(), now=then)
        assert telephone_proof.trust_of(draft, now=then) == Trust.TELEPHONE
        later = then + datetime.timedelta(hours=3)
        assert telephone_proof.trust_of(draft, now=later) == Trust.NONE

    def test_one_telephone_has_so_many_bookings_until_one_ends(self, slot):
        slot.capacity = 9
        slot.save()
        phone = "13800007777"

        def couple():
            return [make_person(phone=phone), make_person("李四", man=False)]

        first = make_confirmed_booking(slot, couple())
        make_confirmed_booking(slot, couple())
        with pytest.raises(bookings.TooManyBookingsError, match="2个有效预约"):
            make_confirmed_booking(slot, couple())
        bookings.cancel(first)
        make_confirmed_booking(slot, couple())

    def test_a_stranger_blocks_nobody_who_proves_a_telephone(self, slot):
        slot.capacity = 5
        slot.save()
        victims = make_couple()
        theirs = make_confirmed_booking(
            slot, [victims[0], make_person("王五", man=False)], trust=Trust.NONE
        )
        mine = make_confirmed_booking(slot, victims)
        theirs.refresh_from_db()
        assert theirs.state == State.CANCELLED_BY_OFFICE
        assert mine.state == State.BOOKED
        assert OutboxMessage.objects.filter(booking=theirs, kind="replaced").exists()

    def test_a_proved_booking_gives_way_to_none_but_a_proved_identity(self, slot):
        slot.capacity = 5
        slot.save()
        couple = make_couple()
        theirs = make_confirmed_booking(slot, [make_person("王五", man=False), couple[0]])
        with pytest.raises(bookings.AlreadyBookedError):
            make_confirmed_booking(slot, [couple[0], make_person("赵六", man=False)])
        make_confirmed_booking(
            slot, [couple[0], make_person("赵六", man=False)], trust=Trust.IDENTITY
        )
        theirs.refresh_from_db()
        assert theirs.state == State.CANCELLED_BY_OFFICE

    def test_an_identity_counts_for_its_owner_alone(self, slot):
        slot.capacity = 5
        slot.save()
        couple = make_couple()
        make_confirmed_booking(slot, couple)
        with pytest.raises(bookings.AlreadyBookedError):
            make_confirmed_booking(slot, [make_person(), couple[1]], trust=Trust.IDENTITY)

    def test_places_missed_by_a_stranger_ban_nobody(self, slot):
        slot.capacity = 9
        slot.save()
        victims = make_couple()
        for _ in range(3):
            bookings.change(make_confirmed_booking(slot, victims, trust=Trust.NONE), State.NO_SHOW)
        assert make_confirmed_booking(slot, victims).state == State.BOOKED
        for _ in range(2):
            bookings.cancel(Booking.objects.get(state=State.BOOKED))
            make_confirmed_booking(slot, victims)
        bookings.cancel(Booking.objects.get(state=State.BOOKED))
        with pytest.raises(bookings.BannedError):
            make_confirmed_booking(slot, victims)


@pytest.mark.django_db(transaction=True)
def test_a_bot_with_twenty_invented_couples_and_one_telephone_is_stopped():
    """Also when it confirms all at once: the places of a telephone are held by the table."""
    slot = make_coming_slot(capacity=20)
    tokens = [bookings.hold(slot.pk).hold_token for _ in range(20)]
    results, lock = [], threading.Lock()
    barrier = threading.Barrier(10)

    def confirm(token):
        couple = [make_person(phone="13800009999"), make_person("李四", man=False)]
        try:
            barrier.wait(timeout=30)
            bookings.confirm(token, couple, trust=Trust.TELEPHONE)
            result = "booked"
        except bookings.TooManyBookingsError:
            result = "stopped"
        finally:
            connection.close()
        with lock:
            results.append(result)

    for half in (tokens[:10], tokens[10:]):
        threads = [threading.Thread(target=confirm, args=(token,)) for token in half]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(results) == ["booked"] * 2 + ["stopped"] * 18
    assert Booking.objects.filter(state=State.BOOKED).count() == 2
