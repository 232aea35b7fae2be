"""Tables of marriage registration, one module per subject."""

from .bookings import Acceptance, Booking, BookingParty, Draft
from .capacity import DayClosure, PeakDay, PeakPlan, Slot, WeeklyTemplate, WorkingDay
from .offices import Office
from .records import AuditEntry, HashKey, OutboxMessage, RateCount
from .rules import BookingRules
from .services import Material, Service
from .waiting import WaitingEntry

__all__ = [
    "Acceptance",
    "AuditEntry",
    "Booking",
    "BookingParty",
    "BookingRules",
    "DayClosure",
    "Draft",
    "HashKey",
    "Material",
    "Office",
    "OutboxMessage",
    "PeakDay",
    "PeakPlan",
    "RateCount",
    "Service",
    "Slot",
    "WaitingEntry",
    "WeeklyTemplate",
    "WorkingDay",
]
