"""Decisions on doubtful spellings: the list in the menu 地名, opened from a finding of the checks."""

from urllib.parse import urlencode

from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from place_names.checks import spellings
from place_names.models import DecidedSpelling

FIELDS = ("kind", "text", "spelling")


class _Deciding:
    """Notes who decided, and takes what is settled from the findings of the checks."""

    def save_instance(self):
        self.form.instance.decided_by = self.request.user
        saved = super().save_instance()
        spellings.check_again(saved.text)
        return saved


class DecidingView(_Deciding, CreateView):
    """Filled in with what a finding of the checks asks for."""

    def get_initial(self):
        given = self.request.GET
        return super().get_initial() | {name: given[name] for name in FIELDS if given.get(name)}


class DecisionView(_Deciding, EditView):
    pass


class DecidedSpellingViewSet(SnippetViewSet):
    model = DecidedSpelling
    icon = "pilcrow"
    menu_label = "拼写的决定"
    add_view_class = DecidingView
    edit_view_class = DecisionView
    list_display = [
        "text",
        "spelling",
        Column("kind", label="定下的是", accessor="get_kind_display"),
        Column("source", label="依据"),
        Column("decided_by", label="经办人"),
        Column("decided_at", label="定下时间"),
    ]
    list_filter = ["kind"]
    search_fields = ["text", "spelling", "source"]
    search_backend_name = None  # some hundred rows
    panels = [FieldPanel(name) for name in (*FIELDS, "source")]


def deciding_url(place, doubt) -> str:
    """Where an officer decides on a doubt, filled in as far as it tells."""
    whole = doubt.about == place.name
    kind = DecidedSpelling.Kind.NAME if whole else DecidedSpelling.Kind.READING
    given = {"kind": kind, "text": doubt.about, "spelling": doubt.proposed}
    address = DecidedSpelling.snippet_viewset.get_url_name("add")
    return f"{reverse(address)}?{urlencode(given)}"
