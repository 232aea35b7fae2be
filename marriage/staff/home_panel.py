"""What the registry's staff see first after logging in."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from .. import closing, desk
from ..models import Office
from .base import OFFICE_KEY


class TodayPanel(Component):
    """Today at the office one works at, and what waits for a manager."""

    name = "marriage_today"
    template_name = "marriage/staff/home_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        offices = list(Office.objects.all())
        wanted = request.session.get(OFFICE_KEY)
        here = [each for each in offices if each.mode == Office.Mode.BOOK]
        office = next((each for each in offices if each.pk == wanted), None)
        office = office or next(iter(here or offices), None)
        today = timezone.localdate()
        is_manager = request.user.has_perm("marriage.change_slot")
        return {
            "office": office,
            "today": today,
            "counts": desk.counts(desk.day_list(office, today)) if office else {},
            "affected_count": closing.on_closed_days().count() if is_manager else 0,
        }
