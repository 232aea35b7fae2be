"""翻译 in the menu of a page, beyond what Wagtail's form checks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.admin import messages
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView


class TranslateView(SubmitPageTranslationView):
    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            return super().post(request, **kwargs)
        except ParentNotTranslatedError:
            parent = self.object.get_parent().specific.get_admin_display_title()
            messages.error(request, f"请先翻译上一级页面“{parent}”，再翻译这一页。")
            return redirect(request.path)
