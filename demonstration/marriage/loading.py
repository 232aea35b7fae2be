"""The demonstration: services, three sample registries, their hours, days and places.

Rows are found by their code or slug and never overwritten. Dates are counted from today, so
that there is something to book whenever it is loaded. All that is not from a law is marked
示例.
"""

from datetime import date, time, timedelta

from django.utils import timezone
from wagtail.models import Page

from demonstration.home import service_places
from home.models import ServicePlace
from marriage.materials.changes import tell_if_changed
from marriage.models import (
    Booking,
    BookingRules,
    Office,
    PeakDay,
    PeakPlan,
    Service,
    WeeklyTemplate,
    WorkingDay,
)
from marriage.planning import slot_generation

from . import services as services_with_materials
from . import visitors
from .services import rows_of

HOURS = ((time(9), time(12)), (time(14), time(17)))
PEAK_HOURS = ((time(8, 30), time(12)), (time(13, 30), time(18)))
DAYS_BACK = 120
# 七夕, the seventh day of the seventh month of the lunar calendar.
QIXI = [date(2026, 8, 19), date(2027, 8, 8), date(2028, 8, 26), date(2029, 8, 16), date(2030, 8, 5)]


def load(progress=print) -> None:
    """Add what is missing. A second call on the same day changes nothing."""
    service_places.load(progress)
    services_with_materials.load()
    services = {row["slug"]: _service(row) for row in rows_of("services.json")}
    is_new = not WeeklyTemplate.objects.exists()
    for row in rows_of("offices.json"):
        office, created = _office(row, services)
        if created or is_new:
            _templates(office, row, services)
    today = timezone.localdate()
    slot_generation.ensure_calendar(date(today.year + 1, 12, 31), today - timedelta(days=DAYS_BACK))
    _confirm_what_nobody_announced(today)
    if is_new:
        _peak_days(today)
    made = slot_generation.generate(first=today)
    progress(f"  业务{len(services)}项，登记处{Office.objects.count()}个，新生成时段{made}个")
    for service in Service.objects.filter(materials_told=""):
        tell_if_changed(service)  # Remembers the lists, so that the first change is told.
    if not Booking.objects.exists():
        progress(f"  窗口的示例预约：{visitors.load(today)}个")


def _service(row: dict) -> Service:
    guide = Page.objects.live().filter(slug__in=row["guide_slugs"]).first()
    service = Service.objects.get(slug=row["slug"])
    if service.guide_id is None and guide:
        service.guide = guide
        service.save(update_fields=["guide"])
    return service


def _office(row: dict, services: dict[str, Service]) -> tuple[Office, bool]:
    fields = {key: row[key] for key in row if key not in {"services", "has_peak_plans", "place"}}
    fields["place"] = ServicePlace.objects.get(slug=row["place"])
    office, created = Office.objects.get_or_create(
        code=fields.pop("code"), defaults={**fields, "is_sample": True}
    )
    if created:
        office.services.add(*(services[slug] for slug in row["services"]))
    return office, created


def _templates(office: Office, row: dict, services: dict[str, Service]) -> None:
    if office.mode != Office.Mode.BOOK:
        return
    sizes = {
        row["slug"]: (row["slot_minutes"], row["capacity"]) for row in rows_of("services.json")
    }
    WeeklyTemplate.objects.bulk_create(
        [
            WeeklyTemplate(
                office=office,
                service=services[slug],
                weekday=weekday,
                start=start,
                end=end,
                slot_minutes=sizes[slug][0],
                capacity=sizes[slug][1],
            )
            for slug in row["services"]
            for weekday in range(5)
            for start, end in HOURS
        ],
        ignore_conflicts=True,
    )


def _confirm_what_nobody_announced(today: date) -> None:
    """In a year whose notice the calendar does not know yet, the demonstration would have
    nothing to book: its next days are confirmed by the weekday and say so."""
    last = today + timedelta(days=BookingRules.load().max_days_ahead)
    ahead = WorkingDay.objects.filter(date__range=(today, last), is_confirmed=False)
    ahead.update(is_confirmed=True, note="示例：按星期推测")


def _peak_days(today: date) -> None:
    wanted = []
    for month, day, title in ((2, 14, "2月14日"), (5, 20, "5月20日")):
        year = today.year + (date(today.year, month, day) <= today)
        wanted.append((date(year, month, day), title))
    wanted += [(day, "七夕") for day in QIXI if day > today][:1]
    marriage = Service.objects.filter(kind=Service.Kind.MARRIAGE).first()
    codes = [row["code"] for row in rows_of("offices.json") if row["has_peak_plans"]]
    for day, title in wanted:
        peak, created = PeakDay.objects.get_or_create(
            date=day, defaults={"title": title, "note": "示例方案，以登记处公告为准"}
        )
        if not created:
            continue
        PeakPlan.objects.bulk_create(
            PeakPlan(
                peak_day=peak,
                office=office,
                service=marriage,
                start=start,
                end=end,
                slot_minutes=15,
                capacity=6,
            )
            for office in Office.objects.filter(code__in=codes)
            for start, end in PEAK_HOURS
        )
