"""CQL2 text is read as the standard has it.

`cql2_examples.json` holds the examples of OGC 21-065r2 for the classes that `/ogc/conformance`
declares, each as text and as JSON, from the repository opengeospatial/ogcapi-features.
"""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_names.ogc import cql2_text
from place_names.open_data.problems import RequestError

EXAMPLES = json.loads(Path(__file__).with_name("cql2_examples.json").read_text("utf-8"))


def normal(node):
    """Numbers as floats, and chains of AND or OR as one; the standard writes them either way."""
    if isinstance(node, list):
        return [normal(each) for each in node]
    if isinstance(node, int | float) and not isinstance(node, bool):
        return float(node)
    if not isinstance(node, dict):
        return node
    node = {key: normal(value) for key, value in node.items()}
    if node.get("op") in ("and", "or"):
        parts = []
        for each in node["args"]:
            alike = isinstance(each, dict) and each.get("op") == node["op"]
            parts += each["args"] if alike else [each]
        node["args"] = parts
    return node


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_examples_of_the_standard(example):
    assert normal(cql2_text.parse(example["text"])) == normal(example["json"])


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("name =", 7),
        ("name = = 'a'", 8),
        ("name = 'a", 8),
        ("name = 'a' AND", 15),
        ("(name = 'a'", 12),
        ("name = 'a')", 11),
        ("name LIKE", 10),
        ("year BETWEEN 1 OR 2", 16),
        ("name IN 'a'", 9),
        ("name IS 'a'", 6),
        ("foo(name) = 1", 1),
        ("S_INTERSECTS(geometry, POLYGON((1 2)))", 24),
        ("S_INTERSECTS(geometry)", 22),
        ("name; DROP TABLE x", 5),
        ("", 1),
        ("NOT", 4),
    ],
)
def test_what_is_wrong_is_told_with_its_position(text, position):
    with pytest.raises(RequestError) as caught:
        cql2_text.parse(text)
    assert f"第{position}个字符" in caught.value.chinese
    assert caught.value.status == 400


@pytest.mark.parametrize(
    "text",
    [
        "(" * 2000 + "a = 1",
        "NOT (" * 500 + "a = 1",
        "a = " + "casei(" * 600 + "'a'",
        "a = '" + "x" * 5000 + "'",
        "S_INTERSECTS(geometry, " + "GEOMETRYCOLLECTION(" * 150 + "POINT(1 2)",
    ],
)
def test_deep_and_long_filters_are_refused(text):
    with pytest.raises(RequestError):
        cql2_text.parse(text)


PIECES = st.sampled_from(
    [
        "(",
        ")",
        ",",
        "=",
        "<>",
        "<",
        ">=",
        "AND",
        "OR",
        "NOT",
        "LIKE",
        "BETWEEN",
        "IN",
        "IS",
        "NULL",
        "name",
        "'a'",
        '"b"',
        "1",
        "-2.5",
        "TRUE",
        "CASEI",
        "S_WITHIN",
        "BBOX",
        "POINT",
        "POLYGON",
        "DATE",
        "TIMESTAMP",
        "geometry",
        "江南",
        "%",
        "''",
        "\\",
        "\x00",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text_is_read_or_refused(text):
    with suppress(RequestError):
        cql2_text.parse(text)
