"""Files that are kept: complete, told apart by version, described with size and hash."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from home.cache import invalidation
from place_names.downloads import snapshots
from place_names.models import PlaceName, RegisterSettings
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")
ROOT = "/place-names/download/"


def change(place, minutes: int) -> None:
    """The register as it will be some minutes later."""
    PlaceName.objects.filter(pk=place.pk).update(
        updated_at=timezone.now() + timedelta(minutes=minutes)
    )
    invalidation.invalidate()


def test_each_file_is_described_by_its_size_and_hash(client, committed):
    place = make_place("路")
    with committed():
        call_command("make_downloads")
    [version] = snapshots.versions()
    description = client.get(ROOT + "datapackage.json").json()
    assert description["version"] == version
    assert description["count"] == 1
    assert len(description["resources"]) == 6
    for file in description["resources"]:
        content = b"".join(client.get(ROOT + file["path"]))
        assert len(content) == file["bytes"]
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == file["hash"]
        assert b"".join(client.get(f"{ROOT}{version}/{file['path']}")) == content
    assert place.code in b"".join(client.get(ROOT + "place-names.csv")).decode()
    page = client.get(ROOT).content.decode()
    assert all(file["hash"].partition(":")[2] in page for file in description["resources"])


def test_nothing_is_written_again_while_nothing_changes_and_a_change_makes_a_version(committed):
    with committed():
        place = make_place("路")
    snapshots.make("")
    written = (snapshots.folder() / snapshots.versions()[0] / "place-names.csv").stat().st_mtime_ns
    snapshots.make("")
    again = (snapshots.folder() / snapshots.versions()[0] / "place-names.csv").stat().st_mtime_ns
    assert written == again
    with committed():
        change(place, 5)
    snapshots.make("")
    assert len(snapshots.versions()) == 2
    with committed():
        place.delete()
    snapshots.make("")
    assert snapshots.versions()[-1].endswith("-0") or len(snapshots.versions()) == 3


def test_older_versions_are_pruned_to_the_number_that_staff_set(committed):
    RegisterSettings(snapshots_kept=2).save()
    with committed():
        place = make_place("路")
    made = []
    for minutes in (1, 2, 3):
        with committed():
            change(place, minutes)
        made.append(snapshots.make("").version)
    assert snapshots.versions() == sorted(made, reverse=True)[:2]


def test_an_old_version_stays_while_the_register_moves_on(client, committed):
    with committed():
        place = make_place("旧名路")
    old = snapshots.make("").version
    with committed():
        place.name = "新名路"
        place.save()
        change(place, 1)
    content = b"".join(client.get(f"{ROOT}{old}/place-names.csv")).decode()
    assert "旧名路" in content
    assert "新名路" in b"".join(client.get(ROOT + "place-names.csv")).decode()


@pytest.mark.parametrize(
    "path",
    ["2026.01.01.000000-1/place-names.csv", "../datapackage.json", "x/place-names.csv",
     "..%2f..%2fetc/passwd"],
)  # fmt: skip
def test_nothing_else_is_served(client, path):
    assert client.get(ROOT + path).status_code == 404


def test_a_file_beside_the_snapshot_is_not_served(client, committed):
    with committed():
        make_place("路")
    version = snapshots.make("").version
    (snapshots.folder() / version / "notes.txt").write_text("x")
    assert client.get(f"{ROOT}{version}/notes.txt").status_code == 404


def test_an_unfinished_snapshot_is_none(committed):
    with committed():
        make_place("路")
    version = snapshots.make("").version
    (snapshots.folder() / version / "datapackage.json").write_text("{")
    assert snapshots.get(version) is None


def test_the_table_has_a_schema(client):
    make_place("路")
    files = client.get(ROOT + "datapackage.json").json()["resources"]
    [table] = [each for each in files if "schema" in each]
    header = b"".join(client.get(ROOT + "place-names.csv")).decode("utf-8-sig").splitlines()[0]
    assert header.split(",") == [field["name"] for field in table["schema"]["fields"]]
    assert json.dumps(table)
