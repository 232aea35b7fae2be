"""The desk of naming applications: what is open, due and overdue."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from home.staff.desk.lists import DeskItem
from place_names.models import NamingApplication
from place_names.naming import figures, notices, procedure

from .naming_access import VIEW, allow

PER_PAGE = 50


def applications() -> QuerySet[NamingApplication]:
    """With what a list shows of them."""
    found = NamingApplication.objects.select_related("kind", "subdistrict", "place")
    return found.prefetch_related("steps").defer("encrypted", "precheck", "reason")


def open_rows() -> list[dict]:
    """Open applications by what is due first: `application`, `due`, `late`, `today`."""
    today, terms = timezone.localdate(), procedure.terms()
    rows = []
    for each in applications().exclude(state__in=NamingApplication.ENDED):
        due = procedure.due(each, terms)
        rows.append(
            {
                "application": each,
                "due": due,
                "late": bool(due) and due.is_overdue(today),
                "today": bool(due) and due.last_day == today,
            }
        )
    return sorted(rows, key=lambda row: row["due"].last_day if row["due"] else today)


def pressing(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """For the desk: applications with a step that is due today or overdue, then those whose notice
    has disappeared."""
    for row in open_rows():
        if row["late"] or row["today"]:
            application, due = row["application"], row["due"]
            address = reverse("place_name_naming:application", args=[application.pk])
            last = date_format(due.last_day, "n月j日")
            when = f"{last}到期，已逾期" if row["late"] else "今天到期"
            yield DeskItem(application.title, address, f"{due.step}：{when}")
    for each in notices.lost():
        address = reverse("place_name_naming:application", args=[each.pk])
        yield DeskItem(each.title, address, "已公告，但是公告页面没有公开")


def desk(request: HttpRequest) -> HttpResponse:
    """Open applications by what is due first; on demand those that are done."""
    allow(request, VIEW)
    shows_done = "done" in request.GET
    if shows_done:
        found = applications().filter(state__in=NamingApplication.ENDED)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        rows = [{"application": each} for each in page]
        counts = {}
    else:
        page = None
        rows = open_rows()
        counts = {
            "open": len(rows),
            "approved": sum(row["application"].state in procedure.APPROVED for row in rows),
            "late": sum(row["late"] for row in rows),
            "today": sum(row["today"] for row in rows),
        }
    context = {
        "rows": rows,
        "page": page,
        "shows_done": shows_done,
        "counts": counts,
        "lost": [] if shows_done else notices.lost(),
        "years": figures.years(procedure.terms(), timezone.localdate()),
    }
    return render(request, "place_names/staff/naming_desk.html", context)
