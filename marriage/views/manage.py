"""Look up, move, cancel; the calendar file; the data that are held."""

import functools
import json

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from home.visitor import visitor_key

from .. import (
    availability,
    booking,
    calendar_page,
    drafts,
    lookup,
    opening,
    personal_data,
    persons,
)
from ..calendar_file import calendar_file
from ..forms import LookupForm
from ..models import BookingRules, Office
from ..questions import needs_power_for_foreign
from ..second_visit import plan_for
from ..states import IllegalChangeError
from .details import COOKIE, remember, remembered, show_booking, what_can_be_done
from .steps import parse_date, trail

TITLE = "查询、改期、取消"


def owner_page(view):
    """A view `view(request, booked, position)` for whoever has looked the booking up."""

    @never_cache
    @functools.wraps(view)
    def page(request, **kwargs):
        booked, position = remembered(request)
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
        form = LookupForm(request.POST)
        if form.is_valid():
            reference, tail = form.cleaned_data["reference"], form.cleaned_data["tail"]
            address = visitor_key(request)
            if problem := lookup.limit_problem(reference, address):
                form.add_error(None, problem)
                status = 429
            else:
                found, position = lookup.find(reference, tail)
                if found:
                    response = redirect("marriage:manage_booking")
                    remember(response, request, found, position)
                    return response
                lookup.count_failure(reference, address)
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
    error = ""
    if request.method == "POST":
        try:
            booking.cancel(booked)
            return redirect("marriage:manage_booking")
        except (booking.BookingError, IllegalChangeError) as problem:
            error = getattr(problem, "message", str(problem))
    rules = BookingRules.load()
    context = what_can_be_done(booked, rules) | {
        "booking": booked,
        "slot": booked.slot,
        "office": booked.office,
        "service": booked.service,
        "rules": rules,
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
    rows = availability.times(office, booked.service, on, rules=rules, window=window)
    if request.method == "POST":
        chosen = {str(row.slot.pk): row.slot for row in rows}.get(request.POST.get("slot", ""))
        try:
            if chosen is None:
                raise booking.NotOnOfferError("请选择下面的一个时间。")
            if problem := persons.too_young_on(booked, on):
                raise booking.NotOnOfferError(problem)
            booking.move(booked, chosen.pk, window=window)
            return redirect("marriage:manage_booking")
        except booking.BookingError as problem:
            error = problem.message
            rows = availability.times(office, booked.service, on, rules=rules, window=window)
    context = what_can_be_done(booked, rules) | {
        "booking": booked,
        "office": office,
        "date": on,
        "rows": rows,
        "problem": "" if rows else opening.why_not(office, booked.service, on),
        "error": error,
        "breadcrumbs": trail(TITLE),
    }
    return render(request, "marriage/move_time.html", context, status=409 if error else 200)


@owner_page
@require_safe
def ics(request, booked, position):
    response = HttpResponse(calendar_file(booked), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request, booked, position):
    """What is held on the person who looked the booking up; POST hands it out as a file."""
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
            "rules": BookingRules.load(),
            "breadcrumbs": trail(TITLE),
        },
    )


@never_cache
@require_http_methods(["POST"])
def leave(request):
    """Forget the booking on this device, for shared computers."""
    response = redirect("marriage:index")
    response.delete_cookie(COOKIE, path="/marriage/")
    response.delete_cookie(drafts.COOKIE, path="/marriage/")
    return response
