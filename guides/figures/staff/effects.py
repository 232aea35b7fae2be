"""What an editor of a figure sees of its effects: on its form, and as 使用情况."""

from functools import partial

from django.db.models import Model
from wagtail.admin.panels import Panel
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import UsageView

from home.staff.desk.pages import edit_url
from home.staff.desk.reviewing import ReviewedEditView

from ..effects import Place, hidden_from_the_public, pages_showing, places_of


class EffectsPanel(Panel):
    """All places that change with the figure, before anything is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/figures/staff/effects.html"

        class Media:
            js = ("js/figure-effects.js",)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            places = places_of(self.instance) if self.instance.pk else []
            pages: dict[int, tuple[Model, str, list[Place]]] = {}
            for place in places:
                _page, _url, own = pages.setdefault(
                    place.page.pk, (place.page, edit_url(place.page), [])
                )
                own.append(place)
            hidden = hidden_from_the_public([page for page, _url, _own in pages.values()])
            context.update(pages=list(pages.values()), places=places, hidden=hidden)
            context["is_draft"] = any(place.after is not None for place in places)
            return context


class FigureEditView(ReviewedEditView):
    def get_side_panels(self):
        """The count of uses is that of the pages, whose text Wagtail does not read."""
        panels = super().get_side_panels()
        for panel in panels:
            if isinstance(panel, StatusSidePanel):
                count = len(pages_showing(self.object))
                usage = {"usage_count": count, "usage_url": panel.usage_url}
                panel.get_usage_context = partial(dict, usage)
        return panels


class FigureUsageView(UsageView):
    """Each place on a public page; Wagtail's own list knows only what was chosen in blocks."""

    def get_queryset(self):
        return places_of(self.object)

    columns = [
        TitleColumn(
            "page", label="页面", accessor="page.title", get_url=lambda place: edit_url(place.page)
        ),
        Column("field", label="在哪里"),
        Column("before", label="公众现在看到的"),
    ]

    def get_table(self, object_list, **kwargs):
        return self.table_class(self.columns, object_list, **self.get_table_kwargs())
