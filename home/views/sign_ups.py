"""Signing up for an event, and withdrawing. Names and references never appear in URLs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from home.models import EventPage
from home.models.sign_ups import EventPlaces, SignUp, SignUpSettings
from home.one_time import sent_before
from home.pages.visibility import page_for_reader
from home.sign_ups.forms import ReferenceForm, SignUpForm
from home.sign_ups.rules import SignUpRefusedError, sign_up, why_closed, withdraw
from home.visitors import within_limit

COOKIE, SALT = "signed_up", "home.sign-ups"
TOO_MANY = "操作次数太多，请一小时后再试。"


def event_called(request: HttpRequest, slug: str) -> EventPage:
    return page_for_reader(request, EventPage.objects, slug)


def crumbs(event: EventPage | None, label: str) -> list[tuple[str | None, str]]:
    above = [(event.url, event.title)] if event else []
    return [("/notices/", "通知公告"), *above, (None, label)]


def _within_limit(request: HttpRequest, action: str) -> bool:
    return within_limit(request, action, SignUpSettings.for_request(request).sign_ups_an_hour)


@sensitive_post_parameters("name", "phone")
@never_cache
def sign_up_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; a full or closed event shows the reason instead."""
    event = event_called(request, slug)
    closed = why_closed(event)
    form = SignUpForm(request.POST if request.method == "POST" and not closed else None)
    status, refused = 200, ""
    if form.is_bound:
        status = 422
        if form.is_valid():
            if earlier := sent_before(SignUp, form.sent_as()):
                return _to_reference(request, event, earlier)
            if not _within_limit(request, "sign-up"):
                refused, status = TOO_MANY, 429
            else:
                try:
                    return _signed_up(request, event, form)
                except SignUpRefusedError as error:
                    if earlier := sent_before(SignUp, form.sent_as()):
                        return _to_reference(request, event, earlier)
                    refused, status = str(error), 409
    context = {
        "event": event,
        "form": form,
        "is_form": True,
        "closed": closed,
        "refused": refused,
        "places": EventPlaces.objects.filter(event=event).first(),
        "days_kept": SignUpSettings.for_request(request).days_kept,
        "breadcrumbs": crumbs(event, "报名"),
    }
    return render(request, "home/sign_ups/form.html", context, status=status)


def _signed_up(request: HttpRequest, event: EventPage, form: SignUpForm) -> HttpResponse:
    told = form.cleaned_data
    entry = sign_up(event, told["name"], told["phone"], form.sent_as())
    return _to_reference(request, event, entry)


def _to_reference(request: HttpRequest, event: EventPage, entry: SignUp) -> HttpResponse:
    response = redirect("home:signed_up", event.slug)
    response.set_signed_cookie(
        COOKIE,
        entry.reference,
        salt=SALT,
        max_age=3600,
        path="/notices/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
def signed_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows the reference of the new sign-up; it is in a cookie, not in the URL."""
    event = event_called(request, slug)
    reference = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=3600)
    entry = SignUp.objects.filter(reference=reference, event=event).first() if reference else None
    if entry is None:
        return redirect("home:sign_up", slug)
    context = {"event": event, "entry": entry, "breadcrumbs": crumbs(event, "报名成功")}
    return render(request, "home/sign_ups/done.html", context)


@sensitive_post_parameters("reference")
@never_cache
def withdrawal(request: HttpRequest) -> HttpResponse:
    """Looks up a sign-up by its reference, then deletes it after confirmation."""
    form = ReferenceForm(request.POST or None)
    entry = event = None
    status = 200
    if request.method == "POST":
        status = 422
        if not _within_limit(request, "sign-up-lookup"):
            form.is_valid()
            form.add_error(None, TOO_MANY)
            status = 429
        elif form.is_valid():
            reference = form.cleaned_data["reference"]
            entry = SignUp.objects.select_related("event").filter(reference=reference).first()
            if entry is None:
                form.add_error(
                    "reference", "没有找到这个编号。可能已经退出，或者活动结束后已删除。"
                )
            else:
                status = 200
                if request.POST.get("confirm") == "yes" and entry.event.ends_at > timezone.now():
                    event, entry = withdraw(reference), None
    context = {
        "form": form,
        "entry": entry,
        "withdrawn": event,
        "breadcrumbs": crumbs(None, "退出报名"),
    }
    return render(request, "home/sign_ups/withdrawal.html", context, status=status)
