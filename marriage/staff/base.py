"""What the staff pages share: rights, the office one works at, and the menu's trail."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.messages.addresses import remember_address

from ..models import Office

OFFICE_KEY = "marriage_office"
COUNTER_KEY = "marriage_counter"


class StaffView(WagtailAdminTemplateMixin, View):
    """A page of the registry within Wagtail's frame; subclasses name the right it takes."""

    permission_required = "marriage.work_at_desk"
    header_icon = "calendar-check"
    belongs_to = "desk"  # The page on which the buttons of a page without GET are.

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission_required):
            raise PermissionDenied
        # Reasons and notes are read without a form, which would refuse it; PostgreSQL does.
        if any("\x00" in text for _name, typed in request.POST.lists() for text in typed):
            raise BadRequest
        remember_address(request)
        return super().dispatch(request, *args, **kwargs)

    def http_method_not_allowed(self, request, *args, **kwargs):
        """Lead on whoever comes by GET to what a button does: they have logged in again, or
        went back."""
        if request.method not in ("GET", "HEAD"):
            return super().http_method_not_allowed(request, *args, **kwargs)
        messages.warning(request, "刚才的操作没有办成，没有作任何改动。请看最新状态，再办理。")
        about = [kwargs["pk"]] if self.belongs_to in ("visit", "receipt") else []
        return redirect(f"marriage_staff:{self.belongs_to}", *about)

    def offices(self):
        """Return the offices at which this person works."""
        return Office.objects.of(self.request.user)

    def check_office(self, office: Office) -> None:
        """Raise PermissionDenied unless this person works at the office."""
        if not self.offices().filter(pk=office.pk).exists():
            raise PermissionDenied

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("marriage_staff:desk"), "label": "婚姻登记"},
            {"url": "", "label": self.get_page_title()},
        ]

    def render(self, status=200, **context):
        return self.render_to_response(self.get_context_data(**context), status=status)


def chosen_office(request) -> Office | None:
    """Return the office of the form that was sent, else the one asked for in the address, else
    the last one looked at, else the first that books here; of those at which the person works.

    Every form that acts for an office carries it, as another one may have been looked at since
    in another tab. Raises PermissionDenied when the form's is not one of theirs.
    """
    sent = request.POST.get("office")
    wanted = sent or request.GET.get("office") or request.session.get(OFFICE_KEY)
    offices = list(Office.objects.of(request.user))
    office = next((each for each in offices if str(each.pk) == str(wanted)), None)
    if office is None and sent:
        raise PermissionDenied
    if office is None:
        here = [each for each in offices if each.mode == Office.Mode.BOOK]
        office = next(iter(here or offices), None)
    if office and request.session.get(OFFICE_KEY) != office.pk:
        request.session[OFFICE_KEY] = office.pk
    return office


def chosen_day(request, name="day", default=None):
    """Return the day asked for in the address; what is no date counts as not asked for."""
    try:
        day = parse_date(request.GET.get(name, "")[:10])
    except ValueError:
        day = None
    return day if day and 2000 <= day.year <= 2100 else default
