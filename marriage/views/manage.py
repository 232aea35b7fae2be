"""Look up, move, cancel; the calendar file; the data that are held."""

import functools
import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from home.messages.addresses import remember_address
from home.visitors import visitor_key

from ..availability import calendar_page, free_times, opening
from ..booking import bookings, lookup, lookup_sessions, persons, standing
from ..booking.claims import full_message
from ..calendar.dates import day_in_words, day_past_deadline
from ..divorce.second_visit import plan_for
from ..materials.questions import needs_power_for_foreign
from ..messages.calendar_file import calendar_file
from ..models import BookingRules, Office
from ..models.states import IllegalChangeError
from ..records import personal_data
from ..wizard import drafts
from .details import COOKIE, opened_booking, remember, show_booking, what_can_be_done
from .forms import LookupForm
from .steps import parse_date, trail

TITLE = "查询、改期、取消"


def owner_page(view):
    """A view `view(request, booked, position)` for whoever has looked the booking up."""

    @never_cache
    @functools.wraps(view)
    def page(request, **kwargs):
        remember_address(request)
        booked, position = opened_booking(request)
        if booked is None:
            return redirect("marriage:manage")
        return view(request, booked, position, **kwargs)

    return page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request):
    """By reference and tail; tries are limited, answers uniform."""
    form, status = LookupForm(), 200
    if request.method == "POST":
        form, status = LookupForm(request.POST), 422
        if form.is_valid():
            reference, tail = form.cleaned_data["reference"], form.cleaned_data["tail"]
            address = visitor_key(request)
            if problem := lookup.count_try(reference, address):
                form.add_error(None, problem)
                status = 429
            else:
                found, position = lookup.find(reference, tail)
                if found:
                    lookup.was_found(reference, address)
                    response = redirect("marriage:manage_booking")
                    remember(response, request, found, position)
                    return response
                form.add_error("reference", lookup.NOT_FOUND)
    return render(
        request,
        "marriage/manage.html",
        {"form": form, "breadcrumbs": trail(TITLE)},
        status=status,
    )


@owner_page
@require_safe
def manage_booking(request, booked, position):
    return show_booking(request, booked, template="manage_booking", breadcrumbs=trail(TITLE))


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, booked, position):
    """GET asks, POST cancels: a link in a mail can never cancel anything."""
    error, rules = "", BookingRules.load()
    if request.method == "POST":
        try:
            was_displaced = booked.is_displaced
            ban = standing.ban_by_cancelling(booked, position, rules)
            bookings.cancel(booked)
            if was_displaced:
                messages.success(request, "您已取消预约，因登记处停办，不计入取消次数。")
            else:
                messages.success(request, f"预约已取消。{ban.message}。" if ban else "预约已取消。")
            return redirect("marriage:manage_booking")
        except (bookings.BookingError, IllegalChangeError) as problem:
            error = getattr(problem, "message", str(problem))
    context = what_can_be_done(booked, rules) | {
        "booking": booked,
        "slot": booked.slot,
        "office": booked.office,
        "service": booked.service,
        "rules": rules,
        "ban": standing.ban_by_cancelling(booked, position, rules),
        "error": error,
        "breadcrumbs": trail(TITLE),
    }
    return render(request, "marriage/cancel.html", context, status=409 if error else 200)


def _window(booked):
    receipt = booked.details.get("receipt")
    if booked.service.is_second_visit and receipt:
        return plan_for(parse_date(receipt["accepted_on"])).window
    return None


def _offices(booked) -> list[Office]:
    offices = Office.objects.booking_here().filter(services=booked.service)
    if booked.service.is_second_visit:
        offices = offices.filter(pk=booked.office_id)
    if needs_power_for_foreign(booked.details.get("answers", {})):
        offices = offices.filter(accepts_foreign=True)
    return list(offices)


@owner_page
@require_safe
def move(request, booked, position):
    """The calendar of the same office, or of another one."""
    offices = _offices(booked)
    wanted = request.GET.get("office", "")
    office = next((o for o in offices if o.code == wanted), None) or booked.office
    window, rules = _window(booked), BookingRules.load()
    months = calendar_page.months(
        office,
        booked.service,
        lambda date: (
            f"{reverse('marriage:move_time', args=[date.isoformat()])}?office={office.code}"
        ),
        window=window,
        rules=rules,
    )
    context = what_can_be_done(booked, rules) | {
        "booking": booked,
        "office": office,
        "offices": offices,
        "months": months,
        "reasons": calendar_page.reasons(months),
        "peak_titles": calendar_page.peak_titles(months),
        "rules": rules,
        "breadcrumbs": trail(TITLE),
    }
    return render(request, "marriage/move.html", context)


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def move_time(request, booked, position, date):
    """The times of a day; POST moves."""
    on = parse_date(date)
    offices = _offices(booked)
    wanted = request.GET.get("office", "")
    office = next((o for o in offices if o.code == wanted), None)
    if on is None or office is None:
        return redirect("marriage:move")
    window, rules = _window(booked), BookingRules.load()
    error = ""
    rows = free_times.times(office, booked.service, on, rules=rules, window=window)
    if request.method == "POST":
        row = {str(row.slot.pk): row for row in rows}.get(request.POST.get("slot", ""))
        try:
            if row is None:
                raise bookings.NotOnOfferError("请选择下面的一个时间。")
            if not row.is_bookable:
                raise bookings.FullError(full_message(row.slot))
            if problem := persons.too_young_on(booked, on):
                raise bookings.NotOnOfferError(problem)
            if "sure" not in request.POST:
                return _ask_before_moving(request, booked, row.slot, rules)
            moved = bookings.move(booked, row.slot.pk, window=window)
            messages.success(
                request, f"已改期，新的时间是{day_in_words(moved.slot.date)}{moved.slot.hours}。"
            )
            return redirect("marriage:manage_booking")
        except bookings.BookingError as problem:
            error = problem.message
            rows = free_times.times(office, booked.service, on, rules=rules, window=window)
    context = what_can_be_done(booked, rules) | {
        "booking": booked,
        "office": office,
        "date": on,
        "near_day": day_past_deadline(on, rules),
        "rows": rows,
        "problem": "" if rows else opening.why_not(office, booked.service, on),
        "error": error,
        "breadcrumbs": trail(TITLE),
    }
    return render(request, "marriage/move_time.html", context, status=409 if error else 200)


def _ask_before_moving(request, booked, chosen, rules):
    """The one question before a booking is moved."""
    context = what_can_be_done(booked, rules) | {
        "booking": booked,
        "chosen": chosen,
        "office": chosen.office,
        "near_day": day_past_deadline(chosen.date, rules),
        "rules": rules,
        "breadcrumbs": trail(TITLE),
    }
    return render(request, "marriage/move_sure.html", context)


@owner_page
@require_safe
def ics(request, booked, position):
    response = HttpResponse(calendar_file(booked), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request, booked, position):
    """What is held on the person who looked the booking up; POST hands it out as a file.

    Both are on record, and the record is among what is shown.
    """
    if request.method == "GET":
        personal_data.record_view(booked, position)
    data = personal_data.held_on(booked, position)
    if request.method == "POST":
        personal_data.record_export(booked, position)
        text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
        response = HttpResponse(
            text.encode("utf-8", "replace"), content_type="application/json; charset=utf-8"
        )
        response["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return response
    return render(
        request,
        "marriage/my_data.html",
        {
            "booking": booked,
            "data": data,
            "may_erase": personal_data.may_be_erased(booked),
            "rules": BookingRules.load(),
            "breadcrumbs": trail(TITLE),
        },
    )


@owner_page
@require_POST
def erase(request, booked, position):
    """Delete what is held on a cancelled booking; afterwards nobody can look it up."""
    if not personal_data.may_be_erased(booked):
        return redirect("marriage:my_data")
    personal_data.erase(booked, f"当事人{position}")
    lookup_sessions.end(request.COOKIES.get(COOKIE, ""))
    response = render(request, "marriage/erased.html", {"breadcrumbs": trail(TITLE)})
    response.delete_cookie(COOKIE, path="/marriage/")
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request):
    """GET leads back to the page with the button. POST ends what this device may see, for shared computers: here, and then its cookies.

    A copy of the cookies opens nothing any more, and a time that was held is free again.
    """
    if request.method != "POST":
        return redirect("marriage:manage_booking")
    lookup_sessions.end(request.COOKIES.get(COOKIE, ""))
    drafts.load(request).discard()
    response = redirect("marriage:index")
    response.delete_cookie(COOKIE, path="/marriage/")
    response.delete_cookie(drafts.COOKIE, path="/marriage/")
    return response
