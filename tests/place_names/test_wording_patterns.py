"""Expressions of officers: those that could stop the public pre-check are refused."""

import pytest

from place_names.checks.wording import FILES
from place_names.naming.lists import rows
from place_names.wording_patterns import refusal


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(.+)+号$", "很慢"),
        ("(a|a)*$", "很慢"),
        ("(?:甲乙){2,}", "很慢"),
        ("甲*乙*丙*丁", "很慢"),
        ("甲?" * 9 + "甲" * 9, "很慢"),
        (".*", "什么名称都符合"),
        (".", "什么名称都符合"),
        ("()", "什么名称都符合"),
        ("甲?", "什么名称都符合"),
        ("(", "写法有误"),
        ("甲{99999999999}", "写法有误"),
        ("宇宙|天下", ""),
        ("[(]+号", ""),
        (r"\)+号", ""),
        ("国家(?!级)", ""),
        ("(?<!玉)帝", ""),
        ("第[一二三]+湾", ""),
    ],
)
def test_what_may_be_a_rule(pattern, told):
    problem = refusal(pattern)
    assert told in problem if told else problem == ""


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_the_delivered_expressions_may_be_rules(file):
    found = [row["word"] for row in rows(file.name) if row["is_pattern"]]
    assert found
    assert {word: refusal(word) for word in found} == dict.fromkeys(found, "")
