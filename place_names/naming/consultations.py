"""Public comment on a proposed name: when it is open, what is counted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from home.feedback.personal_data import personal_numbers
from place_names.models import NamingApplication, NamingComment, NamingConsultation

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
    public = (application.location, application.meaning, application.reason, text)
    if found := {kind for each in public for kind in personal_numbers(each)}:
        raise ProcedureError(f"位置、含义、理由和说明会公开，请先删去{'、'.join(sorted(found))}。")
    return NamingConsultation.objects.create(
        application=application, opened_on=today, closes_on=closes_on, text=text.strip()
    )


def change(consultation: NamingConsultation, closes_on: date, text: str, outcome: str) -> None:
    """Correct what is told, or tell what came of it. The last day may be put off, never be
    brought forward; the outcome is told after it. Raises ProcedureError."""
    today = timezone.localdate()
    if closes_on < consultation.closes_on:
        raise ProcedureError("截止日期只能延后。")
    if closes_on != consultation.closes_on and not is_open(consultation, today):
        raise ProcedureError("征求意见已经结束，不能再延后。")
    if outcome.strip() and today <= closes_on:
        raise ProcedureError("截止以后才填写采纳情况。")
    if found := personal_numbers(f"{text}\n{outcome}"):
        raise ProcedureError(f"这些文字会公开，请删去{'、'.join(found)}。")
    consultation.closes_on = closes_on
    consultation.text, consultation.outcome = text.strip(), outcome.strip()
    consultation.save()


def is_open(consultation: NamingConsultation, today: date) -> bool:
    """Whether comments are taken: to the end of the last day, and while nothing is decided."""
    return today <= consultation.closes_on and consultation.application.state in OPEN


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
