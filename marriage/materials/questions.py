"""Which questions a service asks before booking, what follows from an answer, and which end here.

The questions themselves, with their sources, are in `catalogue`.
"""

from collections.abc import Iterable
from dataclasses import replace

from ..identity.papers import FOREIGN, HONG_KONG, MACAO, MAINLAND, MILITARY, ORIGIN_WORDS, TAIWAN
from ..models.services import BY_CASE
from .catalogue import QUESTIONS, Question, Stop

HMT = (HONG_KONG, MACAO, TAIWAN)
# Answers given before origins were asked one by one.
_OLD_ORIGINS = {"hmt": HMT}

# Asked because the law hangs on it, whatever the editor has ticked.
_BY_LAW = {
    "marriage": ("kinship",),
    "application": ("registered_in", "agreement", "certificates"),
    "certificate": ("certificates",),
    "replacement": ("status", "lost", "attendance"),
}
# What an editor switches on or off: the fields asks_… of a service.
OPTIONAL = ("residence", "origin", "earlier_marriage", "age", "certificates")

_REGISTRY_RECORD = "要用作证明的，可以带身份证件到登记处查询婚姻登记档案，不用预约。"
# Certificates that are not made out again, because the status has changed since.
_NOT_ISSUED_AGAIN = {
    ("divorced", "marriage_one"): "离婚以后，结婚证不再补发。",
    ("divorced", "marriage_both"): "离婚以后，结婚证不再补发。",
    ("remarried", "divorce"): "复婚以后，离婚证不再补发。",
    ("married", "divorce"): "再婚以后，以前的离婚证不再补发。",
    ("widowed", "divorce"): "再婚以后，以前的离婚证不再补发。",
}


def asked_by(service) -> list[Question]:
    """The questions of `service`, in the order in which they are asked."""
    by_law = _BY_LAW.get(service.kind, ())
    return [
        question
        for key, question in QUESTIONS.items()
        if key in by_law
        or (key in OPTIONAL and getattr(service, f"asks_{key}") and not _is_replaced(key, service))
    ]


def usual_answers(service) -> dict:
    """What counts for the questions of `service` that nobody was asked."""
    return {question.key: question.usual for question in asked_by(service) if question.usual}


def _is_replaced(key: str, service) -> bool:
    """Which certificates are lost is asked otherwise where one is replaced."""
    return key == "certificates" and service.kind == "replacement"


def stop_of(question: Question, answers: dict) -> Stop | None:
    """Why the booking ends at this question with these answers, or None."""
    for value in _values(answers.get(question.key)):
        if stop := question.stops.get(value):
            return stop
    if question.key == "lost":
        reason = _NOT_ISSUED_AGAIN.get((answers.get("status"), answers.get("lost")))
        if reason:
            return Stop(
                "这本证件不再补发",
                f"{reason}{_REGISTRY_RECORD}",
                "民政部《婚姻登记工作规范》（民发〔2025〕23号）补领婚姻登记证一章",
            )
    return None


def first_stop(service, answers: dict) -> tuple[Question, Stop] | None:
    """The first question whose answer ends the booking, with the reason."""
    for question in asked_by(service):
        if stop := stop_of(question, answers):
            return question, stop
    return None


def answer_problem(question: Question, given: list[str] | str) -> str:
    """Why a combination of ticked answers cannot be, or ""."""
    values = _values(given)
    if question.key == "earlier_marriage" and "never" in values and len(values) > 1:
        return "选了“双方都没有结过婚”，就不能再选其他的"
    if question.key == "origin":
        origins = [value for value in values if value != MILITARY]
        if not origins:
            return "请再选是哪里的居民"
        if len(origins) > question.max_origins:
            return "两个人最多选两项" if question.max_origins > 1 else "只选您自己是哪里的居民"
        if MILITARY in values and MAINLAND not in origins:
            return "现役军人是内地居民，请把“内地居民”也选上"
    return ""


def parties_of(service, answers: dict) -> int:
    """How many people book: of a replacement one alone after a divorce or a death."""
    if service.kind == "replacement" and _is_alone(answers):
        return 1
    return service.party_count


def _is_alone(answers: dict) -> bool:
    return answers.get("status") in ("divorced", "widowed")


def asked_of(question: Question, service, answers: dict) -> Question:
    """The question in the words for those who book: of one person alone, not of both."""
    if question.key == "origin" and parties_of(service, answers) == 1:
        return replace(
            question,
            title="您是哪里的居民？",
            hint="只选您自己的，不用管对方。现役军人再选“现役军人”。",
            options=tuple(
                (value, "现役军人" if value == MILITARY else label)
                for value, label in question.options
            ),
            max_origins=1,
        )
    return question


def is_met(condition: str, answers: dict) -> bool:
    """Whether `answers` ({key: value or list of values}) fulfil "key=value", "always" or "case"."""
    if condition in ("always", BY_CASE):
        return True
    key, _, wanted = condition.partition("=")
    if key == "parties":
        return wanted == ("1" if _is_alone(answers) else "2")
    given = origins_of(answers) if key == "origin" else _values(answers.get(key))
    if condition == "origin=hmt":
        return any(origin in HMT for origin in given)
    if condition == "origin=foreign_only":
        return given == [FOREIGN]
    return wanted in given


def origins_of(answers: dict) -> list[str]:
    """Where the two are from, with "military". Bookings of before say in one word where one
    of them is from; the other is of the mainland."""
    given = answers.get("origin")
    if isinstance(given, str) and given and given != MAINLAND:
        return [MAINLAND, *_OLD_ORIGINS.get(given, (given,))]
    return _values(given)


def needs_power_for_foreign(answers: dict) -> bool:
    """Whether only offices with the power for parties from outside the mainland may serve
    (条例 art. 2)."""
    return any(origin not in (MAINLAND, MILITARY) for origin in origins_of(answers))


def origin_words(origins: Iterable[str]) -> str:
    """香港居民、外国人, in the order of the table."""
    wanted = set(origins)
    return "、".join(words for origin, words in ORIGIN_WORDS.items() if origin in wanted)


def _values(given) -> list[str]:
    return list(given) if isinstance(given, list | tuple) else [given] if given else []
