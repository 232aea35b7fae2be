"""The list that somebody brings: which column has the names, and what else tells of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms

from home.table_export import unguarded
from place_names.importing import mapping
from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import ENCODINGS, PUBLIC, Source, few_rows, open_source
from place_names.importing.uploads import on_disk
from place_names.models import Category, Subdistrict
from place_names.reconciliation.matching import Facts, candidates

MAX_ROWS, MAX_BYTES, MAX_TEXT = 5000, 5 << 20, 200
LIKE_A_NAME = 80
"""From this score on a heading is taken for a name of the list."""


class ListForm(forms.Form):
    file = forms.FileField(
        label="文件", help_text="Excel（.xlsx）或CSV，最多5000行，第一行是表头。"
    )
    column = forms.CharField(
        label="名称在哪一列",
        max_length=100,
        required=False,
        help_text="填表头的文字。表头是“地名”“名称”“标准名称”的，或者只有一列的，不用填。",
    )
    layer = forms.CharField(
        label="工作表", max_length=100, required=False, help_text="只有一张工作表的，不用填。"
    )
    encoding = forms.ChoiceField(
        label="文字编码",
        required=False,
        choices=[("", "自动识别"), *ENCODINGS.items()],
        help_text="出来的文字读不通时，换一种。",
    )


@dataclass(frozen=True)
class Item:
    """A row: its cells as they were, the text that stands for a name, and what else it says.

    `fault` says why the file does not hold what the cell of the name shows.
    """

    cells: list[str]
    text: str
    facts: Facts
    fault: str = ""


@dataclass(frozen=True)
class ListOfNames:
    headings: list[str]
    items: list[Item]
    is_workbook: bool


def read(form: ListForm) -> ListOfNames:
    """The whole list in memory. Raises FileRefusedError with what to do."""
    upload = form.cleaned_data["file"]
    if upload.size > MAX_BYTES:
        raise FileRefusedError("文件超过5MB，请只留名称和街道等几列，或者分成几份。")
    if not upload.name.lower().endswith((".csv", ".xlsx")):
        raise FileRefusedError("请上传Excel（.xlsx）或CSV文件，其他格式请先另存。")
    with on_disk(upload) as path:
        source = open_source(
            path,
            upload.name,
            form.cleaned_data["encoding"],
            layer=form.cleaned_data["layer"].strip(),
            allowance=PUBLIC,
        )
        if asked := source.questions():
            raise FileRefusedError("".join(asked.values()))
        return _list(source, form.cleaned_data["column"].strip())


def _refuse_ambiguous(headings: Sequence[str]) -> None:
    """Cells are read by their heading, so each column needs one of its own."""
    twice = sorted({one for one in headings if one.strip() and headings.count(one) > 1})
    if twice:
        raise FileRefusedError(f"表头有重复的列：{'、'.join(twice)}。请改成不同的名称再上传。")
    if sum(not one.strip() for one in headings) > 1:
        raise FileRefusedError("有几列没有表头，请写上表头，或者删去这几列，再上传。")


def _list(source: Source, column: str) -> ListOfNames:
    _refuse_ambiguous(source.headings)
    known = {field: heading for heading, field in mapping.guess(source.headings).items()}
    names = _column(source, column, known)
    subdistricts, categories = _codes()
    items = []
    for row in few_rows(source, MAX_ROWS, "一次能核对的名单"):
        text = unguarded(row.values.get(names, "")).strip()[:MAX_TEXT]
        facts = Facts(
            subdistrict=_code_of(row.values, known.get("subdistricts"), subdistricts),
            category=_code_of(row.values, known.get("category"), categories),
        )
        fault = row.faults.get(names, "")
        if fault:
            fault = f"第{row.line}行“{names}”列{fault}"
        cells = [row.values.get(each, "") for each in source.headings]
        items.append(Item(cells, text, facts, fault))
    if not any(item.text or item.fault for item in items):
        raise FileRefusedError(f"“{names}”列里没有名称。")
    return ListOfNames(source.headings, items, source.kind == "xlsx")


def _column(source: Source, column: str, known: Mapping[str, str]) -> str:
    filled = [heading for heading in source.headings if heading.strip()]
    if column:
        if column in filled:
            return column
        raise FileRefusedError(f"没有“{column}”这一列。表头是：{'、'.join(filled[:12])}。")
    if "name" in known:
        return known["name"]
    if len(filled) == 1:
        _refuse_missing_heading(filled[0])
        return filled[0]
    raise FileRefusedError(f"看不出名称在哪一列，请填写。表头是：{'、'.join(filled[:12])}。")


def _refuse_missing_heading(heading: str) -> None:
    """A list without headings would lose its first name to them."""
    found = candidates(heading, Facts())
    if found and found[0].score >= LIKE_A_NAME:
        raise FileRefusedError(
            f"第一行“{heading}”像是一个地名，不像表头。"
            "请在它上面加一行，写上表头“名称”，再上传；它真是表头的，请改成“名称”。"
        )


def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """Codes of subdistricts and of classes by what people write for them."""
    subdistricts, categories = {}, {}
    for code, name in Subdistrict.objects.values_list("code", "name"):
        subdistricts |= dict.fromkeys((code, name, name.removesuffix("街道")), code)
    for code, name in Category.objects.values_list("code", "name"):
        categories |= {code: code, name: code}
    return subdistricts, categories


def _code_of(values: Mapping[str, str], heading: str | None, codes: Mapping[str, str]) -> str:
    """What cannot be told says nothing: the name alone decides then."""
    return codes.get(values.get(heading, "").strip(), "") if heading else ""
