"""Signing in with the outside identity service, to fill in the first person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..identity import sign_in
from ..wizard import drafts


@never_cache
@require_safe
def begin(request):
    """To the service. A link and no form: the page's policy lets forms go to this site only."""
    draft = _draft(request)
    if draft.service is None or draft.booking:
        return redirect("marriage:index")
    try:
        return sign_in.redirect_to_service(
            request, request.build_absolute_uri(reverse("marriage:signed_in"))
        )
    except sign_in.SignInError as error:
        messages.error(request, error.message)
        return redirect("marriage:person", "1")


@never_cache
@require_safe
def come_back(request):
    """From the service: its answer fills in the first person."""
    draft = _draft(request)
    if draft.service is None or draft.booking:
        return redirect("marriage:index")
    try:
        draft.data["identity"] = sign_in.read_answer(request)
    except sign_in.SignInError as error:
        messages.error(request, error.message)
    else:
        draft.people.pop("1", None)
        draft.save()
        messages.success(request, "身份认证成功，请核对下面的内容。")
    return redirect("marriage:person", "1")


def _draft(request):
    if not sign_in.is_offered():
        raise Http404
    return drafts.load(request)
