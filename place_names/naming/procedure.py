"""The steps of an application, and what an approval does to the register."""

from dataclasses import asdict
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

import home.subdistricts
from place_names.models import NamingApplication, NamingConsultation, NamingSettings, NamingStep
from place_names.signs.orders import order_for

from . import index, letters, notices
from .checking import check
from .deadlines import Due, Terms, first_days, next_due
from .entering import enter
from .findings import Proposal
from .lists import UNFIT
from .requirements import ProcedureError, lists_for, must_be_fit

State, Action = NamingApplication.State, NamingApplication.Action
_FIRST = (State.ACCEPTED, State.SUPPLEMENT, State.DECLINED, State.WITHDRAWN)
_WORK = (State.VISITED, State.REVIEWED, State.CONSULTED)
_END = (State.APPROVED, State.REFUSED, State.WITHDRAWN)
NEXT: dict[str, tuple[str, ...]] = {
    State.RECEIVED: _FIRST,
    State.SUPPLEMENT: (State.SUPPLIED, *_FIRST),
    State.SUPPLIED: _FIRST,
    State.ACCEPTED: (*_WORK, *_END),
    State.VISITED: (State.REVIEWED, State.CONSULTED, *_END),
    State.REVIEWED: (State.VISITED, State.CONSULTED, *_END),
    State.CONSULTED: (State.VISITED, State.REVIEWED, *_END),
    State.APPROVED: (State.FILED,),
    State.FILED: (State.ANNOUNCED,),
}
"""From each state the ones that may follow."""
UNDECIDED = (State.RECEIVED, State.SUPPLEMENT, State.SUPPLIED, State.ACCEPTED, *_WORK)
"""Before the decision: the pre-check may be run again."""
APPROVED = (State.APPROVED, State.FILED)
"""Decided, and still to be filed or announced."""
MUST_SAY = {
    State.SUPPLEMENT: "请写明要补正哪些材料。",
    State.DECLINED: "不予受理的，请写明理由。",
    State.REFUSED: "不予批准的，请写明理由。",
}
"""What has to be told to the applicant, and the message where it is missing."""


def proposal_of(application: NamingApplication) -> Proposal:
    point = (application.lon, application.lat)
    return Proposal(
        application.name,
        application.kind.slug,
        application.subdistrict.name,
        None if None in point else point,
        measures=application.measures,
    )


def prechecked(application: NamingApplication) -> dict:
    """The result of the rules as it is kept: plain values with version and moment."""
    if application.action == Action.ABOLISH:
        return {}
    areas = [name for _, name in home.subdistricts.subdistricts()]
    names = index.current()
    if application.action == Action.RENAME and application.place:
        names = names.besides(application.place.code)
    result = check(proposal_of(application), names, lists_for(application.kind), areas)
    return {
        "version": result.version,
        "checked_at": timezone.localtime().isoformat(timespec="minutes"),
        "outcome": result.outcome,
        "outcome_text": result.outcome_text,
        "findings": [
            {name: value for name, value in asdict(each).items() if name in ("rule", "severity", "text", "clause")}
            for each in result.findings
        ],
    }  # fmt: skip


def receive(application: NamingApplication, applicant: dict, user=None) -> NamingApplication:
    """Enter an application with its pre-check and its first step. Raises ProcedureError.

    The rules run first: they may take a second, and others wait for the transaction.
    """
    must_be_fit(application)
    application.applicant = applicant
    application.state = State.RECEIVED
    application.precheck = prechecked(application)
    with transaction.atomic():
        application.save()
        _step(application, State.RECEIVED, application.received_on, "", user)
    return application


@transaction.atomic
def advance(
    application: NamingApplication,
    state: str,
    day: date,
    *,
    note: str = "",
    authority: str = "",
    document: str = "",
    user=None,
) -> None:
    """Take a step. An approval enters the name in the register. Raises ProcedureError.

    Who decides depends on the kind of name (《地名管理条例》 art. 12), so an approval and a refusal
    say whose decision it is.
    """
    application = NamingApplication.objects.select_for_update().get(pk=application.pk)
    if state not in NEXT.get(application.state, ()):
        label = NamingApplication.State(state).label
        raise ProcedureError(f"现在是“{application.get_state_display()}”，不能改为“{label}”。")
    last = application.steps.order_by("day").values_list("day", flat=True).last()
    if last and day < last:
        raise ProcedureError(f"日期不能早于上一步的{last:%Y-%m-%d}。")
    if day > timezone.localdate():
        raise ProcedureError("日期不能晚于今天。")
    if state in (State.CONSULTED, State.APPROVED):
        _comment_has_ended(application, day)
    if state == State.CONSULTED:
        _was_consulted(application, note)
    if state in MUST_SAY and not note.strip():
        raise ProcedureError(MUST_SAY[state])
    if state == State.ANNOUNCED and not notices.published(application):
        raise ProcedureError("公告页面发布以后，才登记“已公告”。请先起草公告页面，送审发布。")
    is_unfit = application.precheck.get("outcome") == UNFIT
    if state == State.APPROVED and is_unfit and not note.strip():
        raise ProcedureError("预审结果是“不符合”。仍然批准的，请在“说明”里写明理由。")
    if state in (State.APPROVED, State.REFUSED):
        if not authority.strip() or not document.strip():
            raise ProcedureError("请填写作出决定的机关和文号。")
        application.authority, application.document = authority.strip(), document.strip()
        application.decided_on = day
    if state == State.APPROVED:
        application.result = enter(application, user)
        order_for(application)
    application.state = state
    application.save()
    _step(application, state, day, note, user)


def _comment_has_ended(application: NamingApplication, day: date) -> None:
    consultation = NamingConsultation.objects.filter(application=application).first()
    if consultation and day <= consultation.closes_on:
        raise ProcedureError(f"征求意见到{consultation.closes_on:%Y-%m-%d}为止，还没有结束。")


def _was_consulted(application: NamingApplication, note: str) -> None:
    asked_here = NamingConsultation.objects.filter(application=application).exists()
    if not asked_here and not note.strip():
        raise ProcedureError("没有在本站征求意见的，请在“说明”里写明怎样征求的。")


def due(application: NamingApplication, terms: Terms) -> Due | None:
    """What is due next; `steps` may be prefetched."""
    steps = application.steps.all()
    days = first_days(steps)
    if application.state in (State.SUPPLEMENT, State.SUPPLIED):
        # Asked for twice, or complete only at the second time: the last day counts.
        days[application.state] = max(s.day for s in steps if s.state == application.state)
    return next_due(application.state, days, terms)


def terms() -> Terms:
    kept = NamingSettings.load()
    return Terms(
        kept.accept_days,
        kept.decision_days,
        kept.filing_days,
        kept.notice_days,
        kept.supplement_days,
    )


def forget_applicants() -> int:
    """The daily job: who applied is deleted some time after the end. Returns how many."""
    limit = timezone.localdate() - timedelta(days=NamingSettings.load().kept_days)
    ended = NamingApplication.objects.filter(state__in=NamingApplication.ENDED)
    old = ended.exclude(encrypted="")
    gone = old.exclude(steps__day__gt=limit)
    return NamingApplication.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).update(
        encrypted=""
    )


def _step(application, state: str, day: date, note: str, user) -> None:
    step = NamingStep(
        application=application,
        state=state,
        day=day,
        recorded_at=timezone.now(),
        note=note.strip(),
        user=user,
    )
    letters.write(step, terms())
    step.save()
