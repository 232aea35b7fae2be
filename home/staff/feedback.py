"""The editors' inbox of reports, and the statistics for each page."""

from datetime import timedelta

import django_filters
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from home.feedback.statistics import pages_since, waiting_reports
from home.models import FeedbackReport, SectionPage
from home.pages.section_permissions import sections_of

from .desk.pages import filed_in

PERIODS = (7, 30, 90, 365)


class ReportPermissionPolicy(ModelPermissionPolicy):
    """Reports come from the public: none can be added or copied in the admin."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)


register_permission_policy(FeedbackReport, ReportPermissionPolicy(FeedbackReport))


class ReportEditView(EditView):
    def save_instance(self):
        self.form.instance.handled_by = self.request.user
        return super().save_instance()


class ReportFilterSet(WagtailFilterSet):
    section = django_filters.ModelChoiceFilter(
        label="业务领域",
        queryset=lambda request: SectionPage.objects.filter(is_area=True).order_by("path"),
        method="of_section",
    )

    class Meta:
        model = FeedbackReport
        fields = ["state", "kind", "created_at"]

    def of_section(self, reports, name, section):
        """Reports of the section's own page and of the pages filed in it."""
        return reports.filter(page__in=filed_in([section.pk])) if section else reports


class PageColumn(Column):
    """A link to the page with its title; only the path if it is not a page."""

    def get_value(self, report) -> str:
        if not report.path:
            return "未指明页面"
        title = report.page.title if report.page else report.path
        return format_html('<a href="{}">{}</a>', report.path, title)


class ReportIndexView(IndexView):
    def get_base_queryset(self):
        reports = super().get_base_queryset().select_related("page")
        own = sections_of(self.request.user)
        return reports if own is None else reports.filter(Q(page=None) | Q(page__in=filed_in(own)))


class FeedbackReportViewSet(SnippetViewSet):
    model = FeedbackReport
    icon = "mail"
    menu_label = "找错反映"
    menu_order = 330
    add_to_admin_menu = True
    edit_view_class = ReportEditView
    index_view_class = ReportIndexView
    filterset_class = ReportFilterSet
    list_display = [
        "number",
        "kind",
        PageColumn("page", label="页面", sort_key="path"),
        Column("text", label="说明", accessor=lambda report: Truncator(report.text).chars(40)),
        "state",
        "created_at",
    ]
    search_fields = ["number", "text", "path"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    list_export = ["number", "kind", "path", "text", "state", "reply", "created_at", "updated_at"]
    export_filename = "feedback"


class FeedbackStatisticsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Which pages help and which do not, over the last `?days=`."""

    permission_required = "home.view_feedbackreport"
    template_name = "home/staff/feedback/statistics.html"
    page_title = "页面评价"
    header_icon = "tick"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        wanted = self.request.GET.get("days", "")
        days = int(wanted) if wanted in map(str, PERIODS) else 30
        first = timezone.localdate() - timedelta(days=days - 1)
        return super().get_context_data(
            pages=pages_since(first),
            days=days,
            periods=PERIODS,
            waiting=waiting_reports(),
            **kwargs,
        )
