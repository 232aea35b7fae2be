"""A GeoJSON file is read feature by feature, whatever its layout, and told where it breaks."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_names.importing import features as reading
from place_names.importing.features import NotGeoJSONError, features

FEATURE = {"type": "Feature", "properties": {"name": "石榴岗路，“甲”\n"}, "geometry": None}

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def collection(members, **more):
    return more | {"type": "FeatureCollection", "features": members}


@given(st.lists(values, max_size=6), st.sampled_from([None, 1]), st.integers(1, 40))
def test_reads_what_json_reads_at_any_size_of_block(members, indent, block):
    text = json.dumps(
        collection(members, name=["features", {"type": "x"}], count=12), indent=indent
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BLOCK", block)
        assert list(features(io.StringIO(text))) == members


def test_no_more_is_read_than_is_asked_for(monkeypatch):
    monkeypatch.setattr(reading, "BLOCK", 200)
    text = json.dumps(collection([FEATURE] * 100))
    file = io.StringIO(text)
    assert next(features(file)) == FEATURE
    assert file.tell() < 1000


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", "须为FeatureCollection"),
        ('{"type": "Feature", "features": []}', "须为FeatureCollection"),
        ('{"type": "FeatureCollection"}', "须为FeatureCollection"),
        ('{"type": "FeatureCollection", "features": 5}', "第0个"),
        ('{"type": "FeatureCollection", "features": [{}, {},\n {"a": tru', "第2个.*第2行"),
        ('{"type": "FeatureCollection", "features": [{} {}]}', "第1个"),
        ('{"type": "FeatureCollection", "features": [{}]} {}', "多余"),
        ('{"type": "FeatureCollection", "features": ' + "[" * 100_000, "第0个"),
        ("[]", "第0个"),
        ("", "第0个"),
    ],
)
def test_where_it_breaks_off_is_told(text, reason):
    with pytest.raises(NotGeoJSONError, match=reason):
        list(features(io.StringIO(text)))


def test_a_feature_without_end_is_not_read_to_the_end(monkeypatch):
    monkeypatch.setattr(reading, "BLOCK", 100)
    monkeypatch.setattr(reading, "MAX_VALUE_BYTES", 1000)
    file = io.StringIO('{"features": ["' + "x" * 100_000)
    with pytest.raises(NotGeoJSONError):
        list(features(file))
    assert file.tell() < 10_000
