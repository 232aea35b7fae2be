"""States of a booking and every legal change between them, in one table.

| state | who brings it about | uses capacity | person is bound |
|---|---|---|---|
| held | a citizen who chose a time, or the waiting list | yes | no |
| expired | time: the hold ran out | no | no |
| released | the citizen chose another time | no | no |
| booked | the citizen confirmed | yes | yes |
| displaced | the registry: it closed the time; until moved or cancelled | yes | yes |
| checked_in, in_service | the desk | yes | yes |
| done | the desk | yes | no |
| refused | the desk: not accepted, not registered, or papers missing | yes | no |
| unresolved | a job: nobody ended the visit | yes | no |
| no_show | the desk, or the night after | yes | no |
| cancelled | the citizen, in time; of a displaced booking at any time, and excused | no | no |
| cancelled_late | the desk, for a citizen, after the deadline: counts as a no-show | no | no |
| cancelled_by_office | the desk, when a day is closed; never counts against anybody | no | no |
"""

from django.db import models


class State(models.TextChoices):
    HELD = "held", "占号中"
    EXPIRED = "expired", "占号已过期"
    RELEASED = "released", "已放弃占号"
    BOOKED = "booked", "已预约"
    DISPLACED = "displaced", "待改期"
    CHECKED_IN = "checked_in", "已报到"
    IN_SERVICE = "in_service", "办理中"
    DONE = "done", "已办结"
    REFUSED = "refused", "未能办理"
    UNRESOLVED = "unresolved", "未登记结果"
    NO_SHOW = "no_show", "爽约"
    CANCELLED = "cancelled", "已取消"
    CANCELLED_LATE = "cancelled_late", "逾期取消"
    CANCELLED_BY_OFFICE = "cancelled_by_office", "登记处取消"


LEGAL_CHANGES: dict[State, frozenset[State]] = {
    State.HELD: frozenset({State.BOOKED, State.EXPIRED, State.RELEASED}),
    State.BOOKED: frozenset(
        {
            State.CHECKED_IN,
            State.NO_SHOW,
            State.DISPLACED,
            State.CANCELLED,
            State.CANCELLED_LATE,
            State.CANCELLED_BY_OFFICE,
        }
    ),
    # Moved, or the time opened again; or only half the day closed and they came.
    State.DISPLACED: frozenset(
        {State.BOOKED, State.CHECKED_IN, State.CANCELLED, State.CANCELLED_BY_OFFICE}
    ),
    # A wrong tap at the desk can be taken back, and somebody may leave while waiting.
    State.CHECKED_IN: frozenset(
        {
            State.BOOKED,
            State.IN_SERVICE,
            State.REFUSED,
            State.NO_SHOW,
            State.UNRESOLVED,
            State.CANCELLED_BY_OFFICE,
        }
    ),
    State.IN_SERVICE: frozenset({State.CHECKED_IN, State.DONE, State.REFUSED, State.UNRESOLVED}),
    # A refusal taken back on the same day.
    State.REFUSED: frozenset({State.IN_SERVICE}),
    # Came late after all; or the registry was closed on that day and recorded it later.
    State.NO_SHOW: frozenset({State.CHECKED_IN, State.DISPLACED}),
    State.UNRESOLVED: frozenset(),
    State.EXPIRED: frozenset(),
    State.RELEASED: frozenset(),
    # Ended by mistake, taken back on the same day.
    State.DONE: frozenset({State.IN_SERVICE}),
    State.CANCELLED: frozenset(),
    State.CANCELLED_LATE: frozenset(),
    State.CANCELLED_BY_OFFICE: frozenset(),
}

# Capacity once used stays used: nobody else can be served at an hour that has passed.
USES_CAPACITY = frozenset(
    {
        State.HELD,
        State.BOOKED,
        State.DISPLACED,
        State.CHECKED_IN,
        State.IN_SERVICE,
        State.DONE,
        State.REFUSED,
        State.UNRESOLVED,
        State.NO_SHOW,
    }
)
BINDS_PERSONS = frozenset({State.BOOKED, State.DISPLACED, State.CHECKED_IN, State.IN_SERVICE})
# Still to come: the citizen may move or cancel, and the registry may rebook.
TO_COME = frozenset({State.BOOKED, State.DISPLACED})


class IllegalChangeError(Exception):
    """A change of state that the table above does not know."""


def check_change(old: str, new: str) -> None:
    """Raise IllegalChangeError unless a booking may go from `old` to `new`."""
    if State(new) not in LEGAL_CHANGES[State(old)]:
        raise IllegalChangeError(f"{State(old).label}的预约不能改为{State(new).label}。")
