"""The screens of one picture or file, which say why they cannot be opened."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .in_use import named, settled_pages_showing


def telling_why(view: Callable, model: type[Model], list_url: str) -> Callable:
    """`view` with the primary key of a `model` as its only argument. Where a page that is public or in review
    shows it and this person may not publish, back to the list with the way to replace it."""

    def shown(request: HttpRequest, **kwargs: int) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except PermissionDenied:
            [pk] = kwargs.values()
            thing = model.objects.filter(pk=pk).first()
            pages = settled_pages_showing(thing) if thing else []
            if not pages:
                raise
        what = model._meta.verbose_name
        messages.warning(
            request,
            f"“{thing}”正在{named(pages)}使用，您不能直接改它。要换，先上传新的{what}，"
            "打开那个页面换上，再提交审核。",
        )
        return redirect(list_url)

    return shown
