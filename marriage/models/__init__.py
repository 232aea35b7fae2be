"""Tables of marriage registration, one module per subject."""

from .bookings import Booking, BookingParty, Draft
from .capacity import (
    CounterAbsence,
    DayClosure,
    Slot,
    WeeklyTemplate,
    WorkingDay,
)
from .lookups import LookupSession
from .objections import NoShowObjection
from .offices import Office
from .peaks import PeakDay, PeakPlan
from .planning import PlanningEntry
from .receipts import Acceptance, AcceptanceParty, Withdrawal
from .records import AuditEntry, HashKey, OutboxMessage
from .refusals import Refusal, RefusalKind, RefusalReason
from .rules import BookingRules
from .services import Material, Service
from .waiting import WaitingEntry

__all__ = [
    "Acceptance",
    "AcceptanceParty",
    "AuditEntry",
    "Booking",
    "BookingParty",
    "BookingRules",
    "CounterAbsence",
    "DayClosure",
    "Draft",
    "HashKey",
    "LookupSession",
    "Material",
    "NoShowObjection",
    "Office",
    "OutboxMessage",
    "PeakDay",
    "PeakPlan",
    "PlanningEntry",
    "Refusal",
    "RefusalKind",
    "RefusalReason",
    "Service",
    "Slot",
    "WaitingEntry",
    "WeeklyTemplate",
    "Withdrawal",
    "WorkingDay",
]
