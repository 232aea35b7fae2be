"""The way in: which service, and what it asks of you before you begin."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import drafts, flow
from ..models import BookingRules, Service
from .steps import trail


@require_safe
@never_cache
def start(request):
    """All services on offer, and a way back into a booking that was begun."""
    draft = drafts.load(request)
    return render(
        request,
        "marriage/start.html",
        {
            "services": Service.objects.offered(),
            "unfinished": draft if draft.service and not draft.booking else None,
            "rules": BookingRules.load(),
            "breadcrumbs": [(None, "婚姻登记预约")],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start_service(request, slug):
    """What this service takes; POST begins."""
    service = get_object_or_404(Service.objects.offered().select_related("guide"), slug=slug)
    if request.method == "POST":
        draft = drafts.load(request)
        draft.start(service)
        draft.save()
        response = redirect(flow.first_open(draft).address)
        draft.set_cookie(response, request)
        return response
    return render(
        request,
        "marriage/start_service.html",
        {
            "service": service,
            "rules": BookingRules.load(),
            "page_total": len(flow.steps_of(service)),
            "breadcrumbs": trail(service.title),
        },
    )


@require_safe
@never_cache
def go_on(request):
    """Back into a booking that was begun, at the first open page."""
    draft = drafts.load(request)
    if draft.service is None or draft.booking:
        return redirect("marriage:index")
    return redirect(flow.first_open(draft).address)
