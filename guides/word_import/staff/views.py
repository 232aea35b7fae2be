"""The editors' screens: choose a file, look at what was read, get a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page, Site

from home.models import SiteSettings
from home.sandbox import FileRefusedError

from .. import drafts
from ..models import WordImportSettings, WordUpload
from .forms import FORMS, WordFileForm

MAX_WARNINGS = 20


class WordImportScreen(WagtailAdminTemplateMixin, FormView):
    page_title = "导入Word文件"
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class WordImportView(WordImportScreen):
    """The file, and what it is to become; with `page` in the URL the text of that page."""

    template_name = "guides/word_import/staff/upload.html"
    form_class = WordFileForm

    def dispatch(self, request, *args, **kwargs):
        self.page, self.kinds = None, []
        if "page" in kwargs:
            self.page = get_object_or_404(Page, pk=kwargs["page"]).specific
            if not drafts.may_replace_text(request.user, self.page):
                raise PermissionDenied
        else:
            self.kinds = drafts.kinds_for(request.user)
            if not self.kinds:
                raise PermissionDenied
        self.limits = WordImportSettings.for_request(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        limits = {"max_megabytes": self.limits.max_megabytes, "kinds": self.kinds}
        return super().get_form_kwargs() | limits

    def get_context_data(self, **kwargs):
        return super().get_context_data(limits=self.limits, replaced=self.page, **kwargs)

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            drafts.Imported.of(data, self.limits.max_pages)
        except FileRefusedError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        upload = WordUpload.objects.create(
            user=self.request.user,
            page_id=self.page and self.page.pk,
            kind=form.cleaned_data.get("kind", ""),
            name=file.name[:255],
            data=data,
        )
        return redirect("word_import_review", upload.pk)


class ReviewView(WordImportScreen):
    """What was read, beside the words of the document, before a draft is made."""

    template_name = "guides/word_import/staff/review.html"

    def dispatch(self, request, *args, **kwargs):
        found = WordUpload.objects.filter(pk=kwargs["key"], user_id=request.user.pk).first()
        if found is None:
            messages.warning(request, "这份文件已经导入，或者上传后超过两天没有导入。请重新上传。")
            return redirect("word_import")
        self.upload = found
        self.page = found.page and found.page.specific
        if self.page and not drafts.may_replace_text(request.user, self.page):
            raise PermissionDenied
        if not self.page and not drafts.parent_for(request.user, found.kind):
            raise PermissionDenied
        limits = WordImportSettings.for_request(request)
        try:
            self.imported = drafts.Imported.of(bytes(found.data), limits.max_pages)
        except FileRefusedError as error:  # The limit was lowered, or the machine is busy.
            messages.error(request, f"“{found.name}”：{error}")
            return redirect("word_import")
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        if self.page:
            return None
        return FORMS[self.upload.kind](about=self.imported.about, **self.get_form_kwargs())

    def get_initial(self):
        about = self.imported.about
        file_title = self.upload.name.rsplit(".", 1)[0].strip()
        settings = SiteSettings.for_site(Site.find_for_request(self.request))
        return {
            "title": (about["title"] or file_title)[:255],
            "document_number": about["document_number"],
            "issuing_body": settings.organisation,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            upload=self.upload, imported=self.imported, replaced=self.page, **kwargs
        )

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form is not None and not form.is_valid():
            return self.form_invalid(form)
        if self.page:
            page = self.page
            warnings = drafts.replace_text(self.imported, page, request.user)
        else:
            page, warnings = drafts.create_draft(
                self.imported, self.upload.kind, request.user, **form.page_fields()
            )
        self.upload.delete()
        self._tell(warnings)
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def _tell(self, warnings: list[str]) -> None:
        count = len(self.imported.content)
        messages.success(
            self.request,
            f"已导入为草稿：{count}段内容，{self.imported.pictures}幅图片。请核对后送审。",
        )
        found = [*self.imported.warnings(), *warnings][:MAX_WARNINGS]
        if found:
            # A single message that can be opened: a bar for each would push the form off the screen.
            rows = format_html_join("", "<li>{}</li>", ((each,) for each in found))
            words = "<details><summary>请对照原文核对（{}处）</summary><ul>{}</ul></details>"
            messages.warning(self.request, format_html(words, len(found), rows))
