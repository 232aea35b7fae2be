"""Numbers in a line of text: each of them, its extension, and what is no number."""

import pytest

from home.pages.telephones import telephones_in


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("020-00001001（示例）", ["02000001001"]),
        ("020-8444 0000、020-84440001", ["02084440000", "02084440001"]),
        ("84440000 84440001", ["84440000", "84440001"]),
        ("（020）84440000转8001", ["02084440000,8001"]),
        ("020-84440000-801；138 0013 8000 分机2", ["02084440000,801", "13800138000,2"]),
        ("400-830-1234/12345", ["4008301234", "12345"]),
        ("+86 20 8444 0000", ["+862084440000"]),
        ("020-84440000（09:00-17:30）", ["02084440000"]),
        ("见各网点，2026-11-25起", []),
        ("020-844400001234", []),
        ("", []),
    ],
)
def test_each_number_is_dialled(text, dialled):
    assert [phone.dialled for phone in telephones_in(text)] == dialled


def test_a_number_is_shown_as_it_was_typed():
    (phone,) = telephones_in("值班（020）8444 0000 转 8001，夜间")
    assert phone.shown == "（020）8444 0000 转 8001"
