"""Staff screens for boundary lines, their markers and inspections, and for subdistricts."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from place_names.boundaries.line_files import import_lines
from place_names.boundaries.polygon_files import import_areas
from place_names.exporting import boundary_files
from place_names.importing.problems import FileRefusedError
from place_names.importing.uploads import on_disk
from place_names.models import BoundaryLine


class BoundaryIndexView(IndexView):
    def get_base_queryset(self):
        lines = super().get_base_queryset().select_related("left", "right")
        return lines.prefetch_related("inspections")

    @property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            *(
                HeaderButton(label, url=reverse(f"place_name_boundaries:{name}"), icon_name=icon)
                for label, name, icon in (
                    ("导入范围、界线", "import", "upload"),
                    ("导出街道范围", "export_areas", "download"),
                    ("导出界线", "export_lines", "download"),
                )
            ),
        ]


def last_inspection(line):
    """Year and result of the latest joint inspection of a line, or a dash."""
    found = max(line.inspections.all(), key=lambda each: each.year, default=None)
    return f"{found.year}年：{found.get_result_display()}" if found else "—"


def whole_metres(line):
    return "—" if line.length_m is None else f"{line.length_m:.0f}"


class BoundaryLineViewSet(SnippetViewSet):
    model = BoundaryLine
    icon = "minus"
    menu_label = "界线"
    index_view_class = BoundaryIndexView
    list_display = [
        "number",
        Column("sides", label="两侧", accessor="sides"),
        Column("kind", label="类型", accessor="get_kind_display"),
        Column("length", label="长度（米）", accessor=whole_metres, sort_key="length_m"),
        Column("inspected", label="最近联合检查", accessor=last_inspection),
    ]
    list_filter = ["kind"]
    search_fields = ["number", "left__name", "right__name", "outside", "description"]
    search_backend_name = None  # some forty rows
    list_per_page = 50
    ordering = ["number"]
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("left"), FieldPanel("right"), FieldPanel("outside")]),
        FieldPanel("length_m"),
        FieldPanel("description"),
        InlinePanel("markers", label="界桩", heading="界桩"),
        InlinePanel("inspections", label="联合检查", heading="联合检查"),
        FieldPanel("geometry", help_text="GeoJSON。由街道范围画出，一般不必改。"),
    ]


class BoundaryFileForm(forms.Form):
    AREAS, LINES = "areas", "lines"

    what = forms.ChoiceField(
        label="文件内容",
        choices=[(AREAS, "街道范围（面）"), (LINES, "界线（线）")],
        initial=AREAS,
        widget=forms.RadioSelect,
        help_text=(
            "街道范围：每个街道一个面，code列为9位区划代码。"
            "界线：number列为编号，left、right列为两侧街道的代码，区级界线填neighbour列。"
        ),
    )
    file = forms.FileField(label="文件", help_text="GeoJSON、GPKG或Shapefile（.zip）。")
    dry_run = forms.BooleanField(label="只检查，不导入", required=False, initial=True)
    redraw = forms.BooleanField(
        label="已有界线也按新范围重绘",
        required=False,
        help_text="仅用于街道范围。走向说明、界桩和联合检查记录不变。",
    )
    tolerance = forms.FloatField(
        label="容许的空隙、重叠（平方米）", min_value=0, max_value=100_000, initial=50
    )


def boundary_urls():
    return [
        path("import/", import_view, name="import"),
        path("areas.geojson", export_areas, name="export_areas"),
        path("lines.geojson", export_lines, name="export_lines"),
    ]


def export_areas(request):
    return _export(request, "view_subdistrict", boundary_files.area_blocks, "subdistricts")


def export_lines(request):
    return _export(request, "view_boundaryline", boundary_files.line_blocks, "boundary-lines")


def _export(request, right, blocks, name):
    if not request.user.has_perm(f"place_names.{right}"):
        raise PermissionDenied
    headers = {"Content-Disposition": f'attachment; filename="{name}.geojson"'}
    return StreamingHttpResponse(blocks(), content_type=boundary_files.TYPE, headers=headers)


def import_view(request):
    """Upload polygons or lines; what keeps them out of the register is listed."""
    wanted = ["change_subdistrict", "add_boundaryline", "change_boundaryline"]
    if not request.user.has_perms([f"place_names.{name}" for name in wanted]):
        raise PermissionDenied
    form = BoundaryFileForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            with on_disk(values["file"]) as path:
                result = _import(path, values)
        except FileRefusedError as problem:
            form.add_error("file", str(problem))
        else:
            if not result.problems and not form.cleaned_data["dry_run"]:
                messages.success(request, f"导入完成：{result}。")
                return redirect(BoundaryLineViewSet().get_url_name("list"))
    return render(request, "place_names/staff/import_areas.html", {"form": form, "result": result})


def _import(path, values):
    name, dry_run = values["file"].name, values["dry_run"]
    if values["what"] == BoundaryFileForm.LINES:
        return import_lines(path, name, dry_run)
    return import_areas(path, name, dry_run, values["redraw"], values["tolerance"])
