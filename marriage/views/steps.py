"""What all pages of the booking have in common: the draft, the order, the hold."""

import datetime
import functools

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.messages.addresses import remember_address
from home.pages.translations import other_language

from ..booking import bookings
from ..divorce.second_visit import plan_for
from ..wizard import drafts, steps

START = "marriage:index"


def step_page(name: str):
    """A view `view(request, draft, step)` for one page of the order.

    Sends away whoever has not chosen a service, has a booking already, or has left an earlier
    page open. Pages after the choice of a time get `draft.hold`, or lead to other times when
    it ran out.
    """

    def decorate(view):
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @functools.wraps(view)
        def page(request: HttpRequest, detail: str = "", **kwargs) -> HttpResponse:
            remember_address(request)
            draft = drafts.load(request)
            if draft.was_cleared:
                messages.info(
                    request,
                    f"超过{draft.rules.draft_personal_minutes}分钟没有操作，"
                    "为保护个人信息，填过的姓名、证件和手机号码已经清除，请重新填写。",
                )
            if draft.booking:
                return redirect("marriage:done")
            if draft.service is None:
                messages.info(request, "请先选择要办理的业务。")
                return redirect(START)
            step = next(
                (s for s in steps.steps_for(draft) if (s.name, s.detail) == (name, detail)),
                None,
            )
            if step is None:
                return redirect(steps.first_open(draft).address)
            draft.hold = bookings.live_hold(draft.token)
            earlier = steps.blocked_by(step, draft)
            if earlier:
                return redirect(earlier.address)
            if step.phase >= 4 and draft.hold is None and request.method != "POST":
                return redirect("marriage:lost")
            return view(request, draft, step, **kwargs)

        return page

    return decorate


def show(
    request: HttpRequest, template: str, draft, step, *, status: int = 200, **context
) -> HttpResponse:
    """Render a page of the order with its progress, hold and way back (`back`, where it is not
    the page before). A form with errors answers 422 unless `status` says more."""
    form = context.get("form")
    if status == 200 and form is not None and form.errors:
        status = 422
    context = {
        "draft": draft,
        "service": draft.service,
        "step": step,
        "progress": steps.progress(step, draft),
        "back": steps.before(step, draft),
        "hold": getattr(draft, "hold", None),
        "breadcrumbs": trail(draft.service.title),
        "is_form": True,
        "english_help": english_guide(draft.service),
        **context,
    }
    return render(request, f"marriage/{template}.html", context, status=status)


def english_guide(service) -> str:
    """The English guide that explains the form page by page, or what stands nearest to it."""
    return other_language(service.guide.url or "/") if service.guide else ""


def trail(*labels: str) -> list[tuple[str | None, str]]:
    """Breadcrumbs below 预约婚姻登记."""
    return [(reverse(START), "婚姻登记预约"), *((None, label) for label in labels)]


def go_on(draft, step) -> HttpResponse:
    return redirect(steps.after(step, draft).address)


def window_of(draft):
    """The days of the second visit, or None for every other service."""
    receipt = draft.data.get("receipt")
    if not (draft.service.is_second_visit and receipt):
        return None
    return plan_for(parse_date(receipt["accepted_on"])).window


def parse_date(text: str) -> datetime.date | None:
    """A date of this century from ISO text, or None: about others there is nothing to say."""
    try:
        day = datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return day if day.year // 100 == 20 else None
