"""Import in the admin: upload → columns → dry run → apply, and undo of the last one."""

from itertools import islice

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from place_names.coordinates import SYSTEMS
from place_names.importing import jobs
from place_names.importing.applying import ImportStoppedError, apply_plan, undo_last
from place_names.importing.mapping import MappingError, guess, settle
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import ENCODINGS
from place_names.models import ImportMapping, ImportRecord
from place_names.rows import COLUMNS, HEADINGS

PAGE = 100
WORDS = {
    "rows": "共", "added": "新增", "changed": "变更", "unchanged": "未变", "removed": "删除",
    "missing": "文件中没有（保留）", "invalid": "有误",
}  # fmt: skip


def _may(request, right: str) -> None:
    if not request.user.has_perm(f"place_names.{right}_importrecord"):
        raise PermissionDenied


class UploadForm(forms.Form):
    file = forms.FileField(
        label="地名文件", help_text="CSV、XLSX、GeoJSON、GeoPackage或Shapefile（压缩为.zip）。"
    )
    shapes = forms.FileField(
        label="图形文件（可不选）", required=False, help_text="线和面，以code列对应地名代码。"
    )
    system = forms.ChoiceField(label="坐标系", choices=list(SYSTEMS.items()))
    encoding = forms.ChoiceField(
        label="文字编码", required=False, choices=[("", "自动识别"), *ENCODINGS.items()]
    )
    saved = forms.ModelChoiceField(
        label="使用已保存的列对应",
        required=False,
        queryset=ImportMapping.objects.all(),
        empty_label="自动识别",
    )


class ColumnsForm(forms.Form):
    """One choice for each column of the file."""

    remove_missing = forms.BooleanField(
        label="删除文件中没有的地名", required=False, help_text="只在文件是完整的地名库时选用。"
    )
    save_as = forms.CharField(
        label="把列的对应另存为", required=False, max_length=60, help_text="下次导入可直接选用。"
    )

    def __init__(self, *args, headings: list[str], columns: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "不导入"), *((name, HEADINGS[name]) for name in COLUMNS)]
        self.headings = headings
        for number, heading in enumerate(headings):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading, required=False, choices=choices, initial=columns.get(heading, "")
            )
        self.order_fields([f"column_{n}" for n in range(len(headings))])

    def clean(self):
        data = super().clean()
        chosen = {
            heading: data[f"column_{number}"]
            for number, heading in enumerate(self.headings)
            if data.get(f"column_{number}")
        }
        try:
            self.columns = settle(self.headings, chosen)
        except MappingError as error:
            raise forms.ValidationError(str(error)) from error
        return data


def records(request):
    _may(request, "view")
    page = Paginator(ImportRecord.objects.select_related("user"), 30).get_page(request.GET.get("p"))
    last = ImportRecord.objects.filter(state=ImportRecord.State.APPLIED).first()
    return render(
        request,
        "place_names/admin/import_records.html",
        {
            "page": page,
            "last": last,
            "may_undo": request.user.has_perm("place_names.change_importrecord"),
        },
    )


def upload(request):
    _may(request, "add")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = data["saved"]
        try:
            job = jobs.begin(
                request.user,
                data["file"],
                data["shapes"],
                encoding=data["encoding"] or (saved.encoding if saved else ""),
                system=data["system"],
            )
        except FileRefusedError as error:
            form.add_error("file", str(error))
        else:
            if saved:
                job.columns = saved.columns
                job.save()
            return redirect("place_name_imports:columns", job.id)
    return render(request, "place_names/admin/import_upload.html", {"form": form})


def _job(request, job_id: str) -> jobs.Job:
    _may(request, "add")
    job = jobs.find(job_id, request.user)
    if job is None:
        raise Http404("这次导入已结束或已过期，请重新上传文件。")
    return job


def columns(request, job_id: str):
    job = _job(request, job_id)
    source = job.source()
    headings = [heading for heading in source.headings if heading.strip()]
    chosen = job.columns if job.columns is not None else guess(headings)
    form = ColumnsForm(request.POST or None, headings=headings, columns=chosen)
    if request.method == "POST" and form.is_valid():
        job.columns = form.columns
        job.remove_missing = form.cleaned_data["remove_missing"]
        if name := form.cleaned_data["save_as"].strip():
            ImportMapping.objects.update_or_create(
                name=name,
                defaults={
                    "columns": job.columns,
                    "encoding": job.encoding,
                    "coordinate_system": job.system,
                },
            )
        try:
            job.check()
        except (FileRefusedError, MappingError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("place_name_imports:differences", job.id)
    try:
        sample = list(islice(source.rows(), 1))
    except FileRefusedError as error:
        job.discard()
        messages.error(request, str(error))
        return redirect("place_name_imports:upload")
    fields = [
        (form[f"column_{n}"], sample[0].values.get(heading, "")[:60] if sample else "")
        for n, heading in enumerate(headings)
    ]
    context = {
        "form": form,
        "job": job,
        "encoding": ENCODINGS.get(source.encoding, ""),
        "columns": fields,
    }
    return render(request, "place_names/admin/import_columns.html", context)


def differences(request, job_id: str):
    """The dry run: counts, every problem, every difference, a page at a time."""
    job = _job(request, job_id)
    if not job.counts:
        return redirect("place_name_imports:columns", job.id)
    plan = job.plan()
    changes = [plan.counts[name] for name in ("added", "changed", "removed")]
    page = Paginator(range(sum(changes)), PAGE).get_page(request.GET.get("p"))
    start = (page.number - 1) * PAGE
    context = {
        "job": job,
        "plan": plan,
        "counts": [(word, plan.counts[name]) for name, word in WORDS.items()],
        "problems": list(islice(plan.problems(), 500)),
        "differences": [
            (each, WORDS[each.action], [(HEADINGS[n], *v) for n, v in each.fields.items()])
            for each in islice(plan.differences(), start, start + PAGE)
        ],
        "page": page,
    }
    return render(request, "place_names/admin/import_differences.html", context)


@require_POST
def apply(request, job_id: str):
    job = _job(request, job_id)
    if "discard" in request.POST:
        job.discard()
        messages.success(request, "已放弃这次导入，数据没有改动。")
        return redirect("place_name_imports:list")
    try:
        record = apply_plan(
            job.plan(), user=request.user, skip_invalid="skip_invalid" in request.POST
        )
    except ImportStoppedError as error:
        messages.error(request, str(error))
        return redirect("place_name_imports:differences", job.id)
    job.discard()
    messages.success(
        request, f"导入完成：新增{record.added}，变更{record.changed}，删除{record.removed}。"
    )
    return redirect("place_name_imports:list")


@require_POST
def undo(request):
    _may(request, "change")
    try:
        record = undo_last(request.user)
    except ImportStoppedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已撤销“{record.file_name}”的导入。")
    return redirect(reverse("place_name_imports:list"))


def urls():
    return [
        path("", records, name="list"),
        path("new/", upload, name="upload"),
        path("undo/", undo, name="undo"),
        path("<str:job_id>/columns/", columns, name="columns"),
        path("<str:job_id>/", differences, name="differences"),
        path("<str:job_id>/apply/", apply, name="apply"),
    ]
