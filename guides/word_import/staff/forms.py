"""Forms of the import: the file, then what the document says of itself."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from home.typed_text.fields import WrittenDateField

from ...policies.models import PolicyState

OTHER_FORMAT = (
    "请选择.docx文件。.doc、.wps、.odt请在Word或WPS里打开，另存为.docx再上传；"
    ".pdf里的文字不能编辑，请作为附件上传；.ofd请先打印或者另存为PDF，再作为附件上传。"
)


class WordFileForm(forms.Form):
    file = forms.FileField(
        label="Word文件",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        validators=[FileExtensionValidator(["docx"], OTHER_FORMAT)],
        error_messages={"required": "请选择一个.docx文件。", "empty": "这个文件是空的。"},
    )
    kind = forms.ChoiceField(label="做成", widget=forms.RadioSelect)

    def __init__(self, *args, max_megabytes: int, kinds: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.max_megabytes = max_megabytes
        if kinds:
            self.fields["kind"].choices = kinds
            self.fields["kind"].initial = kinds[0][0]
        else:
            del self.fields["kind"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > self.max_megabytes * 1024 * 1024:
            raise forms.ValidationError(
                f"文件有{file.size / 1024 / 1024:.1f}MB，最多{self.max_megabytes}MB。请压缩图片后再试。"
            )
        return file


class PageForm(forms.Form):
    """What becomes of the document: nothing that readers rely on is assumed."""

    title = forms.CharField(label="标题", max_length=255)

    def __init__(self, *args, about: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.about = about

    def page_fields(self) -> dict:
        return self.cleaned_data


def _day(label: str, **kwargs) -> WrittenDateField:
    errors = {"required": f"请填写{label}。"}
    return WrittenDateField(label=label, widget=AdminDateInput, error_messages=errors, **kwargs)


class NoticeForm(PageForm):
    issued_on = _day("发布日期")


class PolicyForm(PageForm):
    document_number = forms.CharField(label="文号", max_length=80, required=False)
    issuing_body = forms.CharField(label="发文机关", max_length=80)
    issued_on = _day("成文日期")
    revised_on = _day("修订日期", required=False, help_text="最近一次修订、修正的日期。")
    state = forms.ChoiceField(
        label="效力",
        choices=PolicyState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择这份文件今天的效力。"},
    )
    effective_on = _day("施行日期", required=False)
    ends_on = _day("有效期至", required=False, help_text="含当天。废止的文件填废止前一天。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if dates := self.about.get("dates"):
            self.fields["issued_on"].help_text = f"文中单独成行的日期：{'、'.join(dates)}"
        if validity := self.about.get("validity"):
            self.fields["effective_on"].help_text = f"文中写有：{'；'.join(validity)}"

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        today = timezone.localdate()
        begins, ends = cleaned["effective_on"] or cleaned["issued_on"], cleaned["ends_on"]
        if cleaned["state"] == PolicyState.COMING and begins <= today:
            self.add_error("effective_on", "尚未施行的文件，施行日期要晚于今天。")
        elif cleaned["state"] == PolicyState.ENDED and not (ends and ends < today):
            self.add_error("ends_on", "已失效的文件，请写明有效期到哪一天（今天以前）。")
        elif cleaned["state"] == PolicyState.IN_FORCE:
            if begins > today:
                self.add_error("effective_on", "现行有效的文件，施行日期不能晚于今天。")
            if ends and ends < today:
                self.add_error("ends_on", "这一天已经过去，文件不再有效。请核对日期或效力。")
        revised = cleaned["revised_on"]
        if revised and cleaned["issued_on"] and revised < cleaned["issued_on"]:
            self.add_error("revised_on", "修订日期不能早于成文日期。")
        if ends and begins and ends < begins:
            self.add_error("ends_on", "有效期不能早于施行日期。")
        return cleaned

    def page_fields(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "state"}


FORMS = {"policy": PolicyForm, "notice": NoticeForm, "guide": PageForm}
