"""The staff page of faults: what is wrong, where, and a link to correct it."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import get_snippet_models

from place_names.checks import check_runs
from place_names.checks.spellings import doubts_about
from place_names.fault_kinds import KINDS, SPELLING
from place_names.models import CheckRun, RegisterFault, Subdistrict

from .spellings import deciding_url

VIEW, RUN = "place_names.view_registerfault", "place_names.add_checkrun"
DECIDE = "place_names.add_decidedspelling"


class FaultFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label="问题", choices=list(KINDS.items()))
    subdistrict = django_filters.ModelChoiceFilter(
        label="街道",
        field_name="place__subdistricts",
        queryset=Subdistrict.objects.order_by("code"),
    )

    class Meta:
        model = RegisterFault
        fields = ["kind", "subdistrict"]


class MendColumn(Column):
    """The name of the place or line, as a link to where it is mended."""

    cell_template_name = "wagtailadmin/tables/cell.html"

    def get_value(self, instance):
        target = instance.place or instance.line
        address = edit_url(target)
        label = target.name if instance.place else str(target)
        return format_html('<a href="{}">{}</a>', address, label) if address else label


class MessageColumn(Column):
    """What is wrong, line by line; a doubtful spelling with the way to decide on it."""

    cell_template_name = "place_names/staff/fault_message.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        lines = [(line, "") for line in instance.message.split("\n")]
        may_decide = parent_context["request"].user.has_perm(DECIDE)
        if instance.kind == SPELLING and may_decide:
            found = doubts_about(instance.place)
            lines = [(str(doubt), deciding_url(instance.place, doubt)) for doubt in found]
        return {**context, "lines": lines}


def edit_url(target):
    """Where an officer mends the record, or None while it has no screen of its own."""
    if type(target) not in get_snippet_models():
        return None
    viewset = type(target).snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[target.pk])


class FaultReportView(ReportView):
    model = RegisterFault
    page_title = "检查发现的问题"
    header_icon = "warning"
    template_name = "place_names/staff/faults.html"
    results_template_name = "place_names/staff/fault_results.html"
    index_url_name = "place_name_checks:index"
    index_results_url_name = "place_name_checks:results"
    filterset_class = FaultFilterSet
    paginate_by = 50
    columns = [
        Column("kind", label="问题", accessor="get_kind_display"),
        MendColumn("target", label="地名或界线（点开修改）"),
        Column("subdistrict", label="街道", accessor="place.subdistrict"),
        MessageColumn("message", label="说明"),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def run(self):
        """The last run; only its faults are shown, should two have run at once."""
        return CheckRun.objects.select_related("user").first()

    def get_base_queryset(self):
        related = ("place__subdistrict", "line__left", "line__right")
        found = RegisterFault.objects.filter(run=self.run).select_related(*related)
        return found.order_by("id")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = RegisterFault.objects.filter(run=self.run)
        counts = dict(found.values_list("kind").annotate(Count("id")))
        return {
            **context,
            "run": self.run,
            "kinds": [
                {"kind": kind, "label": label, "count": counts[kind]}
                for kind, label in KINDS.items()
                if counts.get(kind)
            ],
            "total": sum(counts.values()),
            "may_run": self.request.user.has_perm(RUN),
        }


@require_POST
def run_now(request):
    """Run the checks now, then show what they found."""
    if not request.user.has_perm(RUN):
        return permission_denied(request)
    kept = check_runs.run(user=request.user, cause="手动检查")
    messages.success(
        request,
        f"已检查{kept.checked}条地名，用时{kept.seconds:.1f}秒，发现{kept.faults.count()}个问题。",
    )
    return redirect("place_name_checks:index")


class CheckViewSet(ViewSet):
    name = "place_name_checks"
    url_prefix = "place-names/checks"
    icon = "warning"
    menu_label = "检查"

    def get_urlpatterns(self):
        return [
            path("", FaultReportView.as_view(), name="index"),
            path("results/", FaultReportView.as_view(results_only=True), name="results"),
            path("run/", run_now, name="run"),
        ]

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(VIEW)
        return item
