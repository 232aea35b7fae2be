"""The editors' screen of preview links of a page, with what was written there."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import PreviewLink
from home.typed_text.fields import WrittenDateField

MADE, ENDED = "home.preview_link_made", "home.preview_link_ended"
MAX_DAYS = 60
KEPT_AFTER_END = timedelta(days=30)


class PreviewLinkForm(forms.ModelForm):
    class Meta:
        model = PreviewLink
        fields = ["purpose", "last_day"]
        field_classes = {"last_day": WrittenDateField}
        widgets = {"last_day": AdminDateInput()}

    def clean_last_day(self):
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        if not today <= day <= today + timedelta(days=MAX_DAYS):
            raise forms.ValidationError(f"请选今天到{MAX_DAYS}天以内的一天。")
        return day


def preview_links(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lists the links of a page; POST makes one, or ends one."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    form = PreviewLinkForm()
    if request.method == "POST" and "end" in request.POST:
        number = request.POST["end"]
        link = get_object_or_404(PreviewLink, page=page, pk=number if number.isdecimal() else 0)
        link.delete()
        log(page, ENDED, user=request.user)
        messages.success(request, "链接已停用，意见也删除了。")
        return redirect("preview_links", page.pk)
    if request.method == "POST":
        form = PreviewLinkForm(request.POST)
        if form.is_valid():
            form.instance.page, form.instance.made_by = page, request.user
            form.save()
            log(page, MADE, user=request.user)
            messages.success(request, "链接已做好，复制下面的网址发给对方，不用登录就能看。")
            return redirect("preview_links", page.pk)
    links = [
        (link, request.build_absolute_uri(link.get_absolute_url()))
        for link in PreviewLink.objects.filter(page=page).prefetch_related("comments")
    ]
    context = {"page": page, "form": form, "links": links}
    return TemplateResponse(request, "home/staff/preview_links.html", context)


def forget_old_links() -> None:
    """The daily job: links that ended a while ago go, with what was written there."""
    PreviewLink.objects.filter(last_day__lt=timezone.localdate() - KEPT_AFTER_END).delete()
