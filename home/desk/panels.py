"""The desk on the first page of the admin."""

from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from .lists import desk_lists

SHOWN = 6


class DeskPanel(Component):
    """Every registered list that has something in it, with how much there is."""

    name = "desk"
    template_name = "home/desk/panel.html"
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
