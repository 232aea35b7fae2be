"""Changes by mail: ask, confirm from the mailbox, end. No address is ever part of a URL."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from home import rate_limits
from home.messages.addresses import remember_address
from home.models import SectionPage
from home.models.subscriptions import Subscriber
from home.pages.visibility import is_open_to_all
from home.subscriptions import rules
from home.subscriptions.forms import SubscriptionForm
from home.visitors import within_limit

from .feedback import page_path

TOO_MANY = "操作次数太多，请一小时后再试。您填的内容还在下面。"
TOO_MANY_IN_ALL = "现在订阅的人太多，请一小时后再试。您填的内容还在下面。"
IN_ALL = "subscription in all"
NUMBER = re.compile(r"[0-9]{1,15}")


def page_at(request: HttpRequest, path: str) -> Page | None:
    """The public page at `path` whose changes are announced, or the public section."""
    page = Page.find_for_request(request, path) if path else None
    if page is None or not is_open_to_all(page):
        return None
    page = page.specific
    has_changes = isinstance(page, SectionPage) or getattr(page, "announces_changes", False)
    return page if has_changes else None


@sensitive_post_parameters("email")
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form; `?page=` is the path of the page from which the reader comes."""
    given = request.POST if request.method == "POST" else request.GET
    path = page_path(given.get("page", ""))
    page = page_at(request, path)
    form = SubscriptionForm(request.POST if request.method == "POST" else None, page=page)
    status, refused = 200, ""
    if form.is_bound:
        status = 422
        if form.is_valid():
            sent_as = form.sent_as()
            if sent_as and rate_limits.hit("subscription-form", sent_as) > 1:
                return redirect("home:subscription_asked")
            refused, status = _refusal(request), 429
            if not refused:
                remember_address(request)
                followed = form.followed
                rules.ask(
                    form.cleaned_data["email"],
                    Page.objects.get(pk=followed) if followed else None,
                )
                return redirect("home:subscription_asked")
    limits = rules.site_settings()
    context = {
        "form": form,
        "is_form": True,
        "subject": page,
        "path": path,
        "refused": refused,
        "settings": limits,
        "breadcrumbs": [(None, "邮件订阅")],
    }
    return render(request, "home/subscriptions/form.html", context, status=status)


def _refusal(request: HttpRequest) -> str:
    """Why no request is taken now, in words; empty if one is."""
    limits = rules.site_settings()
    if not within_limit(request, "subscription", limits.requests_an_hour):
        return TOO_MANY
    if rate_limits.hit(IN_ALL, "") > limits.requests_an_hour_in_all:
        return TOO_MANY_IN_ALL
    return ""


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """The same words for every address, known or not."""
    context = {
        "days": rules.site_settings().days_to_confirm,
        "breadcrumbs": [("/subscriptions/", "邮件订阅"), (None, "请到邮箱确认")],
    }
    return render(request, "home/subscriptions/asked.html", context)


def _private(response: HttpResponse) -> HttpResponse:
    """The address of the page is a key: no search engine and no other site may learn it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": browsers then post the form with "Origin: null", which is refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more by a button: programs that check mails open every link in them."""
    subscription = rules.asked_for(token)
    if subscription is not None and request.method == "POST":
        rules.confirm(subscription)
        subscription.refresh_from_db()
    context = {
        "subscription": subscription,
        "breadcrumbs": [("/subscriptions/", "邮件订阅"), (None, "确认订阅")],
    }
    status = 200 if subscription else 410
    return _private(render(request, "home/subscriptions/confirm.html", context, status=status))


# Mail programs post without a cookie and without a token of ours (RFC 8058, section 3.2); the
# address itself is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def subscriptions_of(request: HttpRequest, token: str) -> HttpResponse:
    """What an address follows. POST ends one subscription (`stop`), or all of them.

    Opening the page changes nothing: programs that check mails open every link in them.
    """
    subscriber = Subscriber.objects.filter(token=token).first()
    ended = False
    if request.method == "POST" and subscriber is not None:
        one = request.POST.get("stop", "")
        ended = rules.stop(subscriber, int(one) if NUMBER.fullmatch(one) else None)
        subscriber = Subscriber.objects.filter(token=token).first()
    own = subscriber.subscriptions.exclude(confirmed_at=None) if subscriber else []
    context = {
        "subscriber": subscriber,
        "subscriptions": own.select_related("page") if subscriber else [],
        "ended": ended,
        "breadcrumbs": [("/subscriptions/", "邮件订阅"), (None, "我的订阅")],
    }
    # A mail program that unsubscribes twice is right both times.
    status = 200 if subscriber or request.method == "POST" else 410
    return _private(render(request, "home/subscriptions/own.html", context, status=status))
