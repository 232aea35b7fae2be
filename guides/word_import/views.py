"""The editors' screen: choose a file, get a draft."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import FileExtensionValidator
from django.shortcuts import redirect
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Site

from ..models import PolicyIndexPage
from ..models.word_import import WordImportSettings
from .importing import UnreadableError, import_policy


class WordFileForm(forms.Form):
    file = forms.FileField(
        label="Word文件",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        validators=[FileExtensionValidator(["docx"], "请选择.docx文件；.doc请先另存为.docx。")],
        error_messages={"required": "请选择一个.docx文件。", "empty": "这个文件是空的。"},
    )

    def __init__(self, *args, most_megabytes: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.most_megabytes = most_megabytes

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > self.most_megabytes * 1024 * 1024:
            raise forms.ValidationError(
                f"文件有{file.size / 1024 / 1024:.1f}MB，最多{self.most_megabytes}MB。请压缩图片后再试。"
            )
        return file


def policy_index_for(user) -> PolicyIndexPage | None:
    """The place for new policies, if this user may add pages there."""
    index_page = PolicyIndexPage.objects.first()
    if index_page and index_page.permissions_for_user(user).can_add_subpage():
        return index_page
    return None


class WordImportView(WagtailAdminTemplateMixin, FormView):
    template_name = "guides/word_import/upload.html"
    page_title = "导入Word文件"
    header_icon = "upload"
    form_class = WordFileForm

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request, *args, **kwargs):
        self.index_page = policy_index_for(request.user)
        if self.index_page is None:
            raise PermissionDenied
        self.limits = WordImportSettings.for_request(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"most_megabytes": self.limits.most_megabytes}

    def get_context_data(self, **kwargs):
        return super().get_context_data(limits=self.limits, **kwargs)

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        site = Site.find_for_request(self.request)
        try:
            page, found = import_policy(
                file.read(),
                file.name,
                self.index_page,
                self.request.user,
                site,
                self.limits.most_pages,
            )
        except UnreadableError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        count = len(found.blocks)
        messages.success(
            self.request,
            f"已导入为草稿：{count}段内容，{found.pictures}幅图片。请核对文号、日期和正文后送审。",
        )
        for warning in found.warnings[:20]:
            messages.warning(self.request, warning)
        return redirect("wagtailadmin_pages:edit", page.pk)
