"""Error reports, opinions on a page, and the status of a report."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.models import Page

from home.brief_writes import UNAVAILABLE, lock_timeout, try_briefly
from home.feedback.forms import NumberForm, ReportForm, is_path_here, translated
from home.feedback.statistics import add_opinion, add_reason
from home.models.feedback import PATH_LENGTH, FeedbackReport, FeedbackSettings, PageOpinion
from home.one_time import RefusedError, sent_before, store_once
from home.pages.visibility import is_open_to_all
from home.visitors import within_limit

BUSY = gettext_lazy("现在系统太忙，没有收到。请过几分钟再交，您写的内容还在下面。")
PATIENCE = 5.0
"""Seconds for which a report waits for a busy database."""
SENT_COOKIE = "feedback_sent"
# Those whose pages ask whether they helped.
APPLICATIONS = ("feedback", "home", "guides", "place_names", "marriage", "search")


def page_path(text: str) -> str:
    """The path on this site that the browser sent; empty if it is none."""
    try:
        path = urlsplit(text).path
    except ValueError:
        return ""
    is_readable = is_path_here(path) and path.isprintable() and len(path) <= PATH_LENGTH
    return path if is_readable else ""


def is_page(request: HttpRequest, path: str) -> bool:
    """Whether `path` is a public page or the URL of an application."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.url_name != "wagtail_serve":
        return found.app_name in APPLICATIONS
    page = Page.find_for_request(request, in_tree(path))
    return page is not None and is_open_to_all(page)


def in_tree(path: str) -> str:
    """The path below the home page of its language."""
    return path.removeprefix(reverse("wagtail_serve", args=[""]))


def _crumb() -> tuple[str, str]:
    return reverse("feedback:report"), gettext("反馈")


@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """The form; a report gets a number by which its status can be looked up."""
    form = ReportForm(
        request.POST or None, initial={"path": page_path(request.GET.get("page", ""))}
    )
    status, refused = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if earlier := sent_before(FeedbackReport, form.sent_as()):
                return _to_number(request, earlier)
            try:
                return _store(request, form)
            except RefusedError as error:
                refused, status = error.words, 429
            except UNAVAILABLE:
                refused, status = BUSY, 503
    context = {
        "breadcrumbs": [(None, gettext("反馈"))],
        "form": form,
        "is_form": True,
        "number_form": NumberForm(prefix="status"),
        "refused": refused,
    }
    return render(request, "home/feedback/report.html", context, status=status)


def _refusal(request: HttpRequest) -> str:
    """Why the report just stored is one too many, in words; empty if it is not."""
    limits = FeedbackSettings.for_request(request)
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = FeedbackReport.objects.filter(created_at__gte=hour_ago).count()
    if recent > limits.reports_an_hour_in_all:
        return gettext("现在反映的人太多，请一小时后再交。您写的内容还在下面。")
    if not within_limit(request, "report", limits.reports_an_hour):
        words = gettext("每小时最多交%(number)s条，请稍后再交。您写的内容还在下面。")
        return words % {"number": limits.reports_an_hour}
    return ""


def _store(request: HttpRequest, form: ReportForm) -> HttpResponse:
    entry = form.save(commit=False)
    entry.page = Page.find_for_request(request, in_tree(entry.path)) if entry.path else None
    entry.sent_as = form.sent_as()

    def create() -> FeedbackReport:
        entry.save()
        return entry

    with lock_timeout(PATIENCE):
        stored = store_once(FeedbackReport, entry.sent_as, create, lambda: _refusal(request))
    return _to_number(request, stored)


def _to_number(request: HttpRequest, entry: FeedbackReport) -> HttpResponse:
    response = redirect("feedback:sent")
    response.set_signed_cookie(
        SENT_COOKIE,
        entry.number,
        max_age=3600,
        path=reverse("feedback:report"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Shows the number of the report just sent; it is in a cookie, not in the URL."""
    number = request.get_signed_cookie(SENT_COOKIE, default="", max_age=3600)
    entry = FeedbackReport.objects.filter(number=number).first() if number else None
    if entry is None:
        return redirect("feedback:report")
    context = {"breadcrumbs": [_crumb(), (None, gettext("已收到"))], "report": entry}
    return render(request, "home/feedback/sent.html", context)


@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """The status of a report. The number is posted, which keeps it out of URLs and logs."""
    form = NumberForm(request.POST or None, prefix="status")
    entry, code = None, 200
    if request.method == "POST":
        limit = FeedbackSettings.for_request(request).lookups_an_hour
        if not within_limit(request, "report-lookup", limit):
            form.is_valid()
            form.add_error(None, gettext("查询次数太多，请一小时后再试。"))
            code = 429
        elif form.is_valid():
            entry = FeedbackReport.objects.filter(number=form.cleaned_data["number"]).first()
            if entry is None:
                form.add_error("number", gettext("没有找到这个编号，请对照后再输入。"))
        if form.errors and code == 200:
            code = 422
    context = {
        "breadcrumbs": [_crumb(), (None, gettext("查处理情况"))],
        "number_form": form,
        "report": entry,
    }
    return render(request, "home/feedback/status.html", context, status=code)


# Without a token: one count for or against a page is harmless, and a token would keep
# every page out of the cache. Other sites' forms are refused all the same.
@csrf_exempt
@require_POST
@never_cache
def opinion(request: HttpRequest) -> HttpResponse:
    """Counts one opinion, or with `reason` why the page did not help.

    Many people may share one address; how many are counted for a page and a day is a setting.
    """
    path = page_path(request.POST.get("page", ""))
    answer = request.POST.get("answer", "")
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if foreign or not path or answer not in ("yes", "no"):
        words = gettext("评价没有记下，请回到页面再试一次。")
        return _opinion_answer(request, words, path, answer, 400)
    if not is_page(request, path):
        words = gettext("本站没有这个页面，评价没有记下。")
        return _opinion_answer(request, words, "", answer, 404)
    limits = FeedbackSettings.for_request(request)
    reason = request.POST.get("reason", "")
    counted = "opinion-reason" if reason else "opinion"
    if not within_limit(request, counted, limits.opinions_an_hour):
        words = gettext("每小时最多评价%(number)s次，请稍后再评。")
        words %= {"number": limits.opinions_an_hour}
        return _opinion_answer(request, words, path, answer, 429)
    a_day = limits.opinions_a_page_a_day
    if not within_limit(request, f"{counted}:{path}", a_day, seconds=24 * 3600):
        words = gettext("今天从您的网络已经评价了这个页面%(number)s次，谢谢。") % {"number": a_day}
        return _opinion_answer(request, words, path, answer, 200)
    today = timezone.localdate()
    if reason in PageOpinion.Reason.values and answer == "no":
        try_briefly(lambda: add_reason(path, today, PageOpinion.Reason(reason)))
        return _opinion_answer(request, gettext("谢谢，我们会看、会改。"), path, answer, 200)
    if reason:
        words = gettext("原因没有记下，请回到页面再试一次。")
        return _opinion_answer(request, words, path, answer, 400)
    try_briefly(lambda: add_opinion(path, today, answer == "yes"))
    asked = translated(PageOpinion.Reason.choices) if answer == "no" else ()
    return _opinion_answer(request, gettext("谢谢，您的评价已记下。"), path, answer, 200, asked)


def _opinion_answer(
    request, words: str, path: str, answer: str, code: int, reasons: Sequence = ()
) -> HttpResponse:
    """`reasons`: (key, words) of what may be chosen next, where somebody was not helped."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"words": words, "reasons": reasons}, status=code)
    context = {
        "breadcrumbs": [_crumb(), (None, gettext("评价"))],
        "words": words,
        "path": path,
        "helped": answer == "yes",
        "taken": code == 200,
        "reasons": reasons,
    }
    return render(request, "home/feedback/opinion.html", context, status=code)
