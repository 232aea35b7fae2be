"""What the registry's staff see first after logging in."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..desk import lists
from ..models import Office
from ..planning import closures
from .base import OFFICE_KEY


class TodayPanel(Component):
    """Today at the office one works at, and what waits for a manager."""

    name = "marriage_today"
    template_name = "marriage/staff/home_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        offices = list(Office.objects.of(request.user))
        wanted = request.session.get(OFFICE_KEY)
        here = [each for each in offices if each.mode == Office.Mode.BOOK]
        office = next((each for each in offices if each.pk == wanted), None)
        office = office or next(iter(here or offices), None)
        today = timezone.localdate()
        is_manager = request.user.has_perm("marriage.change_slot")
        return {
            "office": office,
            "today": today,
            "counts": lists.counts(lists.day_list(office, today)) if office else {},
            "affected_count": closures.to_settle().count() if is_manager else 0,
        }
