from hypothesis import given
from hypothesis import strategies as st

from place_names.exporting.guarding import guarded, unguarded

TEXT = st.text(alphabet=st.sampled_from("'=+-@＝\t\r甲a"), max_size=6)


@given(TEXT)
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text


@given(TEXT)
def test_no_guarded_text_starts_a_formula(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
