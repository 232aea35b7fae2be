"""Forms to fill in at home, as Word files with fields, each with a filled-in sample.

From `forms.toml`. They are made for the demonstration: no official templates.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from home.models import SiteDocument

from .files import document, saved, sheet_of_a4

DATA = Path(__file__).with_name("forms.toml")
FIELD = re.compile(r"\{([^}]+)\}")
BLANK = "＿＿＿＿＿＿"
MARK = "填写示例：人和事都是编的，只看怎样填，请勿照抄。"


@cache
def forms() -> list[dict]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))["form"]


def form_file(form: dict, *, is_filled: bool) -> bytes:
    """The form as a Word file: empty, with a field of its name at each gap, or filled in."""
    file = sheet_of_a4()
    file.add_heading(form["title"], 0)
    if is_filled:
        file.add_paragraph().add_run(MARK).bold = True
    answers = iter(form["filled"])
    for line in form["lines"]:
        paragraph = file.add_paragraph()
        for number, part in enumerate(FIELD.split(line)):
            if number % 2 == 0:
                paragraph.add_run(part)
            elif is_filled:
                paragraph.add_run(next(answers)).underline = True
            else:
                _add_field(paragraph, part)
    file.add_paragraph(f"说明：{form['note']}")
    return saved(file)


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A plain-text content control: Word and WPS let people type there and nowhere else by Tab."""
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias/><w:tag/><w:showingPlcHdr/><w:text/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t/></w:r></w:sdtContent></w:sdt>"
    )
    value = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
    for child in control[0][:2]:
        child.set(value, name[:60])
    control[1][0][0].text = BLANK if len(name) < 5 else f"{BLANK}（{name}）"
    paragraph._p.append(control)


def documents(form: dict) -> tuple[SiteDocument, SiteDocument]:
    """The empty form and the filled-in sample in the document library; added where missing."""
    empty = document(
        f"{form['title']}（空表）", f"{form['name']}.docx", form_file(form, is_filled=False)
    )
    sample = document(
        f"{form['title']}（填写示例）",
        f"{form['name']}-sample.docx",
        form_file(form, is_filled=True),
    )
    return empty, sample


def empty_forms() -> dict[tuple[str, str], int]:
    """{(guide, material): key of the empty form} for the own materials of guides that are a form."""
    return {
        (guide, material): documents(form)[0].pk
        for form in forms()
        if not form.get("listed")
        for guide, material in form["used"]
    }


def listed_forms() -> dict[tuple[str, str], int]:
    """{(booking service, material): key of the empty form}."""
    return {
        (service, material): documents(form)[0].pk
        for form in forms()
        for service in form.get("listed", ())
        for _guide, material in form["used"]
    }


def explanation(titles: dict[str, str]) -> str:
    """What the download page says of the forms, in the notation of `demonstration.notation`.

    `titles`: those of the guides, by slug.
    """
    rows = [
        "## 表格和填写示例",
        "每份表格有空表和填好的示例。可以在电脑上填，也可以打印出来用笔填。",
    ]
    for form in forms():
        guides = "、".join(
            f"[{titles[guide]}](/guides/{guide}/)" for guide, _material in form["used"]
        )
        rows.append(f"### {form['title']}\n{form['note']}\n用在：{guides}")
    return "\n\n".join(rows)
