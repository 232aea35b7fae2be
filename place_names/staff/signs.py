"""Staff screens for signs: list, import, export and map."""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.shortcuts import redirect, render
from django.urls import path, reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from home.table_export import csv_response
from place_names.importing.problems import FileRefusedError
from place_names.importing.uploads import on_disk
from place_names.models import Sign, Subdistrict
from place_names.signs import sign_files

SHOWN = 100


class SignFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label="状态", choices=Sign.State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label="类型", choices=Sign.Kind.choices)
    subdistrict = django_filters.ModelChoiceFilter(
        label="街道",
        field_name="place__subdistrict",
        queryset=Subdistrict.objects.order_by("code"),
    )
    other_name = django_filters.BooleanFilter(
        label="牌面名称与标准名称不同", method="with_other_name", widget=forms.NullBooleanSelect
    )
    inspected_before = django_filters.DateFilter(
        label="最近检查早于", field_name="last_inspection", lookup_expr="lt"
    )

    class Meta:
        model = Sign
        fields = ["state", "kind", "subdistrict", "other_name", "inspected_before"]

    def with_other_name(self, queryset, name, value):
        same = Q(inscription="") | Q(inscription=F("place__name"))
        return (
            queryset
            if value is None
            else queryset.exclude(same)
            if value
            else queryset.filter(same)
        )


class SignFileForm(forms.Form):
    file = forms.FileField(label="文件", help_text="CSV、XLSX或GeoJSON。")
    dry_run = forms.BooleanField(label="只核对，不导入", required=False)


class SignIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("place__subdistrict")

    @property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            HeaderButton("地图", url=reverse("place_name_signs:map"), icon_name="site"),
            HeaderButton("导入", url=reverse("place_name_signs:import"), icon_name="upload"),
            HeaderButton("导出CSV", url=reverse("place_name_signs:export"), icon_name="download"),
        ]


class SignViewSet(SnippetViewSet):
    model = Sign
    icon = "tag"
    menu_label = "地名标志"
    index_view_class = SignIndexView
    filterset_class = SignFilterSet
    search_fields = ["number", "place__name", "place__code", "remarks"]
    search_backend_name = None  # found by the database: numbers and names, no sentences
    list_display = [
        "number",
        Column("kind", label="类型", accessor="get_kind_display", sort_key="kind"),
        Column("place", label="地名"),
        Column("inscription", label="牌面上的名称"),
        Column("subdistrict", label="街道", accessor="place.subdistrict"),
        Column("state", label="状态", accessor="get_state_display", sort_key="state"),
        "last_inspection",
    ]
    list_per_page = 50
    ordering = ["number"]
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
        FieldPanel("place"),
        FieldPanel("inscription"),
        FieldRowPanel([FieldPanel("lon"), FieldPanel("lat")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("last_inspection")]),
        FieldPanel("remarks"),
    ]


def sign_urls():
    return [
        path("import/", import_view, name="import"),
        path("export/", export_view, name="export"),
        path("map/", map_view, name="map"),
    ]


def import_view(request):
    """Upload a file of signs; what is wrong in it is listed, and nothing is changed then."""
    if not request.user.has_perms(["place_names.add_sign", "place_names.change_sign"]):
        raise PermissionDenied
    form = SignFileForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            with on_disk(upload) as path:
                result = sign_files.import_signs(path, upload.name, form.cleaned_data["dry_run"])
        except FileRefusedError as problem:
            form.add_error("file", str(problem))
        else:
            if not result.problems and not form.cleaned_data["dry_run"]:
                messages.success(request, f"导入完成：{result}。")
                return redirect(SignViewSet().get_url_name("list"))
    return render(
        request,
        "place_names/staff/import_signs.html",
        {
            "form": form,
            "result": result,
            "problems": result.problems[:SHOWN] if result else [],
            "headings": sign_files.HEADINGS,
        },
    )


def export_view(request):
    if not request.user.has_perm("place_names.view_sign"):
        raise PermissionDenied
    return csv_response(sign_files.export_rows(), "signs")


def map_view(request):
    """All signs on a map, or those of one state; without scripts the list serves as well."""
    if not request.user.has_perm("place_names.view_sign"):
        raise PermissionDenied
    state = request.GET.get("state", "")
    found = Sign.objects.filter(state=state) if state in Sign.State.values else Sign.objects.all()
    data = {
        "signs": sign_files.map_points(found),
        "states": dict(Sign.State.choices),
        "areas": [
            {"name": name, "geometry": geometry}
            for name, geometry in Subdistrict.objects.values_list("name", "geometry")
            if geometry
        ],
        "edit": reverse(SignViewSet().get_url_name("edit"), args=[0]),
    }
    return render(
        request,
        "place_names/staff/sign_map.html",
        {"data": data, "count": len(data["signs"]), "states": Sign.State.choices, "state": state},
    )
