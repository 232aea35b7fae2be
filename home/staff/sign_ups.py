"""Staff screens of event sign-ups: masked lists, and one person at a time on request."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from home.models import EventPage
from home.models.sign_ups import EventPlaces, SignUp
from home.pages.section_permissions import may_change, sections_of
from home.sign_ups.rules import withdraw

MAX_EVENTS = 200
SEEN, REMOVED = "home.sign_up_seen", "home.sign_up_removed"


class EventsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Events with online sign-up, the latest first."""

    permission_required = "home.view_signup"
    template_name = "home/staff/sign_ups/events.html"
    page_title = "活动报名"
    header_icon = "group"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        events = EventPage.objects.filter(sign_up_online=True).select_related("counted_places")
        events = events.annotate(people=Count("sign_ups")).order_by("-starts_at", "-pk")
        sections = sections_of(self.request.user)
        own = events if sections is None else events.filter(section__in=sections)
        return super().get_context_data(events=own[:MAX_EVENTS], **kwargs)


@method_decorator(never_cache, name="dispatch")
class SignUpsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The sign-ups for one event. Full names and numbers are shown one at a time and logged."""

    permission_required = "home.view_signup"
    template_name = "home/staff/sign_ups/event.html"
    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        self.event = get_object_or_404(EventPage, pk=kwargs["event"])
        if not may_change(request.user, self.event):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return f"报名：{self.event.title}"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("event_sign_ups"), "label": "活动报名"},
            {"url": "", "label": self.event.title},
        ]

    def get_context_data(self, **kwargs):
        context = {
            "event": self.event,
            "entries": self.event.sign_ups.all(),
            "places": EventPlaces.objects.filter(event=self.event).first(),
            "may_see": self.request.user.has_perm("home.see_signup"),
            "may_remove": self.request.user.has_perm("home.delete_signup"),
        }
        return super().get_context_data(**kwargs | context)

    def post(self, request, *args, **kwargs):
        what = request.POST.get("do")
        needed = {"see": "home.see_signup", "remove": "home.delete_signup"}.get(what)
        if needed is None or not request.user.has_perm(needed):
            raise PermissionDenied
        entry = get_object_or_404(
            SignUp, event=self.event, reference=request.POST.get("reference", "")[:12]
        )
        if what == "see":
            data = {"reference": entry.reference}
            log(instance=self.event, action=SEEN, user=request.user, data=data)
            return self.render_to_response(self.get_context_data(seen=entry))
        withdraw(entry.reference)
        log(instance=self.event, action=REMOVED, user=request.user)
        messages.success(request, "已删除这份报名，名额已空出。")
        return redirect("event_sign_ups_of", self.event.pk)
