"""What people type and paste, and what it should become: `cases.tsv`."""

import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from home.typed_text import (
    TypedError,
    date_from,
    mail_address,
    one_line,
    paper_number,
    paragraphs,
    person_name,
    reference,
    telephone,
    time_from,
)
from home.typed_text.personal_numbers import personal_numbers
from home.typed_text.telephones import contact_number

READERS = {
    "contact": contact_number,
    "landline": lambda text: "、".join(personal_numbers(text, landlines=True)),
    "telephone": telephone,
    "mail": mail_address,
    "name": person_name,
    "paper": paper_number,
    "reference": lambda text: reference(text, (5, 5)),
    "date": lambda text: date_from(text).isoformat(),
    "time": lambda text: f"{time_from(text):%H:%M}",
    "personal": lambda text: "、".join(personal_numbers(text)),
}


def cases():
    for line in Path(__file__).with_name("cases.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, typed, right, source = line.split("\t")
        if "\\" in typed:
            typed = typed.encode("ascii", "backslashreplace").decode("unicode_escape")
        yield pytest.param(kind, typed, right, id=f"{kind}-{typed!a}-{source}"[:80])


@pytest.mark.parametrize(("kind", "typed", "right"), list(cases()))
def test_is_read_or_refused_with_the_reason(kind, typed, right):
    if right.startswith("!"):
        with pytest.raises(TypedError) as refusal:
            READERS[kind](typed)
        assert right[1:] in refusal.value.message
    else:
        assert READERS[kind](typed) == right


@given(st.text(max_size=40))
@example("A¯0")
def test_any_text_is_read_or_refused_and_reading_again_changes_nothing(text):
    assert one_line(one_line(text)) == one_line(text)
    assert paragraphs(paragraphs(text)) == paragraphs(text)
    for reader in (telephone, person_name, paper_number):
        try:
            value = reader(text)
        except TypedError:
            continue
        assert reader(value) == value


@given(st.text(max_size=200))
def test_what_is_stored_can_be_exported(text):
    for stored in (one_line(text), paragraphs(text)):
        assert "\x00" not in stored
        stored.encode("utf-8")


def test_references_with_a_prefix():
    assert reference("报名编号BM-7K4M-29XQ", (4, 4), "BM") == "7K4M29XQ"
    assert reference("bm7k4m29xq", (4, 4), "BM") == "7K4M29XQ"
    assert reference("BMAB-CDEF", (4, 4), "BM") == "BMABCDEF"
    assert reference("7K4M29XQ", (4, 4), "BM") == "7K4M29XQ"


def test_running_text_keeps_lines_and_emoji():
    assert paragraphs("第一行\r\n第二行\x08\x0b第三行\u202e") == "第一行\n第二行\n第三行"
    assert paragraphs("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert paragraphs("自　二〇二六年") == "自　二〇二六年"


def test_of_two_references_the_one_with_letters_counts():
    assert reference("预约号20260 90113，或者 3JUAK-AFCDR", (5, 5)) == "3JUAKAFCDR"


def test_what_is_no_reference_is_cut_and_kept():
    assert reference("a" * 50, (5, 5)) == "A" * 40
    assert reference("BM12", (4, 4), "BM") == "BM12"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("61234567", "请写区号，例如+852 6123 4567；内地手机号码是11位"),
        ("0912345678", "台湾号码请写区号，例如+886 912 345 678"),
        (
            "02084440000",
            "这像是固定电话，收不到短信。请输入手机号码，境外手机请写区号，例如+852 6123 4567",
        ),
        ("13800138001 13900139001", "请只输入一个手机号码"),
        ("10012345678", "这不是手机号码，请核对：内地手机号码以13至19开头"),
        ("+999 123456789", "没有这个国家或地区的区号，请核对，例如+852 6123 4567"),
        ("+852 612 345", "这个号码的位数与区号对不上，请核对，例如+852 6123 4567"),
        ("1x3800138001", "手机号码只能是数字，您输入了“x”"),
        ("", "请输入手机号码"),
    ],
)
def test_a_telephone_is_refused_in_these_words(typed, message):
    with pytest.raises(TypedError) as refusal:
        telephone(typed)
    assert refusal.value.message == str(refusal.value) == message


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "请输入姓名"),
        ("···", "请输入姓名"),
        ("张3", "姓名里不要有数字"),
        ("张\x7f\ue000;", "姓名里不能有“;”"),
        ("张" * 61, "姓名最多60个字，您输入了61个字"),
    ],
)
def test_a_name_is_refused_in_these_words(typed, message):
    with pytest.raises(TypedError) as refusal:
        person_name(typed)
    assert refusal.value.message == message


def test_sixty_characters_are_a_name():
    assert person_name("张" * 60) == "张" * 60


@pytest.mark.parametrize("typed", ["13800138001。", "13800138001;", "13800138001、"])
def test_the_end_of_a_sentence_is_no_part_of_a_telephone(typed):
    assert telephone(typed) == "13800138001"


@pytest.mark.parametrize(
    "typed", ["2026年9月1日（星期二）", "二〇二六年九月一日 星期二", "2026—9—1"]
)
def test_a_weekday_after_a_date_is_read_over(typed):
    assert date_from(typed) == datetime.date(2026, 9, 1)
