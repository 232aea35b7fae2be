"""Undoing the last import in the admin, after a question that is harder when many names would go."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from place_names.importing import background, jobs
from place_names.importing.applying import MANY, is_first_load
from place_names.models import ImportRecord

FIRST_LOAD = (
    "“{}”带来了地名库里大半的地名，不在这里撤销。个别地名有误的，请更正，或者改好文件重新导入；"
    "确实要整库撤销的，请系统管理员先备份，再用命令行办理。"
)


class UndoForm(forms.Form):
    """How many names will be deleted, typed as a confirmation."""

    count = forms.CharField(label="要删除的地名条数", max_length=9)

    def __init__(self, data, last: ImportRecord):
        super().__init__(data)
        self.last = last
        self.fields["count"].help_text = "撤销会删除这些地名。请填写上面的条数，确认看清楚了。"
        if last.added <= MANY:
            del self.fields["count"]

    def clean_count(self) -> str:
        if self.cleaned_data["count"].strip() != str(self.last.added):
            raise forms.ValidationError(f"与要删除的条数（{self.last.added}）不符，没有撤销。")
        return self.cleaned_data["count"]


@require_http_methods(["GET", "POST"])
def undo(request):
    """Asks before the last import is taken back; the answer names the one that was shown."""
    if not request.user.has_perm("place_names.change_importrecord"):
        raise PermissionDenied
    last = ImportRecord.last_standing()
    if last is None:
        messages.error(request, "没有可以撤销的导入。")
        return redirect("place_name_imports:list")
    if is_first_load(last):
        messages.error(request, FIRST_LOAD.format(last.file_name))
        return redirect("place_name_imports:list")
    if request.method == "POST" and request.POST.get("record") != str(last.pk):
        messages.error(request, "您看的页面已经过时，其间又有新的导入，没有撤销。请看清楚再撤销。")
        return redirect("place_name_imports:list")
    form = UndoForm(request.POST if request.method == "POST" else None, last)
    if form.is_valid():
        job = jobs.begin_undo(request.user, last)
        background.start(job, jobs.UNDOING)
        return redirect("place_name_imports:progress", job.id)
    return render(request, "place_names/staff/import_undo.html", {"last": last, "form": form})
