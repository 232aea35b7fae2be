"""Sample visitors of the registry, plainly marked and without any real number.

The desk and the screen of the waiting room have something to show on every day of the week: on
a day of rest the office is opened for the day by a peak plan, as a registry would do it.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from marriage.booking import bookings
from marriage.desk import hall
from marriage.materials.checklist import materials_for
from marriage.models import Booking, Office, PeakDay, PeakPlan, Service, Slot, WorkingDay
from marriage.models.states import State
from marriage.planning import slot_generation

# How the visitors of a day fare, by their order in the day.
TODAY = (
    (State.CHECKED_IN, State.IN_SERVICE, State.DONE),
    (State.CHECKED_IN, State.IN_SERVICE),
    (State.CHECKED_IN,),
    (State.NO_SHOW,),
    (State.CHECKED_IN,),
    (),
    (),
)
EARLIER = (*((State.CHECKED_IN, State.IN_SERVICE, State.DONE),) * 5, (State.NO_SHOW,))
COMING = ((), (), ())
DAYS_AHEAD = 14
HOURS = ((time(9), time(12)), (time(14), time(17)))
ANSWERS = {"origin": ["mainland"], "earlier_marriage": ["never"], "age": "yes"}


def load(today: date) -> int:
    """Make the visitors of the last working day, of today and of the coming days at the first
    office; returns how many."""
    office = Office.objects.booking_here().order_by("sort_order", "pk").first()
    if office is None:
        return 0
    if not Slot.objects.filter(office=office, date=today).exists():
        _open_on_a_day_of_rest(office, today)
    worked = WorkingDay.objects.filter(is_working=True, is_confirmed=True)
    earlier = worked.filter(date__lt=today).order_by("-date").first()
    made = 0
    if earlier:
        slot_generation.generate(earlier.date, earlier.date, [office])
        made += _visitors(office, earlier.date, EARLIER)
    made += _visitors(office, today, TODAY, now=timezone.now())
    for number in range(1, DAYS_AHEAD + 1):
        made += _visitors(office, today + timedelta(days=number), COMING, now=timezone.now())
    return made


def _open_on_a_day_of_rest(office: Office, day: date) -> None:
    peak, _ = PeakDay.objects.get_or_create(
        date=day, defaults={"title": "示例：休息日加开", "note": "只为演示，让窗口有人可办"}
    )
    marriage = office.services.filter(kind=Service.Kind.MARRIAGE).first()
    PeakPlan.objects.bulk_create(
        [
            PeakPlan(
                peak_day=peak,
                office=office,
                service=marriage,
                start=start,
                end=end,
                slot_minutes=30,
                capacity=4,
            )
            for start, end in HOURS
        ],
        ignore_conflicts=True,
    )
    slot_generation.generate(day, day, [office])


def _visitors(office: Office, day: date, fates, *, now: datetime | None = None) -> int:
    """Make one visitor at each start of a day, as many as there are fates; all
    happens at the hour of the slot, but nothing after `now`."""
    slots = Slot.objects.filter(office=office, date=day).select_related("service")
    by_start = {}
    for slot in slots.order_by("start", "service__sort_order", "service_id"):
        by_start.setdefault(slot.start, slot)
    made = 0
    for fate, slot in zip(fates, by_start.values(), strict=False):
        begins = timezone.make_aware(datetime.combine(day, slot.start))
        at = min(now, begins) if now else begins
        _visitor(slot, fate, at)
        made += 1
    return made


def _visitor(slot: Slot, fate: tuple[State, ...], at: datetime) -> None:
    number = Booking.objects.count() + 1
    people = [
        {
            "name": f"示例{side}{number}",
            "id_type": "other",
            "id_number": f"SAMPLE{number:010}{position:02}",
            "phone": "",
            "email": "",
        }
        for position, side in enumerate("甲乙", start=1)
    ]
    checklist = materials_for(slot.service, ANSWERS)
    held = bookings.hold(slot.pk, check=False, now=at)
    visitor = bookings.confirm(
        held.hold_token,
        people[: slot.service.party_count],
        details={"answers": ANSWERS, "checklist": checklist},
        now=at,
    )
    for state in fate:
        visitor = bookings.change(visitor, state, label="示例", note="示例", now=at)
        if state == State.CHECKED_IN:
            visitor = hall.issue_ticket(visitor, at)
        elif state == State.IN_SERVICE:
            visitor = hall.call(visitor, "1", at)
            visitor.materials_ticked = [material["title"] for material in checklist]
            visitor.save(update_fields=["materials_ticked"])
