"""Files of the demonstration, made from what the site itself knows."""

from io import BytesIO

import docx
from django.core.files.base import ContentFile
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.styles import Font

from home.models import SiteDocument

from .figures import read

YEARS = (2020, 2023, 2025)


def indicators() -> bytes:
    """The 21 indicators of the plan as a spreadsheet: a row each, a column for each year."""
    book = Workbook()
    sheet = book.active
    sheet.title = "规划指标"
    sheet.append(["序号", "领域", "指标", "单位", *(f"{year}年" for year in YEARS), "性质", "出处"])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for figure in read():
        if not figure.number:
            continue
        by_year = {value.valid_from.year: value for value in figure.values.all()}
        shown = [by_year[year].shown(with_unit=False) if year in by_year else "–" for year in YEARS]
        sheet.append(
            [
                figure.number,
                figure.area,
                figure.name,
                figure.unit,
                *shown,
                figure.get_kind_display(),
                figure.source,
            ]
        )
    for column, width in zip("ABCDEFGHI", (6, 14, 40, 12, 24, 24, 24, 10, 50), strict=True):
        sheet.column_dimensions[column].width = width
    return saved(book)


def saved(file) -> bytes:
    data = BytesIO()
    file.save(data)
    return data.getvalue()


def sheet_of_a4() -> Document:
    """An empty document on A4 in Chinese; the template of the library is on Letter, in English
    and Japanese."""
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for root in (file.styles.element, file.settings.element):
        for name in ("w:lang", "w:themeFontLang"):
            for element in root.iter(qn(name)):
                element.set(qn("w:val"), "zh-CN")
                element.set(qn("w:eastAsia"), "zh-CN")
    file.core_properties.language = "zh-CN"
    return file


def document(title: str, name: str, content: bytes) -> SiteDocument:
    return SiteDocument.objects.filter(title=title).first() or SiteDocument.objects.create(
        title=title, file=ContentFile(content, name)
    )


def indicators_file() -> SiteDocument:
    return document("规划的21项指标（表格）", "plan-indicators.xlsx", indicators())


# What a policy of the demonstration may have as an attachment.
ATTACHED = {"indicators": indicators_file}
