"""The papers that an application needs, and the days on which they came in."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from place_names.models import NamingApplication, NamingSettings

from .procedure import UNDECIDED
from .requirements import ProcedureError

LONGEST_TITLE = 200


def checklist(application: NamingApplication) -> list[tuple[str, date | None]]:
    """Each paper with the day on which it came in: those asked for, then others that came."""
    is_abolition = application.action == NamingApplication.Action.ABOLISH
    kept = NamingSettings.load().abolition_papers if is_abolition else application.kind.materials
    asked = [line.strip() for line in kept.splitlines() if line.strip()]
    titles = dict.fromkeys([*asked, *application.papers])
    return [(title, _day(application.papers.get(title))) for title in titles]


def missing(application: NamingApplication) -> int:
    return sum(day is None for _, day in checklist(application))


@transaction.atomic
def record(application: NamingApplication, changed: dict[str, date | None]) -> None:
    """Note the day of each paper, or None where it did not come in after all; papers that are not
    in `changed` stay as they are. Raises ProcedureError."""
    application = NamingApplication.objects.select_for_update().get(pk=application.pk)
    if application.state not in UNDECIDED:
        raise ProcedureError("已经决定或者办结，材料清单不再更改。")
    for title, day in changed.items():
        if day is None:
            application.papers.pop(title, None)
            continue
        if day > timezone.localdate():
            raise ProcedureError(f"“{title}”：日期不能晚于今天。")
        if day < application.received_on:
            raise ProcedureError(f"“{title}”：日期不能早于收件日期{application.received_on}。")
        application.papers[title] = day.isoformat()
    application.save(update_fields=["papers"])


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
