"""Offices, services, templates and peak days: Wagtail's own pages for our tables."""

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from .. import closing, material_changes
from ..models import Office, PeakDay, Service, WeeklyTemplate

MENU = "register_marriage_menu_item"
APPLY = "已生成的时段不会自动改变：请到“号源”，点“套用新方案”查看影响。"


class PlanCreateView(CreateView):
    success_message = "已保存“%(object)s”。" + APPLY


class PlanEditView(EditView):
    success_message = "已保存“%(object)s”。" + APPLY


class OfficeEditView(EditView):
    """Says who is still booked when an office stops booking here."""

    def get_success_message(self):
        office = self.object
        waiting = closing.still_to_come(office).count()
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
            material_changes.tell_if_changed(before)
        service = super().save_instance()
        self.told = material_changes.tell_if_changed(Service.objects.get(pk=service.pk))
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


class TemplateIndexView(IndexView):
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
    edit_view_class = OfficeEditView
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
    list_display = ["title", Column("kind", "类别", accessor="get_kind_display"), "is_offered"]
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
    panels = [
        FieldPanel("office"),
        FieldPanel("service"),
        FieldPanel("weekday"),
        *PLAN_PANELS,
    ]
    list_display = [
        "office",
        "service",
        Column("weekday", "星期", accessor="get_weekday_display"),
        "start",
        "end",
        "slot_minutes",
        "capacity",
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
    add_view_class = PlanCreateView
    edit_view_class = PlanEditView
    panels = [
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("title"), FieldPanel("note")],
            heading="高峰日",
        ),
        InlinePanel(
            "plans",
            panels=[FieldPanel("office"), FieldPanel("service"), *PLAN_PANELS],
            heading="当天方案（代替每周模板；即使当天是休息日也会开放）",
            label="方案",
        ),
    ]
    list_display = ["date", "title", "note"]
    ordering = ["date"]


def viewsets():
    return [OfficeViewSet(), ServiceViewSet(), WeeklyTemplateViewSet(), PeakDayViewSet()]
