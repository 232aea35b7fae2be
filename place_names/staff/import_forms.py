"""Forms of the import: which file, how it is read, and which column is what."""

import re

from django import forms

from place_names.geometry import reference_systems
from place_names.geometry.coordinates import SYSTEMS
from place_names.importing import systems
from place_names.importing.mapping import MappingError, settle
from place_names.importing.matching import NEW, SKIP
from place_names.importing.readers import ENCODINGS, Source
from place_names.models import ImportMapping, PlaceName
from place_names.names.rows import COLUMNS, HEADINGS

ROW_SHOWN = 60
LINE = re.compile(r"[0-9]{1,7}")
CODE = re.compile(r"[0-9]{20}")


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
        label="地名文件", help_text="CSV、XLSX、GeoJSON、GeoPackage、KML或Shapefile（压缩为.zip）。"
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
        choices=[("", "按已保存的列对应；没有则按文件写明的"), *SYSTEMS.items()],
    )

    def clean(self):
        data = super().clean()
        saved = data.get("saved")
        data["encoding"] = data.get("encoding") or (saved.encoding if saved else "")
        data["system"] = data.get("system") or (saved.coordinate_system if saved else "")
        return data


class ReadingForm(forms.Form):
    """How the file is read: what it leaves open must be chosen, the rest may be corrected."""

    layer = forms.ChoiceField(required=False)
    heading_row = forms.TypedChoiceField(
        label="表头在哪一行", required=False, coerce=int, empty_value=0, widget=forms.RadioSelect
    )
    encoding = forms.ChoiceField(label="文字编码", required=False)
    system = forms.ChoiceField(label="坐标系", required=False)
    epsg = forms.RegexField(
        r"^(?:EPSG:)?[0-9]{4,6}$",
        label="其他坐标系的EPSG代号",
        required=False,
        help_text="例如4547（CGCS2000三度带，中央经线114°）。填写后以此为准。",
    )

    def __init__(self, *args, source: Source, encoding: str, system: str, **kwargs):
        super().__init__(*args, **kwargs)
        found = source.found
        what = "工作表" if source.kind == "xlsx" else "图层"
        choices = {
            "layer": [("", f"请选择{what}"), *_layers(found.layers)],
            "heading_row": [(n, f"第{n}行：{_row(row)}") for n, row in enumerate(found.top, 1)],
            "encoding": [("", "自动识别"), *_encodings(found.doubts)],
            "system": [("", "按文件写明的；没有写明则为2000国家大地坐标系"), *SYSTEMS.items()],
        }
        if found.crs and not reference_systems.why_not(found.crs):
            conversion = reference_systems.conversion(found.crs)
            choices["system"].insert(
                1, (found.crs, f"文件写明的{systems.label(found.crs)}，换算后导入（{conversion}）")
            )
        elif reference_systems.is_known(system):
            choices["system"].insert(1, (system, systems.label(system)))
        initial = {
            "layer": found.reading.layer,
            "heading_row": found.reading.heading_row,
            "encoding": encoding,
            "system": system,
        }
        for name, options in choices.items():
            self.fields[name].choices = options
            self.fields[name].initial = initial[name]
        self.fields["layer"].label = what
        if len(found.layers) < 2:
            del self.fields["layer"]
        if len(found.top) < 2:
            del self.fields["heading_row"]
        if source.kind == "xlsx":
            del self.fields["encoding"]

    def clean_epsg(self) -> str:
        digits = self.cleaned_data["epsg"].removeprefix("EPSG:")
        system = f"EPSG:{digits}" if digits else ""
        if system and (reason := reference_systems.why_not(system)):
            raise forms.ValidationError(reason)
        return system

    def choices_made(self) -> dict[str, object]:
        """The fields of a `Job` that were chosen."""
        data = dict(self.cleaned_data)
        epsg = data.pop("epsg")
        return data | {"system": epsg or data["system"]}


def _layers(layers) -> list[tuple[str, str]]:
    return [
        (each.name, each.name if each.count is None else f"{each.name}（{each.count}条）")
        for each in layers
    ]


def _encodings(doubts: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (key, f"{label}：{doubts[key]}" if key in doubts else label)
        for key, label in ENCODINGS.items()
    ]


def _row(cells: list[str]) -> str:
    text = "｜".join(cell.strip() for cell in cells if cell.strip())
    return text if len(text) <= ROW_SHOWN else text[:ROW_SHOWN] + "…"


class ColumnsForm(forms.Form):
    """One choice for each column of the file."""

    remove_missing = forms.BooleanField(
        label="删除文件中没有的地名", required=False, help_text="只在文件是完整的地名库时选用。"
    )
    clear_blank = forms.BooleanField(
        label="空白单元格清空登记的内容",
        required=False,
        help_text="不选，空白的不改：登记里原来有的都保留。街道在任何情况下都不清空。",
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


class DecisionsForm(forms.Form):
    """What the officer decided on rows without a code: line → code, "new" or "skip".

    The fields are `row-LINE` (a choice) and `code-LINE` (a code that was typed, which counts
    more); rows without either stay as they are.
    """

    message = ""

    def clean(self):
        self.decisions: dict[str, str] = {}
        for key, value in self.data.items():
            kind, _, line = key.partition("-")
            value = value.strip()
            if kind not in ("row", "code") or not LINE.fullmatch(line) or not value:
                continue
            if kind == "code" and not PlaceName.objects.filter(code=value).exists():
                self.message = f"第{line}行：地名库中没有代码{value[:20]}。"
                raise forms.ValidationError(self.message)
            if kind == "row" and value not in (NEW, SKIP) and not CODE.fullmatch(value):
                continue
            if kind == "code" or line not in self.decisions:
                self.decisions[line] = value
        return super().clean()
