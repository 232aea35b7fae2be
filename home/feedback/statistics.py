"""Feedback statistics: what waits for an answer, and which pages help least."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from wagtail.models import Page, Site

from home.models.feedback import FeedbackReport, PageOpinion


@dataclass
class PageStatistics:
    """Opinions and reports of one page in a period."""

    path: str
    title: str = ""  # Empty if no page has this path.
    helpful: int = 0
    unhelpful: int = 0
    reasons: list[tuple[str, int]] = field(default_factory=list)
    """(reason in words, how many) of those whom it did not help, the commonest first."""
    reports: int = 0
    open_reports: int = 0

    @property
    def share(self) -> int | None:
        """Percentage of opinions that are “helpful”; None without opinions."""
        total = self.helpful + self.unhelpful
        return round(100 * self.helpful / total) if total else None


def add_opinion(path: str, day: date, helpful: bool) -> None:
    _add_one(path, day, "helpful" if helpful else "unhelpful")


def add_reason(path: str, day: date, reason: PageOpinion.Reason) -> None:
    """Why the page did not help; the opinion itself was counted before."""
    _add_one(path, day, reason.value)


def _add_one(path: str, day: date, field: str) -> None:
    with transaction.atomic():
        row, _ = PageOpinion.objects.get_or_create(path=path, day=day)
        PageOpinion.objects.filter(pk=row.pk).update(**{field: F(field) + 1})


def waiting_reports() -> int:
    """Reports that no editor has closed."""
    return FeedbackReport.objects.exclude(state__in=FeedbackReport.CLOSED).count()


def pages_since(first: date, limit: int = 200) -> list[PageStatistics]:
    """Pages with feedback since `first`: open reports first, then the least helpful."""
    pages: dict[str, PageStatistics] = {}
    opinions = PageOpinion.objects.filter(day__gte=first).values("path")
    sums = {reason.value: Sum(reason.value) for reason in PageOpinion.Reason}
    for row in opinions.annotate(yes=Sum("helpful"), no=Sum("unhelpful"), **sums).order_by():
        pages[row["path"]] = PageStatistics(
            row["path"], helpful=row["yes"], unhelpful=row["no"], reasons=_reasons(row)
        )
    reports = FeedbackReport.objects.filter(created_at__date__gte=first).values("path")
    is_open = ~Q(state__in=FeedbackReport.CLOSED)
    for row in reports.annotate(all=Count("pk"), open=Count("pk", filter=is_open)).order_by():
        page = pages.setdefault(row["path"], PageStatistics(row["path"]))
        page.reports, page.open_reports = row["all"], row["open"]
    ranked = sorted(
        pages.values(),
        key=lambda page: (-page.open_reports, -page.unhelpful, -page.helpful, page.path),
    )
    shown = ranked[:limit]
    titles = _titles([page.path for page in shown])
    for page in shown:
        page.title = titles.get(page.path, "")
    return shown


def _reasons(row: dict[str, int]) -> list[tuple[str, int]]:
    given = [(r.label, row[r.value]) for r in PageOpinion.Reason if row[r.value]]
    return sorted(given, key=lambda each: -each[1])


def _titles(paths: list[str]) -> dict[str, str]:
    """Titles of pages by their path."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if not site:
        return {}
    start = site.root_page.url_path.rstrip("/")
    pages = Page.objects.filter(url_path__in=[start + path for path in paths])
    return {
        url_path.removeprefix(start): title
        for url_path, title in pages.values_list("url_path", "title")
    }
