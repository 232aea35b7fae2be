"""The editors' screens of search: synonyms, and what was searched in vain."""

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Page
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from search import asked_words, statistics
from search.models import AskedWords, SafetyCard, SearchSettings, Synonym
from search.site_search.catalogue import catalogue
from search.site_search.documents import Document, all_documents
from search.site_search.kinds import GUIDE
from search.site_search.query import clean

PERIODS = (7, 30, 90)
MAX_FAILED, MAX_OPENED, MAX_LIKELY = 200, 50, 5


class SynonymCreateView(CreateView):
    def get_initial_form_instance(self):
        """`?said=` fills in the word, as the link beside a failed search does."""
        return Synonym(said=clean(self.request.GET.get("said", ""))[:200])


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "tag"
    menu_label = "同义词"
    list_display = ["said", "official"]
    add_view_class = SynonymCreateView
    list_per_page = 50


class SearchesView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Queries of a period that found nothing, and those whose results were opened."""

    permission_required = "search.view_querycount"
    template_name = "search/staff/searches.html"
    page_title = "搜索统计"
    header_icon = "search"

    def get_context_data(self, **kwargs):
        days = self.request.GET.get("days", "")
        days = int(days) if days in map(str, PERIODS) else 30
        rows = statistics.report(days)
        failed = [row for row in rows if row["without_result"]][:MAX_FAILED]
        opened = sorted((row for row in rows if row["clicks"]), key=lambda row: -row["clicks"])
        for row in (*failed, *opened[:MAX_OPENED]):
            row["documents"] = likely_documents(row["query"])
        return super().get_context_data(
            days=days,
            periods=PERIODS,
            settings_of_search=SearchSettings.load(),
            failed=failed,
            opened=opened[:MAX_OPENED],
            **kwargs,
        )


def likely_documents(query: str) -> list[Document]:
    """What a query may have meant, the likeliest first; all guides where nothing is near."""
    known = catalogue()
    found = [scored.entry.document for scored in known.index.search(known.read(query))]
    guides = [entry.document for entry in known.index.entries if entry.document.kind == GUIDE]
    return list(dict.fromkeys([*found[:MAX_LIKELY], *guides]))


@require_POST
@permission_required("search.change_askedwords")
def add_asked(request: HttpRequest) -> HttpResponse:
    """Add the query `q` to how people ask for the document with the key `document`."""
    query = clean(request.POST.get("q", ""))
    wanted = request.POST.get("document", "")
    document = next((each for each in all_documents() if each.key == wanted), None)
    if not query or document is None:
        messages.error(request, "请选择要添加到哪一页。")
    elif not _may_change(request.user, document):
        messages.error(request, f"您没有修改“{document.title}”的权限。")
    elif asked_words.add(document, [query], request.user):
        messages.success(request, f"“{query}”已添加到“{document.title}”，现在就能搜到。")
    else:
        messages.info(request, f"“{document.title}”已经有这句话，或者已经写满。")
    return HttpResponseRedirect(reverse("search_searches"))


def _may_change(user, document: Document) -> bool:
    if not document.key.startswith("page:"):
        return True
    page = Page.objects.get(pk=document.key.removeprefix("page:")).specific
    return page.permissions_for_user(user).can_edit()


class SafetyCardViewSet(SnippetViewSet):
    model = SafetyCard
    icon = "warning"
    menu_label = "求助和投诉提示"
    list_filter = ["kind"]
    list_display = [
        "title",
        Column("kind", label="种类", accessor="get_kind_display", sort_key="kind"),
        BooleanColumn("is_active", label="使用", sort_key="is_active"),
        "sort_order",
    ]


class AskedWordsForm(forms.ModelForm):
    """The document is chosen from those that have no page of their own."""

    document = forms.ChoiceField(label="对应内容")

    class Meta:
        model = AskedWords
        fields = ("document", "words")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = set(AskedWords.objects.exclude(pk=self.instance.pk).values_list("document"))
        self.fields["document"].choices = [
            (each.key, f"{each.title}（{each.kind_label}）")
            for each in all_documents()
            if not each.key.startswith("page:") and (each.key,) not in taken
        ]


class AskedWordsViewSet(SnippetViewSet):
    model = AskedWords
    icon = "comment"
    menu_label = "群众怎么问"
    list_display = ["document", "words"]

    def get_form_class(self, for_update=False):
        return AskedWordsForm


@require_POST
@permission_required("wagtailsearchpromotions.add_searchpromotion")
def promote(request: HttpRequest) -> HttpResponse:
    """Go on to choose promoted results for the query `q`."""
    query = Query.get(clean(request.POST.get("q", ""))[:200] or "？")
    return HttpResponseRedirect(reverse("wagtailsearchpromotions:edit", args=[query.pk]))
