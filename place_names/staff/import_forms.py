"""Forms of the import: which file, and which column is what."""

from django import forms

from place_names.coordinates import SYSTEMS
from place_names.importing.mapping import MappingError, settle
from place_names.importing.readers import ENCODINGS
from place_names.models import ImportMapping
from place_names.rows import COLUMNS, HEADINGS


class MappingSelect(forms.Select):
    """Each option tells encoding and system of its mapping, so that a script can preset them."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        saved = getattr(value, "instance", None)
        if saved is not None:
            option["attrs"]["data-encoding"] = saved.encoding
            option["attrs"]["data-system"] = saved.coordinate_system
        return option


class UploadForm(forms.Form):
    """What a saved mapping knows (columns, encoding, system) holds where nothing is chosen."""

    file = forms.FileField(
        label="地名文件", help_text="CSV、XLSX、GeoJSON、GeoPackage或Shapefile（压缩为.zip）。"
    )
    shapes = forms.FileField(
        label="图形文件（可不选）", required=False, help_text="线和面，以code列对应地名代码。"
    )
    saved = forms.ModelChoiceField(
        label="使用已保存的列对应",
        required=False,
        queryset=ImportMapping.objects.all(),
        empty_label="自动识别",
        widget=MappingSelect,
        help_text="其中保存的文字编码和坐标系一并选用，也可在下面另选。",
    )
    encoding = forms.ChoiceField(
        label="文字编码", required=False, choices=[("", "自动识别"), *ENCODINGS.items()]
    )
    system = forms.ChoiceField(
        label="坐标系",
        required=False,
        choices=[("", "按已保存的列对应；没有则为2000国家大地坐标系"), *SYSTEMS.items()],
    )

    def clean(self):
        data = super().clean()
        saved = data.get("saved")
        data["encoding"] = data.get("encoding") or (saved.encoding if saved else "")
        data["system"] = data.get("system") or (saved.coordinate_system if saved else "CGCS2000")
        return data


class ColumnsForm(forms.Form):
    """One choice for each column of the file."""

    remove_missing = forms.BooleanField(
        label="删除文件中没有的地名", required=False, help_text="只在文件是完整的地名库时选用。"
    )
    save_as = forms.CharField(
        label="把列的对应另存为",
        required=False,
        max_length=60,
        help_text="连同文字编码和坐标系保存，下次导入可直接选用。",
    )

    def __init__(self, *args, headings: list[str], columns: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "不导入"), *((name, HEADINGS[name]) for name in COLUMNS)]
        self.headings = headings
        for number, heading in enumerate(headings):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading, required=False, choices=choices, initial=columns.get(heading, "")
            )
        self.order_fields([f"column_{n}" for n in range(len(headings))])

    def clean(self):
        data = super().clean()
        chosen = {
            heading: data[f"column_{number}"]
            for number, heading in enumerate(self.headings)
            if data.get(f"column_{number}")
        }
        try:
            self.columns = settle(self.headings, chosen)
        except MappingError as error:
            raise forms.ValidationError(str(error)) from error
        return data
