"""A kept file is sent in parts, one that is made as it is read is not."""

import pytest

from place_names.downloads import ranges, snapshots
from tests.place_names.downloads.test_snapshots import change
from tests.place_names.factories import make_place

pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]
ROOT = "/place-names/download/"
SIZE = 100


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-", (0, 99)), ("bytes=0-0", (0, 0)), ("bytes=0-99", (0, 99)),
        ("bytes=0-100", (0, 99)), ("bytes=99-", (99, 99)), ("bytes=10-19", (10, 19)),
        ("bytes=-1", (99, 99)), ("bytes=-100", (0, 99)), ("bytes=-1000", (0, 99)),
        ("Bytes = 10-19", (10, 19)), (" bytes=10-19 ", (10, 19)),
        ("", None), ("bytes=", None), ("bytes=-", None), ("bytes=19-10", None),
        ("bytes=0-1,5-6", None), ("lines=0-1", None), ("bytes=a-b", None), ("bytes=１-２", None),
        ("bytes=1_0-20", None), ("bytes=0-" + "9" * 30, None),
    ],
)  # fmt: skip
def test_what_is_asked(asked, found):
    assert ranges.read_range(asked, SIZE) == found


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999-"])
def test_what_there_is_not(asked):
    with pytest.raises(ranges.UnsatisfiableError):
        ranges.read_range(asked, SIZE)


@pytest.fixture(params=["", "version"])
def address(request, district, committed) -> str:
    """The file of today, and the same by its version."""
    with committed():
        make_place("同福路")
    version = snapshots.make("").version
    return f"{ROOT}{version}/place-names.csv" if request.param else f"{ROOT}place-names.csv"


@pytest.fixture
def whole(client, address) -> bytes:
    return b"".join(client.get(address))


def test_the_whole_file_says_that_it_has_parts(client, address, whole):
    for answer in (client.get(address), client.head(address, headers={"range": "bytes=0-4"})):
        assert (answer.status_code, answer["Accept-Ranges"]) == (200, "bytes")
        assert answer["Content-Length"] == str(len(whole))
        assert answer["ETag"].startswith('"')
        assert "Content-Range" not in answer


@pytest.mark.parametrize(("asked", "part"), [("5-9", slice(5, 10)), ("7-", slice(7, None)),
                                             ("-6", slice(-6, None)), ("0-0", slice(0, 1))])  # fmt: skip
def test_a_part(client, address, whole, asked, part):
    answer = client.get(address, headers={"range": f"bytes={asked}"})
    assert answer.status_code == 206
    assert b"".join(answer) == whole[part]
    first, last, _ = part.indices(len(whole))
    assert answer["Content-Range"] == f"bytes {first}-{last - 1}/{len(whole)}"
    assert answer["Content-Length"] == str(last - first)
    assert answer["ETag"] == client.get(address)["ETag"]
    assert "attachment" in answer["Content-Disposition"]
    exposed = answer["Access-Control-Expose-Headers"]
    assert {"Accept-Ranges", "Content-Range"} <= set(exposed.split(", "))


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "bytes=9-3", "lines=1-2"])
def test_what_is_no_single_range_gets_all(client, address, whole, asked):
    answer = client.get(address, headers={"range": asked})
    assert (answer.status_code, b"".join(answer)) == (200, whole)


def test_behind_the_end_there_is_nothing(client, address, whole):
    answer = client.get(address, headers={"range": f"bytes={len(whole)}-"})
    assert (answer.status_code, answer["Content-Type"]) == (416, "application/problem+json")
    assert answer["Content-Range"] == f"bytes */{len(whole)}"
    assert "immutable" not in answer["Cache-Control"]


def test_the_rest_comes_only_of_the_same_file(client, address, whole):
    tag = client.get(address)["ETag"]
    for sent, status in (
        (tag, 206), ('"other"', 200), (f"W/{tag}", 200), ("Tue, 01 Dec 2026 00:00:00 GMT", 200),
    ):  # fmt: skip
        answer = client.get(address, headers={"range": "bytes=5-", "if-range": sent})
        assert answer.status_code == status
        assert b"".join(answer) == (whole[5:] if status == 206 else whole)


def test_who_has_the_file_is_sent_no_part(client, address):
    tag = client.get(address)["ETag"]
    for sent in (tag, "*"):
        answer = client.get(address, headers={"if-none-match": sent, "range": "bytes=0-4"})
        assert (answer.status_code, answer["ETag"]) == (304, tag)


def test_a_new_version_has_another_tag(client, committed):
    with committed():
        place = make_place("旧名路")
    snapshots.make("")
    tag = client.get(f"{ROOT}place-names.csv")["ETag"]
    with committed():
        place.name = "新名路"
        place.save()
        change(place, 1)
    snapshots.make("")
    answer = client.get(f"{ROOT}place-names.csv", headers={"range": "bytes=5-", "if-range": tag})
    assert answer.status_code == 200
    assert "新名路" in b"".join(answer).decode()


@pytest.mark.parametrize("words", ["", "?q=路"])
def test_a_file_that_is_made_as_it_is_read_has_no_parts(client, words):
    make_place("同福路")
    for ask in (client.get, client.head):
        answer = ask(f"{ROOT}place-names.csv{words}", headers={"range": "bytes=0-4"})
        assert (answer.status_code, answer["Accept-Ranges"]) == (200, "none")
    assert len(b"".join(client.get(f"{ROOT}place-names.csv{words}"))) > 5
