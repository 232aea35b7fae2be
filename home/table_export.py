"""Every table that leaves the site as CSV or XLSX, for spreadsheets that run formulas.

Text typed by the public may start like a formula; Excel and LibreOffice would run it on the
computer of whoever opens the file (OWASP: CSV injection). Such text is written with an
apostrophe in front. `unguarded` takes away exactly what `guarded` put there, so a file that
went out and comes back is the same.

Wagtail's own reports and listings go through `guard_wagtail_exports`, called once at start.
"""

import datetime
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO
from urllib.parse import quote

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

BYTE_ORDER_MARK = "\ufeff"  # Without it Excel takes Chinese for another encoding.
BATCH = 500
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Spreadsheets skip blanks and invisible characters before a formula, and take signs that look
# like the four: wide, small, raised and lowered ones.
_STARTS = frozenset("=+-@−")
# Controls, formats, unassigned, spaces, marks that stand on the sign before; the rest are letters without ink.
_SKIPPED = ("Cc", "Cf", "Cn", "Cs", "Me", "Mn", "Zl", "Zp", "Zs")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_TO_QUOTE = re.compile('[,;"\t\r\n]')
# What XML cannot hold: a workbook with it would not open.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


# What Wagtail names by its English fields only.
HEADINGS = {
    "workflow": "审核流程",
    "task": "审核任务",
    "requested_by": "送审人",
    "workflow_state.requested_by": "送审人",
    "started_at": "开始时间",
    "finished_at": "完成时间",
    "finished_by": "完成的人",
}


def guarded(text: str) -> str:
    """The text as a spreadsheet shows it and does not run it."""
    return f"'{text}" if _is_dangerous(text) else text


def _is_dangerous(text: str) -> bool:
    """Whether a formula begins here, or behind the apostrophes of those who were here before."""
    text = text.lstrip("'")
    if text.startswith(("\t", "\r", "\n")):
        return True
    for sign in text:
        if sign.isalnum() and sign.isascii():
            return False
        if sign not in _BLANK_LETTERS and unicodedata.category(sign) not in _SKIPPED:
            return unicodedata.normalize("NFKC", sign) in _STARTS
    return False


def unguarded(text: str) -> str:
    """The text before `guarded`; any other text as it is."""
    return text[1:] if text.startswith("'") and _is_dangerous(text) else text


def guarded_cell(value):
    """Text of any kind guarded; numbers, dates and None as they are."""
    if isinstance(value, Promise):
        value = str(value)
    return guarded(value) if isinstance(value, str) else value


def csv_blocks(rows: Iterable[Iterable]) -> Iterator[bytes]:
    """The rows, headings first, as UTF-8 with a byte order mark; lines end in LF."""
    lines: list[str] = [BYTE_ORDER_MARK]
    for row in rows:
        lines.append(csv_line([guarded_cell(cell) for cell in row]))
        if len(lines) >= BATCH:
            yield "".join(lines).encode("utf-8", "replace")
            lines.clear()
    yield "".join(lines).encode("utf-8", "replace")


def csv_line(cells: list) -> str:
    """A line as csv.writer writes it, but for cells with the separators of other programs: they
    are quoted too, lest what follows in them become a cell of its own, with a formula."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    if texts == [""]:
        return '""\n'
    return ",".join(map(_quoted, texts)) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def csv_response(rows: Iterable[Iterable], name: str) -> StreamingHttpResponse:
    """The rows as a download; `name` is that of the file, without its ending."""
    return StreamingHttpResponse(csv_blocks(rows), CSV_TYPE, headers=_headers(f"{name}.csv"))


def write_xlsx(rows: Iterable[Iterable], title: str, stream: IO[bytes]) -> None:
    """One sheet. Text stays text: a 20-digit code kept as a number would lose its end."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        cells = []
        for value in map(guarded_cell, row):
            if isinstance(value, str):
                value = WriteOnlyCell(sheet, value=_NOT_IN_XML.sub("", value))
                value.data_type, value.number_format = "s", "@"
            cells.append(value)
        sheet.append(cells)
    book.save(stream)


def xlsx_response(rows: Iterable[Iterable], title: str, name: str) -> HttpResponse:
    """The rows as a download; `name` is that of the file, without its ending."""
    response = HttpResponse(content_type=XLSX_TYPE, headers=_headers(f"{name}.xlsx"))
    write_xlsx(rows, title, response)
    return response


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def local_time(value):
    """A moment as the time of here, to the second; any other value as it is."""
    if not isinstance(value, datetime.datetime):
        return value
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return here.replace(tzinfo=None, microsecond=0)


def in_words(item, name: str, value):
    """The words of a choice; any other value as it is."""
    shown = getattr(item, f"get_{name}_display", None)
    return str(shown()) if shown and isinstance(value, str | int) else value


def name_of_person(value):
    """The name of a person; any other value as it is."""
    is_person = isinstance(value, AbstractBaseUser)
    return value.get_full_name() or value.get_username() if is_person else value


def guard_wagtail_exports() -> None:
    """Make every export of Wagtail (reports, listings, form submissions, logs) write as we do.

    They all share one mixin, whose last step before a cell is `preprocess_field_value`.
    """
    mixin = SpreadsheetExportMixin
    if getattr(mixin, "is_guarded", False):
        return
    mixin.is_guarded = True
    row_dict, preprocess, heading, stream = (
        mixin.to_row_dict,
        mixin.preprocess_field_value,
        mixin.get_heading,
        mixin.stream_csv,
    )

    @functools.wraps(row_dict)
    def to_row_dict(self, item):
        row = row_dict(self, item)
        return row | {name: in_words(item, name, value) for name, value in row.items()}

    @functools.wraps(preprocess)
    def preprocess_field_value(self, field, value, export_format):
        cell = guarded_cell(
            preprocess(self, field, name_of_person(local_time(value)), export_format)
        )
        if export_format == self.FORMAT_XLSX and isinstance(cell, str):
            cell = _NOT_IN_XML.sub("", cell)
        return cell

    @functools.wraps(heading)
    def get_heading(self, queryset, field):
        return guarded_cell(HEADINGS.get(field) or heading(self, queryset, field))

    @functools.wraps(stream)
    def stream_csv(self, queryset):
        """Of the same steps as Wagtail's own, with lines as ours."""
        yield BYTE_ORDER_MARK.encode()
        yield csv_line([self.get_heading(queryset, field) for field in self.list_export])
        for item in queryset:
            row = self.to_row_dict(item)
            yield csv_line(
                [
                    self.preprocess_field_value(field, row.get(field), self.FORMAT_CSV)
                    for field in self.list_export
                ]
            )

    PageTypesUsageReportView.list_export = ["name", "count"]
    PageTypesUsageReportView.export_headings = {"name": "页面类型", "count": "页面数"}
    mixin.to_row_dict = to_row_dict
    mixin.preprocess_field_value = preprocess_field_value
    mixin.get_heading = get_heading
    mixin.stream_csv = stream_csv
