"""Public comment on a proposed name: when it is open, what is counted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.log_actions import log

from home.typed_text.personal_numbers import personal_numbers
from place_names.models import (
    NamingApplication,
    NamingComment,
    NamingConsultation,
    NamingSettings,
)

from . import procedure
from .procedure import ProcedureError, State

COMMENTED = (State.ACCEPTED, State.VISITED, State.REVIEWED)
"""The states in which an application can be put up for comment."""
OPEN = (*COMMENTED, State.CONSULTED)


@dataclass(frozen=True)
class Counts:
    """Comments that are shown, by stance. Those that wait for an officer, and those that are
    withheld, are counted apart: nobody turns a majority by sending many."""

    support: int = 0
    oppose: int = 0
    other: int = 0
    waiting: int = 0
    withheld: int = 0

    @property
    def all(self) -> int:
        return self.support + self.oppose + self.other


@transaction.atomic
def begin(application: NamingApplication, closes_on: date, text: str = "") -> NamingConsultation:
    """Put an application up for comment, from today. Raises ProcedureError."""
    application = NamingApplication.objects.select_for_update().get(pk=application.pk)
    if application.state not in COMMENTED:
        raise ProcedureError("受理以后、决定以前才能征求意见。")
    if NamingConsultation.objects.filter(application=application).exists():
        raise ProcedureError("这件申请已经征求过意见。")
    today = timezone.localdate()
    if closes_on <= today:
        raise ProcedureError("截止日期要晚于今天。")
    _not_too_long(today, closes_on)
    told = (application.name, application.location, application.meaning, application.reason)
    found = {kind for each in told for kind in personal_numbers(each, landlines=True)}
    found.update(personal_numbers(text))
    if found:
        raise ProcedureError(
            f"名称、位置、含义、理由和说明会公开，请先删去{'、'.join(sorted(found))}。"
        )
    return NamingConsultation.objects.create(
        application=application, opened_on=today, closes_on=closes_on, text=text.strip()
    )


@transaction.atomic
def change(
    consultation: NamingConsultation,
    closes_on: date,
    text: str,
    outcome: str,
    *,
    why: str = "",
    user=None,
) -> None:
    """Correct what is told, or tell what came of it, which is done once it has ended.

    The last day may be put off; it is brought forward only for a reason, which is logged, and
    never into the past. Raises ProcedureError.
    """
    today, was = timezone.localdate(), consultation.closes_on
    opened = is_open(consultation, today)
    if closes_on != was:
        if not opened:
            raise ProcedureError("征求意见已经结束，不能再改截止日期。")
        _not_too_long(consultation.opened_on, closes_on)
        if closes_on < today:
            raise ProcedureError("截止日期不能早于今天。")
        if closes_on < was and not why.strip():
            raise ProcedureError("截止日期提前的，请写明为什么，例如“年份写错”。")
    if outcome.strip() and opened and today <= closes_on:
        raise ProcedureError("截止以后才填写采纳情况。")
    if found := personal_numbers(f"{text}\n{outcome}"):
        raise ProcedureError(f"这些文字会公开，请删去{'、'.join(found)}。")
    consultation.closes_on = closes_on
    consultation.text, consultation.outcome = text.strip(), outcome.strip()
    consultation.save()
    if closes_on != was:
        data = {"was": was.isoformat(), "now": closes_on.isoformat(), "reason": why.strip()}
        log(consultation.application, "place_names.comment_period", user=user, data=data)


def _not_too_long(opened_on: date, closes_on: date) -> None:
    longest = NamingSettings.load().comment_days
    if (closes_on - opened_on).days > longest:
        raise ProcedureError(
            f"征求意见最长{longest}天，请核对截止日期的年份。确实要更长的，先改“设置 → 地名预审”。"
        )


def is_open(consultation: NamingConsultation, today: date) -> bool:
    """Whether comments are taken: to the end of the last day, and while nothing is decided."""
    return today <= consultation.closes_on and consultation.application.state in OPEN


def ends_late(consultation: NamingConsultation) -> bool:
    """Whether the application has to be decided before the comment period is over."""
    application = consultation.application
    due = application.state in OPEN and procedure.due(application, procedure.terms())
    return bool(due) and due.last_day <= consultation.closes_on


def counts(consultation: NamingConsultation) -> Counts:
    rows = consultation.comments.order_by().values_list("stance", "state").annotate(Count("pk"))
    found = {"support": 0, "oppose": 0, "other": 0, "waiting": 0, "withheld": 0}
    for stance, state, number in rows:
        apart = {NamingComment.State.WITHHELD: "withheld", NamingComment.State.NEW: "waiting"}
        found[apart.get(state, stance)] += number
    return Counts(**found)


def listed(today: date) -> list[tuple[NamingConsultation, bool]]:
    """All of them with whether they are open: open ones first, by their last day, then the
    newest of the others."""
    found = NamingConsultation.objects.select_related(
        "application__kind", "application__subdistrict", "application__place"
    ).defer("application__encrypted", "application__precheck")
    rows = [(each, is_open(each, today)) for each in found.order_by("-closes_on", "-pk")]
    opened = sorted((row for row in rows if row[1]), key=lambda row: row[0].closes_on)
    return [*opened, *(row for row in rows if not row[1])]
