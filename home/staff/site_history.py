"""Who may read the history of the whole site."""

from wagtail.admin.views.reports.audit_logging import LogEntriesView

from .desk.lists import EditorsOnly


class SiteHistoryView(EditorsOnly, LogEntriesView):
    """Wagtail shows it to all staff, although its menu offers it to editors alone: what the
    others have done stands in the history of each record."""
