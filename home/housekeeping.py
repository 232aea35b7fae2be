"""Rows that nobody needs any more: expired sessions, results of finished background tasks,
counts of past hours."""

from datetime import timedelta

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .cache.invalidation import invalidate
from .models import RateCount, SiteSettings

RESULTS_KEPT = timedelta(days=14)
BANNER_CHECKED = timedelta(minutes=3)
"""Longer than the time between two runs of the job."""


def clear_expired() -> None:
    """The daily job; each part may run at any time."""
    call_command("clearsessions")
    old = timezone.now() - RESULTS_KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=old).delete()
    RateCount.objects.filter(expires_at__lt=timezone.now()).delete()


def turn_banner() -> None:
    """Lets cached pages be made again when the notice at their head begins or ends."""
    now = timezone.now()
    due = (now - BANNER_CHECKED, now)
    begins_or_ends = Q(urgent_from__range=due) | Q(urgent_until__range=due)
    if SiteSettings.objects.filter(begins_or_ends).exclude(urgent_notice="").exists():
        invalidate()
