"""Applications in figures, by the year in which they were received."""

from dataclasses import dataclass, field
from datetime import date
from statistics import median

from place_names.models import NamingApplication

from .deadlines import (
    Terms,
    after_working_days,
    decision_counts_from,
    first_days,
    working_days,
)

State = NamingApplication.State


@dataclass
class Year:
    """Counts of one year; `days` holds the working days to each decision (see `decision_counts_from`)."""

    year: int
    received: int = 0
    approved: int = 0
    refused: int = 0
    declined: int = 0
    withdrawn: int = 0
    running: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def median_days(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def longest(self) -> int | None:
        return max(self.days, default=None)


OUTCOMES = {
    State.APPROVED: "approved",
    State.FILED: "approved",
    State.ANNOUNCED: "approved",
    State.REFUSED: "refused",
    State.DECLINED: "declined",
    State.WITHDRAWN: "withdrawn",
}


def years(terms: Terms, today: date) -> list[Year]:
    """Newest first. An application is late whose decision came, or has not come, after its last
    day; the term is that of the setting now."""
    found: dict[int, Year] = {}
    applications = NamingApplication.objects.prefetch_related("steps").only(
        "state", "received_on", "decided_on"
    )
    for application in applications.order_by("received_on", "pk"):
        year = application.received_on.year
        _add(found.setdefault(year, Year(year)), application, terms, today)
    return sorted(found.values(), key=lambda each: -each.year)


def _add(row: Year, application: NamingApplication, terms: Terms, today: date) -> None:
    row.received += 1
    outcome = OUTCOMES.get(application.state, "running")
    setattr(row, outcome, getattr(row, outcome) + 1)
    days = first_days(application.steps.all())
    if State.ACCEPTED not in days:
        return
    start = decision_counts_from(days, terms)
    decided = application.decided_on
    if decided:
        row.days.append(working_days(start, decided))
    if (decided or outcome == "running") and (decided or today) > after_working_days(
        start, terms.decision_days
    ):
        row.late += 1
