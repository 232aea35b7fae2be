"""What an officer does with records in the admin, without superuser rights."""

import io

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from place_names.importing.planning import make_plan
from place_names.importing.readers import open_source
from place_names.models import PlaceName

from ..factories import make_category, make_place
from .forms import POLYGON, address, form


def listed(client, **asked):
    answer = client.get(address("list"), asked)
    assert answer.status_code == 200
    return [place.name for place in answer.context["object_list"]]


def test_list_is_searched_in_chinese_and_pinyin_and_filtered(client, officer, district):
    make_place("江南大道中", romanisation="Jiāngnán Dàdàozhōng", subdistricts=[district[0]])
    park = make_category("25200", "公园")
    make_place(
        "海印公园", category=park, romanisation="Hǎiyìn Gōngyuán", subdistricts=[district[1]]
    )
    make_place("草稿路", live=False)
    assert listed(client, q="江南大道")[0] == "江南大道中"
    assert listed(client, q="haiyingongyuan") == ["海印公园"]
    assert listed(client, q="草稿") == ["草稿路"]
    assert listed(client, q="没有这样的名字") == []
    assert listed(client, category=park.pk) == ["海印公园"]
    assert listed(client, subdistrict=district[1].pk) == ["海印公园"]
    assert len(listed(client)) == 3


def test_a_new_name_gets_code_parts_and_romanisation_by_itself(client, officer, district):
    answer = client.post(
        address("add"),
        form(
            [district[0]],
            [{"kind": "former", "name": "旧路", "romanisation": "", "year_from": "", "year_to": ""}],
            name="石榴岗路", category=make_category().pk, geometry=POLYGON,
        ) | {"action-publish": "1"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    place = PlaceName.objects.get()
    assert place.code == "44010500423510000001"
    assert (place.specific, place.generic, place.live) == ("石榴岗", "路", True)
    assert place.romanisation == "Shíliúgǎng Lù"
    assert place.subdistrict == district[0]
    assert place.geometry["type"] == "Polygon"
    assert 113.26 < place.lon < 113.27
    assert client.get(place.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "44010500325200000001"}, "code"),
        ({"code": "12"}, "code"),
        ({"geometry": "{"}, "geometry"),
        ({"geometry": '{"type":"Point","coordinates":["x"]}'}, "geometry"),
        ({"year_established": "1990", "year_abolished": "1980"}, "year_abolished"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_entries_are_explained_and_kept(client, officer, district, values, field):
    sent = form([district[0]], name="甲路", category=make_category().pk) | values
    answer = client.post(address("add"), sent)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not PlaceName.objects.exists()


def test_a_draft_changes_nothing_public_until_published(client, officer, district):
    place = make_place("同福路", romanisation="Tóngfú Lù")
    kept = {"specific": "同福", "generic": "路", "romanisation": "Tóngfú Lù", "code": place.code}
    rows = inline_formset(
        [
            {"id": row.pk, "subdistrict": row.subdistrict_id}
            for row in place.place_subdistricts.all()
        ],
        initial=1,
    )
    sent = form(name="同福路", category=place.category_id, meaning="新写的含义", **kept)
    sent |= nested_form_data({"place_subdistricts": rows})
    answer = client.post(address("edit", place.pk), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    place.refresh_from_db()
    assert (place.meaning, place.has_unpublished_changes) == ("", True)
    client.post(address("edit", place.pk), sent | {"action-publish": "1"})
    place.refresh_from_db()
    assert (place.meaning, place.has_unpublished_changes) == ("新写的含义", False)


def bulk(client, action, places, **data):
    path = reverse("wagtail_bulk_action", args=["place_names", "placename", action])
    query = "&".join(f"id={place.pk}" for place in places)
    assert client.get(f"{path}?{query}").status_code == 200
    return client.post(f"{path}?{query}", data)


def test_many_names_are_changed_at_once(client, officer, district):
    places = [make_place(f"试验{n}路") for n in range(3)]
    locked = make_place("锁定路", locked=True)
    park = make_category("25200", "公园")
    bulk(client, "change_status", [*places, locked], value="historical")
    bulk(client, "change_category", places, value=park.pk)
    bulk(client, "change_subdistrict", places, value=district[1].pk)
    for place in PlaceName.objects.exclude(pk=locked.pk):
        assert (place.status, place.category, place.subdistrict) == (
            "historical",
            park,
            district[1],
        )
        assert [row.subdistrict for row in place.place_subdistricts.all()] == [district[1]]
        assert place.get_latest_revision_as_object().category == park
    locked.refresh_from_db()
    assert locked.status == "standard"


def test_selected_names_are_exported_as_the_importer_reads_them(client, officer, tmp_path):
    places = [make_place(f"试验{n}路", remarks="=1+1") for n in range(3)]
    for kind in ("csv", "xlsx"):
        answer = bulk(client, f"export_{kind}", places[:2])
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        path = tmp_path / f"export.{kind}"
        path.write_bytes(content)
        plan = make_plan(open_source(path))
        assert (plan.counts["unchanged"], plan.counts["missing"]) == (2, 1)
        plan.close()
    assert io.BytesIO(content).read(2) == b"PK"


def test_renaming_and_merging_by_form(client, officer, district):
    old = make_place("旧西路", year_established=1950)
    path = reverse("place_name_history:rename", args=[old.pk])
    assert client.get(path).status_code == 200
    wrong = client.post(path, {"name": "旧西路", "year": "1990", "basis": ""})
    assert "不同的新名称" in wrong.content.decode()
    client.post(path, {"name": "新民西路", "year": "1990", "basis": "1号"})
    new = PlaceName.objects.get(name="新民西路")
    assert new.precursors.get().predecessor == old
    small = make_place("小巷", code="44010500423510900001")
    path = reverse("place_name_history:merge", args=[small.pk])
    assert client.get(path).status_code == 200
    for made_up in ("x", "999999", ""):
        answer = client.post(path, {"into": made_up, "year": "2000", "basis": "依据二号"})
        assert answer.status_code == 200
        assert "依据二号" in answer.content.decode()
    client.post(path, {"into": new.pk, "year": "2000", "basis": ""})
    small.refresh_from_db()
    assert small.status == "abolished"


def test_names_are_found_in_the_chooser(client, officer, district):
    make_place("江南大道中", romanisation="Jiāngnán Dàdàozhōng")
    make_place("同福路", romanisation="Tóngfú Lù")
    path = reverse(PlaceName.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    text = client.get(path, {"q": "tongfulu"}).content.decode()
    assert "同福路" in text
    assert "江南大道中" not in text


def test_without_rights_nothing_opens(client, district, django_user_model):
    place = make_place("同福路")
    client.force_login(django_user_model.objects.create_user("nobody"))
    for path in (
        address("list"),
        address("edit", place.pk),
        reverse("place_name_history:rename", args=[place.pk]),
        reverse("place_name_imports:list"),
        reverse("place_name_imports:upload"),
    ):
        assert client.get(path).status_code in (302, 403)
