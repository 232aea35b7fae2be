from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from ..models import Figure
from ..uses import is_used
from . import rich_text
from .picker import choices
from .viewsets import FigureViewSet

register_snippet(FigureViewSet)


@hooks.register("before_delete_snippet")
def keep_figures_that_pages_show(request, instances):
    """A figure that a page shows is not deleted: the page would have a hole."""
    used = [item for item in instances if isinstance(item, Figure) and is_used(item)]
    if not used:
        return None
    names = "、".join(figure.name for figure in used)
    messages.error(request, f"还有页面用到：{names}。请先在那些页面里换掉，再删除。")
    return redirect("wagtailsnippets_guides_figure:list")


@hooks.register("register_rich_text_features")
def figures_in_rich_text(features):
    rich_text.register(features)


@hooks.register("register_admin_urls")
def figure_choices_url():
    return [path("figures/choices/", choices, name="figure_choices")]
