"""What the page of the pre-check asks."""

from unicodedata import normalize

from django import forms
from django.core.validators import MinLengthValidator

import home.subdistricts
from home.typed_text.fields import LineField
from place_names.name_field import WrittenNameField
from place_names.names.at_point import subdistrict_at
from place_names.names.listing import numbers

from .findings import MEASURES, Proposal
from .lists import Lists

MAX_NAME = 30
MAX_MEASURE = 100_000_000
MAY_BE_NONE = {"green", "open"}


class NamingForm(forms.Form):
    """A proposed name, its kind and place; the sizes and a point may be left out."""

    kind = forms.ChoiceField(
        label="给什么起名",
        error_messages={"required": "请选择给什么起名。", "invalid_choice": "请选择给什么起名。"},
    )
    name = WrittenNameField(
        label="拟用的名称",
        max_length=MAX_NAME,
        validators=[MinLengthValidator(2, "名称至少两个字，请写全，例如“榕荫里”。")],
        help_text="写全名，例如：榕荫里、听涛花园。",
        error_messages={
            "required": "请填写拟用的名称。",
            "max_length": f"名称最多{MAX_NAME}个字，您写了%(show_value)s个字，请缩短。",
        },
        # Longer than what is taken: a browser cuts what is pasted without a word.
        attributes={"autocomplete": "off", "maxlength": 200},
    )
    subdistrict = forms.ChoiceField(
        label="在哪个街道",
        required=False,
        help_text="选了街道，先列出附近的地名。",
        error_messages={"invalid_choice": "没有这个街道，请重新选择。"},
    )
    generic = forms.CharField(
        label="通名",
        max_length=10,
        required=False,
        error_messages={"max_length": "通名最多10个字。"},
    )
    point = LineField(
        label="坐标",
        required=False,
        max_length=60,
        help_text="经度,纬度（2000国家大地坐标系），例如113.32,23.09。不清楚可以不填。",
        error_messages={"max_length": "坐标写成经度,纬度，例如113.32,23.09。"},
    )

    def __init__(self, data, lists: Lists):
        super().__init__(data)
        self.lists = lists
        self.fields["kind"].choices = [
            ("", "请选择"),
            *((slug, kind.label) for slug, kind in lists.kinds.items()),
        ]
        self.fields["subdistrict"].choices = [
            ("", "不清楚"),
            *((name, name) for _, name in home.subdistricts.subdistricts()),
        ]
        for name in MEASURES:
            self.fields[name] = measure_field(name)

    @property
    def measures(self) -> list:
        return [self[name] for name in MEASURES]

    @property
    def has_more(self) -> bool:
        """Whether something of the folded part is filled in or wrong."""
        return any(self[name].value() or self[name].errors for name in (*MEASURES, "point"))

    def clean_point(self) -> tuple[float, float] | None:
        text = normalize("NFKC", self.cleaned_data["point"]).replace(" ", "")
        if not text:
            return None
        found = numbers(text, 2)
        if not found:
            raise forms.ValidationError("坐标写成经度,纬度，例如113.32,23.09。")
        if not subdistrict_at(*found):
            raise forms.ValidationError("这个坐标不在海珠区内，请核对，或者不填。")
        return found[0], found[1]

    def clean(self):
        cleaned = super().clean()
        if point := cleaned.get("point"):
            there, chosen = subdistrict_at(*point).name, cleaned.get("subdistrict")
            if chosen and chosen != there:
                self.add_error("point", f"这个坐标在{there}，您选的是{chosen}，请改其中一项。")
            cleaned["subdistrict"] = chosen or there
        return cleaned

    def proposal(self) -> Proposal:
        told = self.cleaned_data
        return Proposal(
            told["name"],
            told["kind"],
            told["subdistrict"],
            told["point"],
            told["generic"],
            {name: told[name] for name in MEASURES if told.get(name) is not None},
        )


def measure_field(name: str) -> forms.FloatField:
    """The field of one of `MEASURES`, with the bounds that it has wherever it is asked."""
    wrong = f"{MEASURES[name]}请填{_range(name)}，不清楚可以不填。"
    bound = wrong.replace("%", "%%")  # Django puts the limit into these two.
    return forms.FloatField(
        label=MEASURES[name],
        required=False,
        min_value=0 if name in MAY_BE_NONE else 0.1,
        max_value=100 if name == "green" else MAX_MEASURE,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 12}),
        error_messages={"invalid": wrong, "min_value": bound, "max_value": bound},
    )


def _range(name: str) -> str:
    if name == "green":
        return "0到100的数字"
    return "数字" if name in MAY_BE_NONE else "大于0的数字"
