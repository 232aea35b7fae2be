"""The screen of the waiting room: numbers and counters, no names; it reloads by itself."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..desk import hall
from ..models import Office

SECONDS = 5


@never_cache
@require_safe
def screen(request, code):
    office = get_object_or_404(Office, code=code)
    context = {
        "office": office,
        "screen": hall.screen(office),
        "now": timezone.localtime(),
        "seconds": SECONDS,
    }
    response = render(request, "marriage/hall.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
