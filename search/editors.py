"""The editors' screens of search: synonyms, and what was searched in vain."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.contrib.search_promotions.models import Query
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from . import statistics
from .models import SearchSettings, Synonym
from .question import clean

PERIODS = (7, 30, 90)


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
    template_name = "search/editors/searches.html"
    page_title = "搜索统计"
    header_icon = "search"

    def get_context_data(self, **kwargs):
        days = self.request.GET.get("days", "")
        days = int(days) if days in map(str, PERIODS) else 30
        rows = statistics.report(days)
        return super().get_context_data(
            days=days,
            periods=PERIODS,
            settings_of_search=SearchSettings.load(),
            failed=[row for row in rows if row["without_result"]][:200],
            opened=sorted((row for row in rows if row["clicks"]), key=lambda row: -row["clicks"])[
                :50
            ],
            **kwargs,
        )


@require_POST
@permission_required("wagtailsearchpromotions.add_searchpromotion")
def promote(request: HttpRequest) -> HttpResponse:
    """Go on to choose promoted results for the query `q`."""
    query = Query.get(clean(request.POST.get("q", ""))[:200] or "？")
    return HttpResponseRedirect(reverse("wagtailsearchpromotions:edit", args=[query.pk]))
