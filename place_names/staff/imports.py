"""Import in the admin: upload → reading and columns → dry run → apply; undo of the last one.

Checking, applying and undoing are done by the worker; the officer watches on the page of the
job (`progress`), which leads on when the step is through.
"""

from dataclasses import replace
from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from place_names.importing import background, jobs, systems
from place_names.importing.applying import MANY, is_first_load
from place_names.importing.mapping import guess
from place_names.importing.matching import DOUBT, MATCH, NEW, SKIP
from place_names.importing.planning import Plan
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import ENCODINGS
from place_names.models import ImportMapping, ImportRecord

from . import import_words
from .import_forms import ColumnsForm, DecisionsForm, ReadingForm, UploadForm
from .import_undo import FIRST_LOAD, undo

PAGE = 100
WORDS = {
    "rows": "共", "added": "新增", "changed": "变更", "unchanged": "未变", "removed": "删除",
    "missing": "文件中没有（保留）", "code_doubt": "待定", "invalid": "有误",
}  # fmt: skip
OUTCOMES = {DOUBT: "待定", MATCH: "对上已有地名", NEW: "作为新地名", SKIP: "不导入"}
MATCHES_SHOWN = 50
STAGES = {jobs.CHECKING: "核对", jobs.APPLYING: "导入", jobs.UNDOING: "撤销"}


def _may(request, right: str) -> None:
    if not request.user.has_perm(f"place_names.{right}_importrecord"):
        raise PermissionDenied


def _job(request, job_id: str) -> jobs.Job:
    _may(request, "add")
    job = jobs.find(job_id, request.user)
    if job is None:
        raise Http404("这次导入已结束或已过期，请重新上传文件。")
    return job


def _decidable(request, job_id: str) -> jobs.Job | None:
    """The job while its file lies there and the worker does not have it."""
    job = _job(request, job_id)
    return None if job.stage in (*jobs.WORKING, jobs.DONE) else job


def records(request):
    _may(request, "view")
    page = Paginator(ImportRecord.objects.select_related("user"), 30).get_page(request.GET.get("p"))
    last = ImportRecord.last_standing()
    return render(
        request,
        "place_names/staff/import_records.html",
        {
            "page": page,
            "last": last,
            "first_load": FIRST_LOAD.format(last.file_name) if last and is_first_load(last) else "",
            "open_jobs": jobs.open_jobs(request.user),
            "may_undo": request.user.has_perm("place_names.change_importrecord"),
        },
    )


def upload(request):
    _may(request, "add")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            job = jobs.begin(
                request.user,
                data["file"],
                data["shapes"],
                encoding=data["encoding"],
                system=data["system"],
            )
        except FileRefusedError as error:
            form.add_error("file", str(error))
        else:
            if data["saved"]:
                job.columns = data["saved"].columns
                job.save()
            return redirect("place_name_imports:columns", job.id)
    return render(request, "place_names/staff/import_upload.html", {"form": form})


def columns(request, job_id: str):
    job = _decidable(request, job_id)
    if job is None:
        return redirect("place_name_imports:progress", job_id)
    reading = None
    try:
        source = job.source()
        reading = ReadingForm(
            request.POST if "read" in request.POST else None,
            source=source,
            encoding=job.encoding,
            system=job.system,
        )
        if reading.is_bound and reading.is_valid():
            chosen = replace(job, **reading.choices_made())
            chosen.source()
            chosen.save()
            return redirect("place_name_imports:columns", job.id)
    except FileRefusedError as error:
        if reading is None:
            job.discard()
            messages.error(request, str(error))
            return redirect("place_name_imports:upload")
        reading.add_error(None, str(error))
    questions = source.questions(job.system)
    headings = [heading for heading in source.headings if heading.strip()]
    chosen = job.columns if job.columns is not None else guess(headings)
    sent = request.POST if request.method == "POST" and not reading.is_bound else None
    form = ColumnsForm(sent, headings=headings, columns=chosen)
    if not questions and form.is_bound and form.is_valid():
        job.columns = form.columns
        job.remove_missing = form.cleaned_data["remove_missing"]
        job.clear_blank = form.cleaned_data["clear_blank"]
        if name := form.cleaned_data["save_as"].strip():
            ImportMapping.objects.update_or_create(
                name=name,
                defaults={
                    "columns": job.columns,
                    "encoding": job.encoding,
                    "coordinate_system": job.system or "CGCS2000",
                },
            )
        background.start(job, jobs.CHECKING)
        return redirect("place_name_imports:progress", job.id)
    try:
        sample = [] if questions else list(islice(source.rows(job.system), 1))
    except FileRefusedError as error:
        # Perhaps the headings stand in another row, or the sheet is another one.
        sample, questions = [], {"rows": str(error)}
    fields = [
        (form[f"column_{n}"], sample[0].values.get(heading, "")[:60] if sample else "")
        for n, heading in enumerate(headings)
    ]
    context = {
        "form": form,
        "job": job,
        "reading": reading,
        "questions": questions,
        "notes": source.notes,
        "encoding": ENCODINGS.get(source.encoding, source.encoding),
        "layer": source.found.reading.layer if len(source.found.layers) > 1 else "",
        "system": systems.label(systems.settled(source.found.crs, job.system)),
        "columns": fields,
    }
    return render(request, "place_names/staff/import_columns.html", context)


@never_cache
def progress(request, job_id: str):
    """How far the worker is; leads on when it is through. Asks again by itself."""
    job = _job(request, job_id)
    activity = job.activity()
    if activity == jobs.INTERRUPTED:
        # It may have ended between the two looks, or died just after the commit.
        job = _job(request, job_id)
        background.settle(job)
        activity = job.activity()
    if job.stage == jobs.CHECKED:
        return redirect("place_name_imports:differences", job.id)
    if job.stage == jobs.UPLOADED:
        return redirect("place_name_imports:columns", job.id)
    context = {
        "job": job,
        "activity": activity,
        "word": STAGES.get(job.stage, "处理"),
        "record": ImportRecord.objects.filter(pk=job.record).first(),
    }
    return render(request, "place_names/staff/import_progress.html", context)


def _cleared(plan: Plan) -> int:
    """How many values of the register become empty."""
    return sum(not after for each in plan.differences() for _, after in each.fields.values())


def differences(request, job_id: str):
    """The dry run: counts, every problem, every difference, a page at a time."""
    job = _job(request, job_id)
    if job.stage != jobs.CHECKED:
        return redirect("place_name_imports:progress", job.id)
    plan = job.plan()
    changes = [plan.counts[name] for name in ("added", "changed", "removed")]
    page = Paginator(range(sum(changes)), PAGE).get_page(request.GET.get("p"))
    start = (page.number - 1) * PAGE
    context = {
        "job": job,
        "plan": plan,
        "counts": [
            (word, plan.counts[name])
            for name, word in WORDS.items()
            if plan.counts[name] or name != "code_doubt"
        ],
        "bare": sum(plan.counts[f"code_{each}"] for each in (MATCH, NEW, DOUBT, SKIP)),
        "matched": plan.counts[f"code_{MATCH}"],
        "new": plan.counts[f"code_{NEW}"],
        "doubts": plan.counts[f"code_{DOUBT}"],
        "skipped": plan.counts[f"code_{SKIP}"],
        "problems": list(islice(plan.problems(), 500)),
        "remarks": list(islice(plan.remarks(), 500)),
        "kept_values": plan.counts["kept_values"],
        "remarked": plan.counts["remarks"],
        "cleared": _cleared(plan) if job.clear_blank else 0,
        "must_type": plan.counts["removed"] > MANY,
        "differences": [
            (each, WORDS[each.action], fields)
            for each, fields in import_words.told(
                list(islice(plan.differences(), start, start + PAGE))
            )
        ],
        "page": page,
    }
    return render(request, "place_names/staff/import_differences.html", context)


def matches(request, job_id: str):
    """Rows without a code: what each was taken for, and what the officer decides instead."""
    job = _job(request, job_id)
    if job.stage != jobs.CHECKED:
        return redirect("place_name_imports:progress", job.id)
    if request.method == "POST":
        form = DecisionsForm(request.POST)
        if form.is_valid():
            job.decisions |= form.decisions
            background.start(job, jobs.CHECKING)
            return redirect("place_name_imports:progress", job.id)
        messages.error(request, form.message)
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in OUTCOMES else DOUBT
    counts = {each: job.counts.get(f"code_{each}", 0) for each in OUTCOMES}
    page = Paginator(range(counts[outcome]), MATCHES_SHOWN).get_page(request.GET.get("p"))
    start = (page.number - 1) * MATCHES_SHOWN
    chosen = (each for each in job.plan().matches() if each.outcome == outcome)
    context = {
        "job": job,
        "outcome": outcome,
        "tabs": [(each, word, counts[each]) for each, word in OUTCOMES.items()],
        "matches": list(islice(chosen, start, start + MATCHES_SHOWN)),
        "page": page,
    }
    return render(request, "place_names/staff/import_matches.html", context)


@require_POST
def apply(request, job_id: str):
    """Decide: import, try a step again, or throw the job away."""
    job = _job(request, job_id)
    if job.activity() in (jobs.WAITING, jobs.RUNNING) or job.stage == jobs.DONE:
        return redirect("place_name_imports:progress", job.id)
    if "discard" in request.POST:
        job.discard()
        messages.success(request, "已放弃，数据没有改动。")
        return redirect("place_name_imports:list")
    if "again" in request.POST and job.stage in jobs.WORKING:
        background.start(job, job.stage)
    elif job.stage == jobs.CHECKED and "pending" in request.POST:
        job.new_pending = request.POST["pending"] == "1"
        background.start(job, jobs.CHECKING)
    elif job.stage == jobs.CHECKED:
        job.skip_invalid = "skip_invalid" in request.POST
        plan, removed = job.plan(), job.counts.get("removed", 0)
        if plan.invalid and not job.skip_invalid:
            messages.error(request, f"有{plan.invalid}行有误，未导入任何数据。")
            return redirect("place_name_imports:differences", job.id)
        if removed > MANY and request.POST.get("removed", "").strip() != str(removed):
            messages.error(request, f"请填写要删除的地名条数（{removed}），未导入任何数据。")
            return redirect("place_name_imports:differences", job.id)
        background.start(job, jobs.APPLYING)
    return redirect("place_name_imports:progress", job.id)


def urls():
    return [
        path("", records, name="list"),
        path("new/", upload, name="upload"),
        path("undo/", undo, name="undo"),
        path("<str:job_id>/columns/", columns, name="columns"),
        path("<str:job_id>/progress/", progress, name="progress"),
        path("<str:job_id>/matches/", matches, name="matches"),
        path("<str:job_id>/", differences, name="differences"),
        path("<str:job_id>/apply/", apply, name="apply"),
    ]
