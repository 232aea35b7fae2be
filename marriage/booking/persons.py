"""Whether these people may book this service together, by what they typed themselves.

Nothing here asks whether anybody is known to the registry: that would tell a stranger who
types a number (`marriage.booking.standing` does so, after the telephone is proved). Answers
are messages for people, by field.
"""

import datetime

from ..identity.hashes import normal_id
from ..identity.id_numbers import (
    Identity,
    IdentityError,
    Sex,
    age_problem,
    day_of_age,
    parse,
)
from ..identity.papers import (
    ID_CARD,
    MAINLAND,
    MILITARY,
    ORIGIN_WORDS,
    OTHER_PAPER,
    Paper,
    read_paper,
)
from ..materials.questions import origin_words, origins_of
from ..models import BookingRules


def paper_of(person: dict) -> Paper:
    """The paper of a person as stored. People of before papers had kinds have an 18-digit
    number or one that tells nothing."""
    kind, number = person.get("id_type", ID_CARD), person["id_number"]
    if kind != OTHER_PAPER:
        return read_paper(kind, number)
    return Paper(kind, number, "")


def problems_of(
    position: int,
    person: dict,
    others: list[dict],
    service,
    answers: dict,
    day: datetime.date | None,
    rules: BookingRules | None = None,
) -> dict[str, str]:
    """{field: message} for one person beside the `others` entered so far.

    `day` is the day of the appointment: somebody may reach the age until then.
    """
    rules = rules or BookingRules.load()
    paper = paper_of(person)
    if normal_id(person["id_number"]) in [normal_id(other["id_number"]) for other in others]:
        return {"id_number": "双方的证件号码相同，请分别填写两个人的证件"}
    if problem := _origin_problem(paper, [paper_of(other) for other in others], answers):
        return {"id_number": problem}
    if service.kind != service.Kind.MARRIAGE or paper.identity is None:
        return {}
    problem = _marriage_problem(paper.identity, others, day, rules)
    return {"id_number": problem} if problem else {}


def _origin_problem(paper: Paper, others: list[Paper], answers: dict) -> str:
    """Why a paper does not fit where the two said they are from, or ""."""
    declared = {origin for origin in origins_of(answers) if origin != MILITARY}
    if not declared or not paper.origin:
        return ""
    words = origin_words(declared)
    if paper.origin not in declared:
        return (
            f"前面选的是{words}，这是{ORIGIN_WORDS[paper.origin]}的证件。"
            "请核对证件，或者返回修改“双方是哪里的居民”"
        )
    shown = {paper.origin, *(other.origin for other in others)}
    if others and "" not in shown and shown != declared:
        return (
            f"前面选了{words}，双方的证件却都是{origin_words(shown)}的。"
            "请核对证件，或者返回修改“双方是哪里的居民”"
        )
    return ""


def _marriage_problem(identity, others: list[dict], day, rules) -> str:
    if day and (problem := age_problem(identity, day, rules.man_age, rules.woman_age)):
        return problem
    if any(_sex(other) is identity.sex for other in others):
        word = "男" if identity.sex is Sex.MAN else "女"
        return (
            f"按身份证号码，双方都是{word}性。结婚登记由男女双方办理"
            "（《民法典》第一千零四十六条），请核对号码"
        )
    return ""


def from_outside(people: list[dict]) -> bool:
    """Whether a paper shows that one of them is not from the mainland."""
    return any(paper_of(person).origin != MAINLAND for person in people)


def too_young_on(booking, day: datetime.date) -> str:
    """Why a booking cannot be moved to `day` for want of age, or ""."""
    rules = BookingRules.load()
    for identity in _identities_to_marry(booking):
        if problem := age_problem(identity, day, rules.man_age, rules.woman_age):
            return f"{problem}。"
    return ""


def old_enough_from(booking) -> datetime.date:
    """Return the first day to which a booking can be moved as far as the ages go."""
    rules = BookingRules.load()
    days = [
        day_of_age(identity, rules.man_age, rules.woman_age)
        for identity in _identities_to_marry(booking)
    ]
    return max(days, default=datetime.date.min)


def _identities_to_marry(booking) -> list[Identity]:
    if booking.service.kind != booking.service.Kind.MARRIAGE:
        return []
    found = [_identity(party.person) for party in booking.parties.all()]
    return [identity for identity in found if identity]


def _identity(person: dict):
    try:
        return parse(person.get("id_number", ""))
    except IdentityError:
        return None


def _sex(person: dict):
    identity = paper_of(person).identity
    return identity.sex if identity else None
