"""Searches names in the admin as the public search does: characters, pinyin, initials."""

from django import forms
from django.db.models import Case, IntegerField, Q, Value, When
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from place_names.names import addresses
from search.places.engines import place_search
from search.site_search.query import clean

FOUND = 200


def find(places, text: str):
    """Those of a queryset that match what was typed, the best first; drafts by name and code."""
    query = clean(text)
    hits = place_search().search(query, page_size=FOUND, facets=False).hits
    ids = [hit.id for hit in hits]
    wanted = Q(pk__in=ids) | Q(name__icontains=query) | Q(code__startswith=query)
    if code := addresses.typed_code(text):
        wanted |= Q(code=code) | Q(former_codes__code=code)
    if not ids:
        return places.filter(wanted).order_by("code")
    rank = Case(
        *[When(pk=pk, then=Value(position)) for position, pk in enumerate(ids)],
        default=Value(len(ids)),
        output_field=IntegerField(),
    )
    return places.filter(wanted).order_by(rank, "code")


class NameFilterForm(BaseFilterForm):
    q = forms.CharField(label="查地名", required=False)

    def filter(self, objects):
        objects = super().filter(objects)
        text = self.cleaned_data.get("q")
        if text:
            self.is_searching, self.search_query = True, text
            return find(objects, text)
        return objects


class NameChooseView(ChooseView):
    filter_form_class = NameFilterForm


class NameChooseResultsView(ChooseResultsView):
    filter_form_class = NameFilterForm


class PlaceNameChooserViewSet(SnippetChooserViewSet):
    choose_view_class = NameChooseView
    choose_results_view_class = NameChooseResultsView
