"""A draft for somebody without an account: by a link with a last day, with room for comments."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from home import rate_limits
from home.models import PreviewComment, PreviewLink
from home.one_time import OneTimeForm, RefusedError, sent_before, store_once
from home.trash import is_in_trash
from home.typed_text import paragraphs

COMMENTS_PER_HOUR = 30


class CommentForm(OneTimeForm, forms.ModelForm):
    class Meta:
        model = PreviewComment
        fields = ["text"]

    def clean_text(self):
        return paragraphs(self.cleaned_data["text"])


def _link(token: str) -> PreviewLink:
    link = PreviewLink.objects.select_related("page").filter(token=token).first()
    if link is None or not link.is_open or is_in_trash(link.page):
        raise Http404
    return link


def _refusal(link: PreviewLink) -> str:
    is_too_many = rate_limits.hit("preview-comment", str(link.pk)) > COMMENTS_PER_HOUR
    return "这个链接一小时里收到的意见太多，请过一会儿再写。" if is_too_many else ""


@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The draft in a frame, with the comments so far and a form for another one."""
    link = _link(token)
    form = CommentForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        sent_as = form.sent_as()
        if sent_before(PreviewComment, sent_as):
            return redirect(f"{link.get_absolute_url()}#comments")
        form.instance.link, form.instance.sent_as = link, sent_as
        try:
            store_once(PreviewComment, sent_as, form.save, lambda: _refusal(link))
        except RefusedError as error:
            form.add_error(None, error.words)
            status = 429
        else:
            return redirect(f"{link.get_absolute_url()}#comments")
    context = {"link": link, "form": form, "comments": link.comments.all()}
    response = render(request, "home/preview.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": browsers then post the form with "Origin: null", which is refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@xframe_options_sameorigin
def previewed_page(request: HttpRequest, token: str) -> HttpResponse:
    """The newest draft itself, as readers would see it."""
    draft = _link(token).page.get_latest_revision_as_object()
    made = draft.make_preview_request(request, draft.default_preview_mode)
    if hasattr(made, "render"):
        made.render()
    # A response of its own: the one of the page may be cached for everybody.
    response = HttpResponse(made.content, status=made.status_code)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
