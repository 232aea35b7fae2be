"""When the second visit is possible: a calculator that stands alone."""

import datetime

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..calendar.dates import local_now
from ..divorce.receipt_typing import closed_on
from ..divorce.second_visit import plan_for
from ..models import BookingRules, Service
from .forms import PlannerForm
from .steps import trail


@require_safe
def planner(request):
    """From the date of the receipt: until when to withdraw, from when to when to come."""
    asked = "accepted_on" in request.GET
    form = PlannerForm(request.GET if asked else None)
    rules = BookingRules.load()
    context = {"form": form, "rules": rules, "breadcrumbs": trail("领证日期计算")}
    if asked and form.is_valid():
        plan = plan_for(form.cleaned_data["accepted_on"], rules)
        today = local_now().date()
        context |= {
            "plan": plan,
            "closed": closed_on(plan.accepted),
            "differs": plan.rolled != plan.not_rolled,
            "today": today,
            "is_over": today > plan.counter.last,
            "is_open": today in plan.window,
            "only_counter": plan.window.last < today <= plan.counter.last,
            "opens_on": plan.window.first - datetime.timedelta(days=rules.max_days_ahead),
            "service": Service.objects.offered()
            .filter(kind=Service.Kind.DIVORCE_CERTIFICATE)
            .first(),
        }
    status = 422 if asked and form.errors else 200
    return render(request, "marriage/planner.html", context, status=status)
