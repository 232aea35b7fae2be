"""Searches names in the admin as the public search does: characters, pinyin, initials."""

from django import forms
from django.db.models import Case, IntegerField, Q, Value, When
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenView,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from place_names.models import PlaceName
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


class _ListedNames:
    """Names as they are chosen: equal names are told apart by subdistrict, class and code."""

    filter_form_class = NameFilterForm

    @property
    def columns(self):
        title, *others = super().columns
        told = [
            Column("subdistrict", label="主要街道"),
            Column("category", label="类别"),
            Column("code", label="地名代码"),
        ]
        return [title, *told, *others]

    def get_object_list(self):
        return super().get_object_list().select_related("subdistrict", "category")


class NameChooseView(_ListedNames, ChooseView):
    pass


class NameChooseResultsView(_ListedNames, ChooseResultsView):
    pass


class NameChosenView(SnippetChosenView):
    def get_display_title(self, instance):
        return told_apart(instance)


def told_apart(place: PlaceName) -> str:
    """A name as a form shows it once it is chosen."""
    return "，".join(filter(None, [place.name, str(place.subdistrict or ""), place.code]))


class PlaceNameChooser(AdminSnippetChooser):
    """Shows nothing chosen for a key that cannot be one; the field then says what is wrong."""

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except ValueError:
            return None

    def get_value_data_from_instance(self, instance):
        data = super().get_value_data_from_instance(instance)
        return data | {self.display_title_key: told_apart(instance)}


class PlaceNameChooserViewSet(SnippetChooserViewSet):
    choose_view_class = NameChooseView
    choose_results_view_class = NameChooseResultsView
    chosen_view_class = NameChosenView
    base_widget_class = PlaceNameChooser
