"""The desk panel on the first page of the admin."""

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from home.models import EventPage, NoticeIndexPage, NoticePage
from home.pages.section_permissions import may_create

from .lists import desk_lists

SHOWN = 6


class NewPagePanel(Component):
    """What editors write each week, one click from the first page."""

    name = "new-page"
    template_name = "home/staff/desk/new_page.html"
    order = 90

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        index = NoticeIndexPage.objects.first()
        if index is None or not index.permissions_for_user(self.request.user).can_add_subpage():
            return {"links": []}
        models = [
            model for model in (NoticePage, EventPage) if may_create(self.request.user, model)
        ]
        return {
            "links": [
                (
                    f"写{model._meta.verbose_name}",
                    reverse(
                        "wagtailadmin_pages:add", args=["home", model._meta.model_name, index.pk]
                    ),
                )
                for model in models
            ]
        }


class DeskPanel(Component):
    """All registered lists that are not empty, with their lengths."""

    name = "desk"
    template_name = "home/staff/desk/panel.html"
    order = 230  # After what waits for this person's review and what this person submitted.

    def __init__(self, request):
        self.request = request

    @cached_property
    def lists(self) -> list[dict]:
        result = []
        for entry in desk_lists(self.request.user):
            items = list(entry.gather(self.request.user))
            result.append(
                {
                    "key": entry.key,
                    "title": entry.title,
                    "count": len(items),
                    "items": items[:SHOWN],
                    "rest": items[SHOWN:],
                }
            )
        return result

    def get_context_data(self, parent_context):
        waiting = [entry for entry in self.lists if entry["items"]]
        done = [entry["title"] for entry in self.lists if not entry["items"]]
        return {"waiting": waiting, "done": done}

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if self.lists else ""
