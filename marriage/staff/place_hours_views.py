"""The step before exceptional hours of an office's service place become public.

They displace the bookings outside them as a closure does, so the same is shown first: who is
concerned and what they will be told. Runs as hooks of Wagtail's page for service places.
"""

from django.contrib import messages
from django.urls import resolve, reverse
from django.utils.html import format_html
from wagtail.admin.panels import get_edit_handler

from home.models import ServiceHoursException, ServicePlace

from ..messages.delivery import told_in_words
from ..models import Office
from ..planning import closures
from . import closing
from .base import StaffView

# What the buttons of the page send that may make a draft public.
PUBLISHING = ("action-publish", "action-workflow-action", "workflow-action-name")
SEES_PEOPLE = "marriage.change_slot"


class PlaceHoursView(StaffView):
    """The bookings that the new hours displace. Editors without a right at the registry are
    told how many there are, and of nobody."""

    page_title = "开放时间有变"
    template_name = "marriage/staff/closing.html"
    permission_required = "wagtailadmin.access_admin"

    def post(self, request, place, preview):
        seen = request.POST.get("seen")
        return self.render(
            what=f"{place.name}：例外日子",
            act="publish",
            edit_words="先存为草稿，不公开",
            preview=preview,
            hides_people=not request.user.has_perm(SEES_PEOPLE),
            hidden=closing.hidden(request.POST),
            has_changed=bool(seen),
        )

    def get_breadcrumbs_items(self):
        back = reverse("wagtailsnippets_home_serviceplace:edit", args=[self.kwargs["place"].pk])
        return [
            *self.breadcrumbs_items,
            {"url": back, "label": self.kwargs["place"].name},
            {"url": "", "label": self.page_title},
        ]


def ask_before_publishing(request, place):
    """Show who is concerned before new hours are published; None when nobody is."""
    if not (request.method == "POST" and _has_bookings(place)):
        return None
    if not _publishes(request):
        return None
    if request.POST.get("act") == "edit":
        return _as_draft(request)
    rows = _typed_exceptions(request, place)
    if rows is None:
        return None
    known = {booking.pk for booking in closures.would_displace(lambda: None)}
    after = closures.would_displace(lambda: _replace(place, rows))
    displaced = [booking for booking in after if booking.pk not in known]
    if not displaced:
        return None
    preview = closing.preview(displaced, request.POST)
    if request.POST.get("seen") == preview.seen:
        return None
    return PlaceHoursView.as_view()(request, place=place, preview=preview)


def settle_after_publishing(request, place):
    """Tell the people at once, not only when the job comes by."""
    if not _has_bookings(place):
        return
    displaced, restored = closures.settle(actor=request.user)
    sees_people = request.user.has_perm(SEES_PEOPLE)
    told, told_again = (
        told_in_words(each) if sees_people else "" for each in (displaced, restored)
    )
    if displaced:
        text = "{}个预约在新的开放时间以外，已列为待改期。{}"
        if sees_people:
            text += '<a href="{}">安排改期</a>'
        address = reverse("marriage_staff:affected")
        messages.warning(request, format_html(text, len(displaced), told, address))
    if restored:
        messages.success(request, f"{len(restored)}个预约恢复有效。{told_again}")


def _as_draft(request):
    """What the page answers to the same form without the button that publishes."""
    request.POST = request.POST.copy()
    for name in PUBLISHING:
        request.POST.pop(name, None)
    page = resolve(request.path_info)
    return page.func(request, *page.args, **page.kwargs)


def _publishes(request) -> bool:
    if "action-publish" in request.POST:
        return request.user.has_perm("home.publish_serviceplace")
    return "approve" in request.POST.get("workflow-action-name", "")


def _has_bookings(place) -> bool:
    return isinstance(place, ServicePlace) and Office.objects.filter(place=place.pk).exists()


def _typed_exceptions(request, place: ServicePlace) -> list[ServiceHoursException] | None:
    """The exceptions as they are typed; None when the form has faults, which its page tells."""
    form_class = get_edit_handler(ServicePlace).get_form_class()
    instance = ServicePlace.objects.get(pk=place.pk).get_latest_revision_as_object()
    form = form_class(request.POST, request.FILES, instance=instance, for_user=request.user)
    if not form.is_valid():
        return None
    return list(form.save(commit=False).hours_exceptions.all())


def _replace(place: ServicePlace, rows: list[ServiceHoursException]) -> None:
    """Give the place these exceptions and no others; inside a transaction that is undone."""
    ServiceHoursException.objects.filter(place=place.pk).delete()
    for row in rows:
        row.pk, row.place_id = None, place.pk
    ServiceHoursException.objects.bulk_create(rows)
