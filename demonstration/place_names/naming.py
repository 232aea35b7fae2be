"""Sample applications to name a place in several states, some of them overdue, and sample
non-standard names (示例)."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from home.models import NoticeIndexPage
from place_names.models import (
    NamingApplication,
    NamingComment,
    NamingConsultation,
    NamingKind,
    NamingStep,
    NonStandardName,
    PlaceName,
    Subdistrict,
)
from place_names.naming import letters, notices, procedure
from place_names.naming.deadlines import is_working_day
from place_names.signs.orders import order_for

FILE = Path(__file__).with_name("naming.toml")
WHO = {"applicant": "示例建设有限公司", "person": "示例联系人", "telephone": "13800000000"}
AUTHORITY = "海珠区人民政府（示例）"
State = NamingApplication.State


def load(progress: Callable[[str], None] = print) -> None:
    """Make each kind once; what is there stays as it is. The register is not changed."""
    today = timezone.localdate()
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if not NamingApplication.objects.exists():
        made = sum(_make(row, today) for row in rows["application"])
        progress(f"命名申请：{made}件示例")
    if not NonStandardName.objects.exists():
        made = sum(_list(row) for row in rows["non_standard"])
        progress(f"不规范地名：{made}个示例")


def working_days_before(today: date, number: int) -> date:
    day = today
    while number > 0:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def decision(day: date) -> dict[str, str]:
    return {"authority": AUTHORITY, "document": f"示例〔{day.year}〕1号"}


def at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _make(row: dict, today: date) -> bool:
    steps = [(state, working_days_before(today, ago), note) for state, ago, note in row["steps"]]
    place = _existing(row["existing"]) if "existing" in row else None
    subdistrict = Subdistrict.objects.filter(name=row.get("existing") or row["subdistrict"]).first()
    if subdistrict is None or ("existing" in row and place is None):
        return False
    point = (place.lon, place.lat) if place else row.get("point", (None, None))
    application = NamingApplication(
        kind=NamingKind.objects.get(slug=row["kind"]),
        name=place.name if place else row["name"],
        subdistrict=subdistrict,
        location=row["location"],
        lon=point[0],
        lat=point[1],
        measures=row.get("measures", {}),
        meaning=row["meaning"],
        reason=row["reason"],
        received_on=steps[0][1],
        is_online=row.get("online", False),
    )
    procedure.receive(application, WHO)
    for state, day, note in steps[1:]:
        if place:
            _step_of_existing(application, place, state, day)
        else:
            decided = decision(day) if state == State.REFUSED else {}
            procedure.advance(application, state, day, note=note, **decided)
            application.refresh_from_db()
    if "consultation" in row:
        _consult(application, row["consultation"], today)
    return True


def _list(row: dict) -> bool:
    """A public non-standard name; those without a day of completion are being put right."""
    place = PlaceName.objects.standard().filter(
        name=row.pop("place"), subdistrict__name=row["subdistrict"]
    )
    subdistrict = Subdistrict.objects.filter(name=row.pop("subdistrict")).first()
    if subdistrict is None or not (found := place.first()):
        return False
    states = NonStandardName.State
    named = NonStandardName(
        **row,
        subdistrict=subdistrict,
        place=found,
        state=states.DONE if "done_on" in row else states.RUNNING,
        basis="《地名管理条例》第九条",
        is_public=True,
    )
    named.full_clean()
    named.save()
    return True


def _existing(subdistrict: str) -> PlaceName | None:
    """A lane of the register whose year is known; never one with a succession of its own."""
    lanes = PlaceName.objects.standard().filter(
        subdistrict__name=subdistrict,
        category__code="23510",
        year_established__isnull=False,
        precursors=None,
        successions=None,
    )
    return lanes.order_by("-year_established", "code").first()


def _step_of_existing(application, place: PlaceName, state: str, day: date) -> None:
    """A step without its effect on the register, where the name stands already."""
    application.state, application.precheck = state, {}
    if state == State.APPROVED:
        application.result, application.decided_on = place, day
        application.authority, application.document = decision(day).values()
    application.save()
    if state == State.APPROVED:
        order_for(application)
    if state == State.ANNOUNCED:
        _publish_notice(application, day)
    step = NamingStep(application=application, state=state, day=day)
    letters.write(step, procedure.terms())
    step.save()


def _publish_notice(application, day: date) -> None:
    """The public notice of that day, where the site has a section for notices."""
    if not NoticeIndexPage.objects.exists():
        return
    page = notices.draft(application, None)
    page.issued_on, page.is_sample = day, True
    page.save_revision().publish()
    application.refresh_from_db()


def _consult(application, row: dict, today: date) -> None:
    closes_on = (
        today + timedelta(days=row["closes_in"])
        if "closes_in" in row
        else working_days_before(today, row["closed"])
    )
    consultation = NamingConsultation.objects.create(
        application=application,
        opened_on=working_days_before(today, row["opened"]),
        closes_on=closes_on,
        text=row["text"],
        outcome=row.get("outcome", ""),
    )
    NamingComment.objects.bulk_create(
        NamingComment(
            consultation=consultation,
            stance=stance,
            text=text,
            state=state,
            reply=reply,
            created_at=at_ten(consultation.opened_on + timedelta(days=number)),
        )
        for number, (stance, text, state, reply) in enumerate(row["comments"])
    )
