"""Offices, services, templates and peak days: Wagtail's own pages for our tables."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from ..materials import changes
from ..models import CounterAbsence, Office, PeakDay, RefusalReason, Service, WeeklyTemplate
from ..planning import applying, closures, slot_generation

MENU = "register_marriage_menu_item"


class OfOwnOffices:
    """Shows, opens and offers only the offices at which this person works."""

    office_field = "office"

    def own_offices(self):
        return Office.objects.of(self.request.user)

    def of_own_offices(self, queryset):
        return queryset.filter(**{f"{self.office_field}__in": self.own_offices()})

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if "office" in form.fields:
            form.fields["office"].queryset = self.own_offices()
        return form


class OwnIndexView(OfOwnOffices, IndexView):
    def get_base_queryset(self):
        return self.of_own_offices(super().get_base_queryset())


class OwnObject(OfOwnOffices):
    def get_queryset(self):
        return self.of_own_offices(super().get_queryset())


class LeadsToApplying:
    """After a change of plans, the page that applies it, where days with slots differ."""

    def get_success_url(self):
        return realign_address(self.object) or super().get_success_url()


class PlanCreateView(LeadsToApplying, OfOwnOffices, CreateView):
    success_message = "已保存“%(object)s”。"


class PlanEditView(LeadsToApplying, OwnObject, EditView):
    success_message = "已保存“%(object)s”。"

    def get_success_url(self):
        return realign_address(self.object, self.before) or super().get_success_url()

    def save_instance(self):
        self.before = self.model.objects.get(pk=self.object.pk)
        return super().save_instance()


def realign_address(plan, before=None) -> str:
    """Return where the days are put right that a plan concerns, and concerned `before`, and
    that have slots already, or "" when none differs."""
    first, last = timezone.localdate() + timedelta(days=1), slot_generation.horizon()
    if isinstance(plan, CounterAbsence):
        days = [each.date for each in (plan, before) if each]
        first, last = max(min(days), timezone.localdate()), min(max(days), last)
    elif isinstance(plan, PeakDay):
        days = [day for each in (plan, before) if each for day in (each.date, each.until)]
        first, last = max(min(days), first), min(max(days), last)
    offices = Office.objects.booking_here()
    if not isinstance(plan, PeakDay):
        offices = offices.filter(pk__in={each.office_id for each in (plan, before) if each})
    for office in offices if first <= last else ():
        if applying.preview(first, last, [office]):
            query = urlencode({"office": office.pk, "first": first, "last": last})
            return f"{reverse('marriage_staff:realign')}?{query}"
    return ""


class OfficeIndexView(OwnIndexView):
    office_field = "pk"


class OfficeEditView(OwnObject, EditView):
    """Says who is still booked when an office stops booking here."""

    office_field = "pk"

    def get_success_message(self):
        office = self.object
        waiting = closures.still_to_come(office).count()
        if office.mode != Office.Mode.BOOK and waiting:
            return (
                f"已保存“{office}”，本站不再放号。还有{waiting}个预约没有办理："
                "请照常接待，或在“号源”里逐日停办后改期、取消。"
            )
        return f"已保存“{office}”。"


class ServiceEditView(EditView):
    """Tells people who have booked when what they must bring has changed."""

    told = 0

    def save_instance(self):
        before = Service.objects.get(pk=self.object.pk)
        if not before.materials_told:
            changes.tell_if_changed(before)
        service = super().save_instance()
        self.told = changes.tell_if_changed(Service.objects.get(pk=service.pk))
        return service

    def get_success_message(self):
        told = f"材料有变，已通知{self.told}个预约的当事人。" if self.told else ""
        return f"已保存“{self.object}”。{told}"


class CarefulDeleteView(DeleteView):
    """Refuses in words what the database would refuse."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                f"“{self.object}”已有时段或预约，不能删除。登记处可改为“暂停预约”，业务可取消“开放预约”。",
            )
            return redirect(self.get_success_url())


class OfficeDeleteView(OwnObject, CarefulDeleteView):
    office_field = "pk"


class PlanDeleteView(OwnObject, CarefulDeleteView):
    def form_valid(self, form):
        response = super().form_valid(form)
        address = realign_address(self.object)
        return redirect(address) if address else response


class OfAllOffices:
    """A peak day is one for the whole district: nobody changes it who works at some offices."""

    office_field = None

    def dispatch(self, request, *args, **kwargs):
        if Office.objects.exclude(pk__in=self.own_offices()).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def of_own_offices(self, queryset):
        return queryset


class PeakDayCreateView(OfAllOffices, PlanCreateView):
    pass


class PeakDayEditView(OfAllOffices, PlanEditView):
    pass


class PeakDayDeleteView(OfAllOffices, PlanDeleteView):
    pass


class TemplateIndexView(OwnIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("office", "service")


class RegistryViewSet(ModelViewSet):
    delete_view_class = CarefulDeleteView

    menu_hook = MENU
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False


class OfficeViewSet(RegistryViewSet):
    model = Office
    name = "marriage_offices"
    url_prefix = "marriage/offices"
    menu_label = "登记处"
    icon = "home"
    menu_order = 110
    index_view_class = OfficeIndexView
    edit_view_class = OfficeEditView
    delete_view_class = OfficeDeleteView
    list_display = [
        "name",
        Column("mode", "预约方式", accessor="get_mode_display"),
        Column("address", "地址"),
    ]
    search_fields = ["name", "place__address"]
    ordering = ["sort_order", "pk"]


class ServiceViewSet(RegistryViewSet):
    model = Service
    name = "marriage_services"
    url_prefix = "marriage/services"
    menu_label = "预约业务"
    icon = "list-ul"
    edit_view_class = ServiceEditView
    menu_order = 120
    list_display = [
        "title",
        Column("kind", "类别", accessor="get_kind_display"),
        BooleanColumn("is_offered", "开放预约"),
    ]
    search_fields = ["title"]
    ordering = ["sort_order", "pk"]


PLAN_PANELS = [
    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
    FieldRowPanel([FieldPanel("slot_minutes"), FieldPanel("capacity")]),
]


class WeeklyTemplateViewSet(RegistryViewSet):
    model = WeeklyTemplate
    name = "marriage_templates"
    url_prefix = "marriage/templates"
    menu_label = "每周号源模板"
    icon = "calendar"
    menu_order = 60
    index_view_class = TemplateIndexView
    add_view_class = PlanCreateView
    edit_view_class = PlanEditView
    delete_view_class = PlanDeleteView
    panels = [
        FieldPanel("office"),
        FieldPanel("service"),
        FieldPanel("weekday"),
        *PLAN_PANELS,
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    ]
    list_display = [
        "office",
        "service",
        Column("weekday", "星期", accessor="get_weekday_display"),
        "start",
        "end",
        "slot_minutes",
        "capacity",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["office", "service", "weekday"]
    list_per_page = 50
    copy_view_enabled = True


class PeakDayViewSet(RegistryViewSet):
    model = PeakDay
    name = "marriage_peak_days"
    url_prefix = "marriage/peak-days"
    menu_label = "高峰日"
    icon = "pick"
    menu_order = 70
    add_view_class = PeakDayCreateView
    edit_view_class = PeakDayEditView
    delete_view_class = PeakDayDeleteView
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("until")]),
                FieldPanel("title"),
                FieldPanel("note"),
            ],
            heading="高峰日",
        ),
        MultiFieldPanel(
            [
                FieldPanel("release_at"),
                FieldRowPanel([FieldPanel("day_limit"), FieldPanel("per_telephone")]),
            ],
            heading="放号和限额",
        ),
        InlinePanel(
            "plans",
            panels=[FieldPanel("office"), FieldPanel("service"), *PLAN_PANELS],
            heading="每天的方案（代替每周模板；即使当天是休息日也会开放）",
            label="方案",
        ),
    ]
    list_display = ["date", "until", "title", "release_at", "day_limit", "per_telephone", "note"]
    ordering = ["date"]


class CounterAbsenceViewSet(RegistryViewSet):
    model = CounterAbsence
    name = "marriage_absences"
    url_prefix = "marriage/absences"
    menu_label = "窗口减少"
    icon = "user"
    menu_order = 75
    index_view_class = OwnIndexView
    add_view_class = PlanCreateView
    edit_view_class = PlanEditView
    delete_view_class = PlanDeleteView
    panels = [
        FieldPanel("office", help_text="要先在“登记处”里填窗口数，减少才会改变号源。"),
        FieldPanel("date"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("counters"),
        FieldPanel("reason"),
    ]
    list_display = ["office", "date", "start", "end", "counters", "reason"]
    list_filter = ["office", "date"]


class RefusalReasonViewSet(RegistryViewSet):
    model = RefusalReason
    name = "marriage_refusal_reasons"
    url_prefix = "marriage/refusal-reasons"
    menu_label = "不予办理的原因"
    icon = "cross"
    menu_order = 125
    list_display = [
        Column("kind", "结果", accessor="get_kind_display"),
        "text",
        Column("for_kind", "用于哪类业务", accessor="get_for_kind_display"),
        "basis",
        BooleanColumn("is_active", "启用"),
    ]
    list_filter = ["kind", "for_kind", "is_active"]


def viewsets():
    return [
        OfficeViewSet(),
        ServiceViewSet(),
        WeeklyTemplateViewSet(),
        PeakDayViewSet(),
        CounterAbsenceViewSet(),
        RefusalReasonViewSet(),
    ]
