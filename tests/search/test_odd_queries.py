"""Whatever stands in a query string, search answers, and its work is bounded."""

from time import process_time
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import analyse
from search.analysis.characters import data_lines
from search.site_search.catalogue import catalogue
from tests.home.factories import make_home

from .factories import guide_page

pytestmark = pytest.mark.django_db

FILES = ("english.txt", "english_place_words.txt", "cantonese.txt", "function_words.txt")
WORDS = sorted(
    {line.partition("\t")[0] for name in FILES for line in data_lines(name)}
    | set("'\"%*()[]{}\\^$|&?!.,;:-_/江路街道号的点边系几abgs019 ")
)
pieces = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=12)
repeated = st.builds(
    lambda parts, blank, times: blank.join(parts) * times,
    pieces,
    st.sampled_from(["", " ", "  "]),
    st.integers(1, 60),
)
values = repeated.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=40)
numbers = st.sampled_from(
    ["", "0", "-1", "²", "١", "1e9", "99999999999999999999999", "0x10", "1 ", "nan", "２"]
) | st.integers().map(str)


@pytest.fixture
def site(client):
    make_home()
    guide_page("结婚登记", summary="双方一起到婚姻登记处办理。")
    return client


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    path=st.sampled_from(["/search/", "/search/suggest/", "/place-names/"]),
    query=values,
    kind=st.sampled_from([b"", b"guide", b"place", b"x", b"\xff"]),
    page=numbers,
)
def test_no_query_string_answers_with_a_fault(site, path, query, kind, page):
    string = f"q={quote_from_bytes(query)}&kind={quote_from_bytes(kind)}&page={quote(page)}"
    response = site.get(path, QUERY_STRING=string)
    assert response.status_code < 500
    if b"\0" not in query:  # Middleware answers 400 to it on every page.
        assert response.status_code == 200


@pytest.mark.parametrize("query", ["'" * 500, '"' * 500, "%" * 500, "rd " * 60, "江a" * 250])
def test_long_odd_queries_on_pages_too_far(site, query):
    response = site.get("/search/", {"q": query, "page": "9" * 23})
    assert response.status_code == 200


def test_the_work_for_a_query_is_bounded(site):
    """Words of which each can be read in several ways must not multiply: rd is 路 and 马路."""
    known = catalogue()
    for word in WORDS:
        started = process_time()
        for typed in (f"xingang {f'{word} ' * 60}", word * 80):
            analyse(typed)
            known.read(typed)
        assert process_time() - started < 0.5, word
