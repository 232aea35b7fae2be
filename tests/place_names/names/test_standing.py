from datetime import date

import pytest

from place_names.names.standing import fault_of_approval, faults


@pytest.mark.parametrize(
    ("status", "start", "end", "ground", "fields"),
    [
        ("standard", 1990, None, "", []),
        ("standard", None, None, "", []),
        ("standard", 2026, None, "", []),
        ("standard", 2027, None, "", ["status"]),
        ("planned", 2027, None, "", []),
        ("planned", 2026, None, "", ["year_established"]),
        ("planned", None, None, "", ["year_established"]),
        ("standard", 1990, 2000, "", ["status"]),
        ("standard", 1990, 2030, "公告", []),
        ("standard", 1990, 2030, "", ["abolition_ground"]),
        ("abolished", 1990, 2000, "公告", []),
        ("abolished", 1990, None, "", ["year_abolished", "abolition_ground"]),
        ("abolished", 1990, 2030, "公告", ["status"]),
        ("historical", None, None, "", []),
        ("pending", 2030, None, "", []),
    ],
)
def test_status_and_years_agree(status, start, end, ground, fields):
    found = faults(status, start, end, ground=ground, this_year=2026)
    assert [field for field, _ in found] == fields


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (None, ""),
        (date(2026, 12, 1), ""),
        (date(1911, 10, 10), ""),
        (date(2026, 12, 2), "不能晚于今天"),
        (date(206, 11, 2), "请核对年份"),
    ],
)
def test_the_day_of_an_approval_is_believable(day, fault):
    found = fault_of_approval(day, date(2026, 12, 1))
    assert fault in found
    assert bool(fault) == bool(found)
