"""Refusing at the counter: not accepted, not registered, or papers missing."""

from collections.abc import Iterable

from django.utils import timezone

from ..booking import bookings
from ..materials.checklist import checklist_of, keep_checklist
from ..models import Booking, Refusal, RefusalKind, RefusalReason
from ..models.states import State
from ..write_lock import write_transaction


class RefusalError(Exception):
    """The refusal is incomplete; `message` says what is missing."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def refuse(
    booking: Booking,
    kind: str,
    reasons: Iterable[RefusalReason],
    missing: Iterable[str] = (),
    note: str = "",
    *,
    actor,
    shown: str = "",
    now=None,
) -> Refusal:
    """End a visit without result and keep why, for the notice that people take home.

    `missing` are titles of the booking's checklist, and count where papers are missing alone.
    Raises RefusalError without a reason of this outcome and with one of another,
    IllegalChangeError when the couple is not at the desk, or not as it was `shown`
    (`Booking.shown_as`).
    """
    kind, reasons = RefusalKind(kind), list(reasons)
    asked = [item["title"] for item in checklist_of(booking)]
    is_papers = kind == RefusalKind.PAPERS_MISSING
    missing = [title for title in asked if is_papers and title in set(missing)]
    if problem := _reason_problem(kind, reasons, booking.service):
        raise RefusalError(problem)
    if not reasons and not missing:
        more = "或者勾选还缺的材料" if is_papers else "没有合适的，请主管先添加"
        raise RefusalError(f"请至少选择一项“{kind.label}的原因”，{more}。")
    kept = [
        {"text": reason.text, "basis": reason.basis, "bring": reason.bring} for reason in reasons
    ]
    why = "；".join([*(reason.text for reason in reasons), *(f"缺{title}" for title in missing)])
    with write_transaction():
        keep_checklist(booking)
        refusal = Refusal.objects.create(
            booking=booking,
            kind=kind,
            reasons=kept,
            missing=missing,
            note=note,
            decided_on=timezone.localdate(now),
            decided_by=actor,
            decided_at=now or timezone.now(),
        )
        bookings.change(
            booking,
            State.REFUSED,
            actor=actor,
            note=f"{kind.label}：{why}"[:200],
            shown=shown,
            now=now,
        )
    return refusal


def _reason_problem(kind: RefusalKind, reasons: list[RefusalReason], service) -> str:
    """Which of the reasons cannot be one of this outcome, or ""."""
    for reason in reasons:
        if reason.kind != kind:
            return (
                f"“{reason.text}”是{reason.get_kind_display()}的原因，选的结果却是{kind.label}。"
                "请改选结果，或者取消这一项。"
            )
        if not reason.fits(service):
            return f"“{reason.text}”不能用于{service.title}，请另选原因。"
    return ""


def latest(booking: Booking) -> Refusal | None:
    """Return the refusal that stands, if any."""
    return booking.refusals.filter(undone_at=None).first()


def undo(booking: Booking, now=None) -> None:
    """Mark the refusal as taken back; inside the transaction that resumes the visit."""
    booking.refusals.filter(undone_at=None).update(undone_at=now or timezone.now())
