"""A visit at the counter: what can be done with it now, its materials, its end."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ..booking import bookings
from ..divorce import receipts, voiding
from ..divorce.second_visit import certificate_problem
from ..materials.checklist import checklist_of, keep_checklist
from ..models import AuditEntry, Booking, Service
from ..models.states import LEGAL_CHANGES, IllegalChangeError, State
from ..records import audit
from ..write_lock import write_transaction
from . import hall, refusals

# What the desk may do, in the order of a visit. Cancelling has a page of its own.
STEPS = {
    State.CHECKED_IN: "报到",
    State.IN_SERVICE: "开始办理",
    State.DONE: "办结",
    State.NO_SHOW: "未到（爽约）",
}
TAKEN_BACK = {
    (State.CHECKED_IN, State.BOOKED): "撤销报到",
    (State.IN_SERVICE, State.CHECKED_IN): "退回等候",
    (State.NO_SHOW, State.CHECKED_IN): "迟到，补报到",
    (State.REFUSED, State.IN_SERVICE): "撤销，继续办理",
    (State.DONE, State.IN_SERVICE): "撤销办结，继续办理",
}


@dataclass(frozen=True)
class Step:
    """One thing that can be done with a booking now."""

    state: State
    label: str
    is_main: bool = False


def steps(booking: Booking, now=None, *, on_its_page=False) -> list[Step]:
    """Return what the desk can do with a booking now.

    People are received on their day only, and nobody is a no-show before their time. A first
    visit ends with a receipt and a second one only when its receipt is in order; both end on
    the page of the booking, where that is seen, and where an end is taken back on its day.
    """
    now = timezone.localtime(now)
    legal = LEGAL_CHANGES[State(booking.state)]
    slot = booking.slot
    is_today = slot.date == now.date()
    has_begun = slot.date < now.date() or (is_today and slot.start <= now.time())
    found = []
    for state, label in STEPS.items():
        if state not in legal or (booking.state, state) in TAKEN_BACK:
            continue
        if state == State.CHECKED_IN and not is_today:
            continue
        if state == State.NO_SHOW and not has_begun:
            continue
        if state == State.DONE and not _may_end(booking, now.date(), on_its_page):
            continue
        found.append(Step(state, label, is_main=not found and state != State.NO_SHOW))
    for (old, new), label in TAKEN_BACK.items():
        if booking.state != old:
            continue
        if old == State.DONE and not (on_its_page and _was_ended_on(booking, now.date())):
            continue
        if is_today or old in (State.IN_SERVICE, State.DONE):
            found.append(Step(new, label))
    return found


def _was_ended_on(booking: Booking, day: date) -> bool:
    return bool(booking.ended_at) and timezone.localdate(booking.ended_at) == day


def _may_end(booking: Booking, today: date, on_its_page: bool) -> bool:
    if booking.service.kind == Service.Kind.DIVORCE_APPLICATION:
        return False
    if booking.service.is_second_visit:
        return on_its_page and not certificate_problem(booking, today)
    return True


class MaterialsMissingError(Exception):
    """A visit cannot end well yet: `missing` are the materials that nobody has ticked."""

    def __init__(self, missing: list[str]):
        super().__init__("materials not ticked")
        self.missing = missing


def unticked(booking: Booking) -> list[str]:
    """Return the titles of the checklist that were not seen, without those that only some bring."""
    wanted = [item["title"] for item in checklist_of(booking) if not item.get("by_case")]
    return [title for title in wanted if title not in booking.materials_ticked]


def take_step(
    booking: Booking, new: str, *, actor, shown: str = "", reason: str = "", now=None
) -> Booking:
    """Do one step. A visit ends with all materials ticked or with a `reason` why not.

    `shown` is `Booking.shown_as` of the page that was acted on. Raises IllegalChangeError when
    the step cannot be done (any more), MaterialsMissingError.
    """
    if shown:
        bookings.check_shown(booking, shown)
    if new not in {step.state for step in steps(booking, now, on_its_page=True)}:
        raise IllegalChangeError(
            f"“{booking.get_state_display()}”的预约现在不能这样处理，请看最新状态。"
        )
    note = ""
    if new == State.DONE and (missing := unticked(booking)):
        if not reason:
            raise MaterialsMissingError(missing)
        note = f"材料未核齐：{reason}"
    with write_transaction():
        if new == State.DONE:
            keep_checklist(booking)
        changed = bookings.change(booking, State(new), actor=actor, note=note, shown=shown, now=now)
        if new == State.CHECKED_IN:
            hall.issue_ticket(changed, now)
        if booking.state == State.REFUSED:
            refusals.undo(booking, now)
        if booking.state == State.DONE:
            voiding.void(changed, actor=actor, now=now)
            if booking.service.is_second_visit:
                voiding.take_back_certificate(changed, actor=actor, now=now)
        if new == State.DONE and booking.service.is_second_visit:
            receipts.finish(booking, now)
    return changed


def tick(booking: Booking, titles: list[str], *, actor) -> list[str]:
    """Keep which materials of the checklist were seen; returns those still missing. Raises
    IllegalChangeError once the visit is over."""
    if not booking.is_live:
        raise IllegalChangeError(f"“{booking.get_state_display()}”的预约，材料清单不能再改。")
    wanted = [item["title"] for item in checklist_of(booking)]
    ticked = [title for title in wanted if title in titles]
    if ticked != booking.materials_ticked:
        booking.materials_ticked = ticked
        booking.save(update_fields=["materials_ticked"])
        note = f"已核{len(ticked)}项，共{len(wanted)}项"
        audit.record(booking, AuditEntry.Action.CHECKED, actor=actor, note=note)
    return [title for title in wanted if title not in ticked]
