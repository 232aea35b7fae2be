"""Whether these people may book: numbers, ages, other bookings, earlier conduct.

Answers are messages for people, by field; the constraint of the table is what holds.
"""

import datetime
import re
import unicodedata

from .conduct import Act, Event, find_ban, rules_from
from .dates import local_now
from .encryption import keyed_hashes, normal_id
from .identity import IdentityError, Sex, age_problem, normalise, parse
from .models import BookingParty, BookingRules
from .questions import needs_power_for_foreign
from .refusals import already_booked_message
from .states import State

ID_CARD, OTHER_PAPER = "id_card", "other"
NAME_LENGTH = 60
CONDUCT = {
    State.NO_SHOW: Act.NO_SHOW,
    State.CANCELLED_LATE: Act.NO_SHOW,
    State.CANCELLED: Act.CANCELLED,
}


def check_name(text: str) -> tuple[str, str]:
    """(name, problem). Rare characters, dots of every kind, letters and spaces are names."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        return name, "请输入姓名"
    if len(name) > NAME_LENGTH:
        return name, f"姓名最多{NAME_LENGTH}个字，您输入了{len(name)}个字"
    if any(character.isdigit() for character in name):
        return name, "姓名里不要有数字"
    # Letters and marks; private use too, where some rare characters still live.
    bad = [c for c in name if unicodedata.category(c)[0] not in "LM" and c not in "·•・‧.．' -－’"]
    bad = [c for c in bad if unicodedata.category(c) != "Co"]
    if bad:
        return name, f"姓名里不能有“{bad[0] if bad[0].isprintable() else '看不见的字符'}”"
    if not any(unicodedata.category(c)[0] == "L" or unicodedata.category(c) == "Co" for c in name):
        return name, "请输入姓名"
    return name, ""


def check_phone(text: str) -> tuple[str, str]:
    """(number, problem). Eleven digits of a mainland mobile, or + and a foreign number."""
    number = normalise(text)
    number = re.sub(r"^(\+?86)(?=1\d{10}$)", "", number)
    if not number:
        return number, "请输入手机号码"
    if re.fullmatch(r"\+\d{7,15}", number, re.ASCII):
        return number, ""
    if not number.isascii() or not number.isdigit():
        return number, "手机号码只能是数字"
    if len(number) != 11:
        return number, f"请输入11位手机号码，您输入了{len(number)}位"
    return (number, "") if number[0] == "1" else (number, "手机号码应以1开头，请核对")


def check_paper(id_type: str, text: str) -> tuple[str, str]:
    """(number, problem) for an 18-digit number or another travel document."""
    if id_type == ID_CARD:
        try:
            return parse(text).number, ""
        except IdentityError as error:
            return normalise(text), error.message
    number = normal_id(normalise(text))
    if not number:
        return number, "请输入证件号码"
    if not (number.isascii() and 5 <= len(number) <= 20):
        return number, "证件号码应为5至20位字母或数字"
    return number, ""


def problems_of(
    position: int,
    person: dict,
    others: list[dict],
    service,
    answers: dict,
    day: datetime.date | None,
    rules: BookingRules | None = None,
    now=None,
    besides: int | None = None,
) -> dict[str, str]:
    """{field: message} for one person beside the `others` entered so far.

    `day` is the day of the appointment: somebody may reach the age until then. `besides` is
    a booking that does not count (one's own, when it is moved). Three queries.
    """
    rules = rules or BookingRules.load()
    problems = {}
    identity = parse(person["id_number"]) if person["id_type"] == ID_CARD else None
    numbers = [normal_id(other["id_number"]) for other in others]
    if normal_id(person["id_number"]) in numbers:
        problems["id_number"] = "双方的证件号码相同，请分别填写两个人的证件"
    elif identity and identity.needs_special_office and not needs_power_for_foreign(answers):
        problems["id_number"] = (
            "这是港澳台居民居住证或者外国人永久居留证的号码，请返回修改“有没有一方属于下面的情形”"
        )
    elif identity and service.kind == service.Kind.MARRIAGE:
        if day and (problem := age_problem(identity, day, rules.man_age, rules.woman_age)):
            problems["id_number"] = problem
        elif any(_sex(other) is identity.sex for other in others):
            word = "男" if identity.sex is Sex.MAN else "女"
            problems["id_number"] = (
                f"按身份证号码，双方都是{word}性。结婚登记由男女双方办理"
                "（《民法典》第一千零四十六条），请核对号码"
            )
    if not problems:
        digest = keyed_hashes(f"person:{normal_id(person['id_number'])}")[0]
        problem = _other_booking(digest, service, besides) or _ban(digest, rules, now)
        if problem:
            problems["id_number"] = problem
    return problems


def too_young_on(booking, day: datetime.date) -> str:
    """Why a booking cannot be moved to `day` for want of age, or ""."""
    if booking.service.kind != booking.service.Kind.MARRIAGE:
        return ""
    rules = BookingRules.load()
    for party in booking.parties.all():
        person = party.person
        if person.get("id_type") == ID_CARD:
            identity = parse(person["id_number"])
            if problem := age_problem(identity, day, rules.man_age, rules.woman_age):
                return f"{problem}。"
    return ""


def _sex(person: dict):
    return parse(person["id_number"]).sex if person["id_type"] == ID_CARD else None


def _other_booking(digest: str, service, besides) -> str:
    active = BookingParty.objects.filter(person_hash=digest, service=service, is_active=True)
    return already_booked_message() if active.exclude(booking=besides).exists() else ""


def _ban(digest: str, rules: BookingRules, now) -> str:
    today = local_now(now).date()
    rows = (
        BookingParty.objects.filter(person_hash=digest, booking__state__in=CONDUCT)
        .values_list("booking__state", "booking__ended_at", "booking__slot__date")
        .order_by()
    )
    events = [
        # A place is missed on its day; a cancellation counts from the day it was made.
        Event(
            CONDUCT[State(state)], slot_date if state == State.NO_SHOW else _day(ended, slot_date)
        )
        for state, ended, slot_date in rows
    ]
    ban = find_ban(events, rules_from(rules), rules.ban_days, today)
    return ban.message if ban else ""


def _day(moment, otherwise) -> datetime.date:
    return local_now(moment).date() if moment else otherwise
