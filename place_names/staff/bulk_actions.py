"""Bulk actions on place names."""

from django import forms
from django.utils.timezone import localdate
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from home.table_export import csv_response, xlsx_response
from place_names.exporting.tables import rows
from place_names.models import Category, PlaceName, PlaceSubdistrict, Subdistrict


class PlaceNameBulkAction(SnippetBulkAction):
    template_name = "place_names/staff/bulk_action.html"
    button = "确定"
    explanation = ""
    models = [PlaceName]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        # Wagtail's list reads it from the class, where a property would show as such.
        cls.aria_label = f"{cls.display_name}：选中的地名"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.display_name, button=self.button, explanation=self.explanation, **kwargs
        )


class ChangeMany(PlaceNameBulkAction):
    """Changes published records at once; what is locked or has a draft is left out."""

    explanation = "修改立即发布。已锁定或有未发布修改的地名不会改动。"

    def check_perm(self, place):
        allowed = self.request.user.has_perms(
            ["place_names.change_placename", "place_names.publish_placename"]
        )
        return allowed and not place.locked and not place.has_unpublished_changes

    def get_execution_context(self):
        return super().get_execution_context() | {
            "user": self.request.user,
            "value": self.cleaned_form.cleaned_data["value"],
        }

    @classmethod
    def execute_action(cls, objects, user=None, value=None, **kwargs):
        for place in objects:
            cls.change(place, value)
            place.save_revision(user=user, log_action=True).publish(user=user)
        return len(objects), 0

    def get_success_message(self, count, children):
        return f"已修改{count}条地名。"


class StatusForm(forms.Form):
    value = forms.ChoiceField(
        label="状态",
        choices=[
            (value, label)
            for value, label in PlaceName.Status.choices
            if value not in (PlaceName.Status.ABOLISHED, PlaceName.Status.PLANNED)
        ],
        help_text="废止要写年份和依据，请打开地名，用“废止”。",
    )


class ChangeStatus(ChangeMany):
    display_name = "改状态"
    action_type = "change_status"
    action_priority = 10
    form_class = StatusForm

    @staticmethod
    def change(place, value):
        place.status = value


class CategoryForm(forms.Form):
    value = forms.ModelChoiceField(label="类别", queryset=Category.objects.all())


class ChangeCategory(ChangeMany):
    display_name = "改类别"
    action_type = "change_category"
    action_priority = 11
    form_class = CategoryForm
    explanation = f"{ChangeMany.explanation}地名代码不会自动改变，请在检查中核对。"

    @staticmethod
    def change(place, value):
        place.category = value


class SubdistrictForm(forms.Form):
    value = forms.ModelChoiceField(label="所在街道", queryset=Subdistrict.objects.order_by("code"))


class ChangeSubdistrict(ChangeMany):
    display_name = "改街道"
    action_type = "change_subdistrict"
    action_priority = 12
    form_class = SubdistrictForm
    explanation = f"选中的地名改为只在这一个街道。{ChangeMany.explanation}"

    @staticmethod
    def change(place, value):
        place.place_subdistricts = [PlaceSubdistrict(subdistrict=value, sort_order=0)]


class Export(PlaceNameBulkAction):
    """The selected names as a file that the importer reads back."""

    button = "下载"
    explanation = "文件可以改好后再导入。"
    kind = "csv"

    def check_perm(self, place):
        return self.request.user.has_perm(
            "place_names.view_placename"
        ) or self.request.user.has_perm("place_names.change_placename")

    def prepare_action(self, objects, objects_without_access):
        places = PlaceName.objects.filter(pk__in=[place.pk for place in objects])
        name = f"place-names-{localdate():%Y%m%d}"
        if self.kind == "csv":
            return csv_response(rows(places), name)
        return xlsx_response(rows(places), PlaceName._meta.verbose_name, name)


class ExportCsv(Export):
    display_name = "导出CSV"
    action_type = "export_csv"
    action_priority = 20


class ExportXlsx(Export):
    display_name = "导出XLSX"
    action_type = "export_xlsx"
    action_priority = 21
    kind = "xlsx"


ACTIONS = (ChangeStatus, ChangeCategory, ChangeSubdistrict, ExportCsv, ExportXlsx)
