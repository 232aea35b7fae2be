"""The desk: today's list, kept up to date, and one step with one booking."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ..booking.bookings import check_shown
from ..desk import lists, visits
from ..models import Booking
from ..models.states import IllegalChangeError
from .base import StaffView, chosen_day, chosen_office
from .people import masked

POLL_SECONDS = 10


class Row:
    """One line of the list: a booking, its people as staff see them, what can be done."""

    def __init__(self, booking: Booking, now):
        self.booking = booking
        self.people = masked(booking)
        self.steps = visits.steps(booking, now)


def rows_of(bookings, now=None) -> list[Row]:
    now = timezone.localtime(now)
    return [Row(booking, now) for booking in bookings]


class DeskView(StaffView):
    """Today's people by time; a search looks further."""

    page_title = "今日窗口"
    template_name = "marriage/staff/desk.html"

    def get(self, request):
        return self.show(request.GET.get("q", ""))

    def post(self, request):
        """A search comes by POST: ID numbers stay out of addresses."""
        return self.show(request.POST.get("q", ""))

    def show(self, typed: str):
        request, today = self.request, timezone.localdate()
        office, day = chosen_office(request), chosen_day(request, default=today)
        searched = typed.strip()[:200]
        # Read before the list: what changes in between is then asked for again.
        version = lists.version(office, day)
        found = lists.find(searched, self.offices(), office, day) if searched else None
        if found is not None and len(found) == 1:
            return redirect("marriage_staff:visit", found[0].pk)
        rows = rows_of(lists.day_list(office, day)) if office else []
        return self.render(
            office=office,
            offices=self.offices(),
            day=day,
            today=today,
            searched=searched,
            found=None if found is None else rows_of(found),
            left_open=rows_of(lists.unfinished(office, today)) if office else [],
            poll_seconds=POLL_SECONDS,
            version=version,
            nearest_days=[] if rows or not office else lists.nearest_days(office, day),
            list_html=list_html(request, rows),
        )


class DeskListView(StaffView):
    """The list alone, asked for again and again by the page; says 204 when nothing moved."""

    def get(self, request):
        office, day = chosen_office(request), chosen_day(request, default=timezone.localdate())
        version = lists.version(office, day)
        if request.GET.get("version") == version:
            return HttpResponse(status=204)
        rows = rows_of(lists.day_list(office, day)) if office else []
        return JsonResponse({"html": list_html(request, rows), "version": version})


def list_html(request, rows: list[Row]) -> str:
    context = {"rows": rows, "counts": lists.counts(row.booking for row in rows)}
    return render_to_string("marriage/staff/desk_list.html", context, request)


class StepView(StaffView):
    """One step with one booking, by POST."""

    http_method_names = ["post"]
    belongs_to = "visit"

    def post(self, request, pk):
        booking = get_object_or_404(
            Booking.objects.confirmed().select_related("slot", "service", "office"), pk=pk
        )
        self.check_office(booking.office)
        shown = request.POST.get("shown", "")
        try:
            check_shown(booking, shown)
            if booking.is_live and "lists_materials" in request.POST:
                visits.tick(booking, request.POST.getlist("material"), actor=request.user)
            changed = visits.take_step(
                booking,
                request.POST.get("step", ""),
                shown=shown,
                reason=request.POST.get("missing_reason", "").strip()[:100],
                actor=request.user,
            )
        except visits.MaterialsMissingError as refusal:
            missing = "、".join(refusal.missing)
            messages.error(
                request, f"还有材料没有勾选：{missing}。请核对后勾选，或者写明仍然办结的原因。"
            )
            return redirect("marriage_staff:visit", pk)
        except (IllegalChangeError, ValueError) as refusal:
            text = refusal.args[0] if isinstance(refusal, IllegalChangeError) else "没有这一步。"
            messages.error(request, text)
        else:
            label = changed.get_state_display()
            messages.success(request, f"{changed.display_reference}：{label}。")
        if request.POST.get("next") == "visit":
            return redirect("marriage_staff:visit", pk)
        return redirect(
            f"{reverse('marriage_staff:desk')}?office={booking.office_id}"
            f"&day={booking.slot.date:%Y-%m-%d}"
        )
