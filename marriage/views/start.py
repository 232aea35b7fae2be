"""The way in: which service, and what it asks of you before you begin."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..models import BookingRules, Service
from ..wizard import drafts, steps
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
        if would_lose(draft, service) and "again" not in request.POST:
            return _ask_before_starting_again(request, draft, service)
        draft.start(service)
        draft.save()
        response = redirect(steps.first_open(draft).address)
        draft.set_cookie(response, request)
        return response
    rules = BookingRules.load()
    return render(
        request,
        "marriage/start_service.html",
        {
            "service": service,
            "rules": rules,
            "page_totals": steps.totals(service, asks_telephone=rules.telephone_proof != "off"),
            "breadcrumbs": trail(service.title),
        },
    )


def would_lose(draft, service) -> bool:
    """Whether beginning with `service` would destroy what is being filled in, here or in
    another tab."""
    return draft.is_begun and (draft.service != service or bool(draft.people))


def _ask_before_starting_again(request, draft, service):
    context = {"unfinished": draft, "service": service, "breadcrumbs": trail(service.title)}
    return render(request, "marriage/start_again.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def abandon(request):
    """Give up what was begun: GET asks, POST deletes it and the cookie of this browser."""
    draft = drafts.load(request)
    if draft.row is None or draft.booking:
        return redirect("marriage:index")
    if request.method == "POST":
        draft.discard()
        messages.success(request, "填过的内容已经从这台设备上清除。")
        response = redirect("marriage:index")
        response.delete_cookie(drafts.COOKIE, path="/marriage/")
        return response
    context = {"unfinished": draft, "breadcrumbs": trail("放弃预约")}
    return render(request, "marriage/abandon.html", context)


@require_safe
@never_cache
def go_on(request):
    """Back into a booking that was begun, at the first open page."""
    draft = drafts.load(request)
    if draft.service is None or draft.booking:
        return redirect("marriage:index")
    return redirect(steps.first_open(draft).address)
