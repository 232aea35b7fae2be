"""Who applied, in full: for the officer who has to call, and noted in the log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from place_names.models import NamingApplication

from .naming_access import CHANGE, allow

SEEN = "place_names.applicant_seen"


@require_POST
@never_cache
def telephone(request: HttpRequest, pk: int) -> HttpResponse:
    """The telephone of the applicant; elsewhere it is masked."""
    allow(request, CHANGE)
    found = get_object_or_404(NamingApplication, pk=pk)
    log(instance=found, action=SEEN, user=request.user)
    context = {"application": found, "applicant": found.applicant}
    return render(request, "place_names/staff/naming_telephone.html", context)
