"""What an officer does with records in the admin, without superuser rights."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from place_names.importing.planning import make_plan
from place_names.importing.readers import open_source
from place_names.models import Category, Community, NameVariant, PlaceName, Subdistrict
from place_names.names.renaming import HistoryError, rename
from place_names.names.rows import parse_variants

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
        ({"name": "\u202e路甲"}, "name"),
        ({"name": "甲<b>路"}, "name"),
        ({"specific": "甲\u2066", "generic": "路"}, "specific"),
        ({"geometry": "[" * 100_000}, "geometry"),
        ({"geometry": "[" * 900 + "]" * 900}, "geometry"),
        ({"geometry": '{"a":' * 100_000}, "geometry"),
        ({"geometry": "9" * 5000}, "geometry"),
        ({"geometry": f'{{"type":"Point","coordinates":[{"9" * 5000},1]}}'}, "geometry"),
        ({"geometry": f'{{"type":"Point","coordinates":[{"9" * 4000},1]}}'}, "geometry"),
        ({"geometry": '{"type":"Point","coordinates":[1e999,NaN]}'}, "geometry"),
        ({"geometry": '{"type":"Point","coordinates":{"0":1}}'}, "geometry"),
        ({"geometry": '{"type":["Point"],"coordinates":[1,2]}'}, "geometry"),
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


def test_equal_names_are_told_apart_where_one_is_chosen(client, officer, district):
    first, second = make_place("福安巷"), make_place("福安巷")
    chooser = PlaceName.snippet_viewset.chooser_viewset
    listed = client.get(reverse(chooser.get_url_name("choose_results")), {"q": "福安巷"}).text
    assert all(each in listed for each in (first.code, second.code, "江南中街道"))
    chosen = client.get(reverse(chooser.get_url_name("chosen"), args=[second.pk])).json()
    assert chosen["result"]["string"] == f"福安巷，江南中街道，{second.code}"
    path = reverse("place_name_history:merge", args=[first.pk])
    shown = client.post(path, {"into": second.pk, "year": "", "basis": ""}).text
    assert f"福安巷，江南中街道，{second.code}" in shown


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


SIGNS = ["<", ">", "\u061c", "\u200e", "\u202a", "\u202e", "\u2066", "\u2069"]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_no_name_has_is_refused_wherever_a_name_comes_in(district, sign):
    place, name = make_place("甲路", subdistricts=[district[0]]), f"乙{sign}路"
    for named in (PlaceName, NameVariant, Category, Subdistrict, Community):
        with pytest.raises(ValidationError) as refused:
            named(name=name).clean()
        assert list(refused.value.message_dict) == ["name"]
    with pytest.raises(HistoryError, match="名称里不能有"):
        rename(place, name, 2020)
    with pytest.raises(ValueError, match="名称里不能有"):
        parse_variants(f"alias:{name}")


def test_an_undoing_by_form_and_the_page_that_leads_there(client, officer, district):
    old = make_place("旧西路", year_established=1950)
    new = rename(old, "新民西路", 1990)
    link = new.precursors.get()
    overview = client.get(reverse("place_name_history:overview", args=[old.pk])).content.decode()
    path = reverse("place_name_history:undo", args=[old.pk, link.pk])
    assert path in overview
    assert "请" in client.post(path, {"reason": ""}).content.decode()
    assert client.post(path, {"reason": "登记错"}).status_code == 302
    old.refresh_from_db()
    assert old.status == "standard"
    assert (
        client.get(f"/place-names/{new.code}/").headers["Location"] == f"/place-names/{old.code}/"
    )
    history = client.get(address("history", old.pk)).content.decode()
    assert "撤销变更：1990年“新民西路”，原因：登记错" in history


def test_corrections_divisions_and_abolitions_by_form(client, officer, district):
    old = make_place("长路", year_established=1950)

    def send(screen, *args, **data):
        path = reverse(f"place_name_history:{screen}", args=args)
        assert client.get(path).status_code == 200
        answer = client.post(path, data)
        assert answer.status_code == 302, answer.context["form"].errors
        old.refresh_from_db()

    send("split_off", old.pk, name="长路支巷", year="1980")
    send("divide", old.pk, names="长东路\n长西路\n", year="1990", approved_on="1990-03-01")
    assert old.status == "abolished"
    link = old.successions.filter(kind="divided").first()
    send("correct", old.pk, link.pk, year="1991", basis="1号")
    assert (old.year_abolished, old.abolition_ground) == (1991, "1号")
    send("undo", old.pk, link.pk, reason="错")
    send("abolish", old.pk, year="2000", basis="公告")
    assert old.status == "abolished"
    send("restore", old.pk, reason="公告说的是另一条路")
    assert old.status == "standard"


def test_a_name_that_sounds_like_another_is_given_knowingly(client, officer, district):
    make_place("滨江路", romanisation="Bīnjiāng Lù")
    old = make_place("甲路")
    path = reverse("place_name_history:rename", args=[old.pk])
    sent = {"name": "宾江路", "year": "2020", "basis": "公告"}
    answer = client.post(path, sent)
    assert "滨江路" in answer.content.decode()
    assert 'name="acknowledged"' in answer.content.decode()
    assert client.post(path, sent | {"acknowledged": "on"}).status_code == 302


def test_the_form_holds_a_new_name_against_those_in_use(client, officer, district):
    make_place("同福路", romanisation="Tóngfú Lù")
    values = {"category": make_category().pk, "action-publish": "1"}
    wrong = client.post(address("add"), form(district[:1], name="同福路", **values))
    assert "第九条" in str(wrong.context["form"].errors["name"])
    # Older names are recorded as they are.
    sent = form(district[:1], name="同福路", year_established="1950", **values)
    answer = client.post(address("add"), sent, follow=True)
    assert "重名" in "".join(map(str, answer.context["messages"]))
    assert PlaceName.objects.filter(name="同福路").count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "standard", "year_established": "2099"}, "status"),
        ({"status": "abolished"}, "year_abolished"),
        ({"status": "abolished", "year_abolished": "2000"}, "abolition_ground"),
    ],
)
def test_the_form_holds_years_against_the_status(client, officer, district, values, field):
    sent = form(district[:1], name="同福路", category=make_category().pk, **values)
    answer = client.post(address("add"), sent | {"action-publish": "1"})
    assert field in answer.context["form"].errors
    assert not PlaceName.objects.exists()


def test_the_basis_of_a_renaming_is_shown(client, officer, district):
    old = make_place("旧西路")
    rename(old, "新民西路", 2020, basis="海民〔2020〕7号")
    page = client.get(reverse("place_name_history:overview", args=[old.pk])).content.decode()
    assert "2020年废止" in page
    assert "没有填写依据" not in page
    assert "（海民〔2020〕7号）" in page


@pytest.mark.parametrize(
    ("point", "told"),
    [
        ("[113.265, 23.1]", ""),
        ("[113.285, 23.1]", "的坐标在"),
        ("[113.9, 23.9]", "的坐标在本区以外，登记的街道是江南中街道"),
    ],
)
def test_a_point_in_another_subdistrict_is_told_and_saved(client, officer, district, point, told):
    geometry = f'{{"type":"Point","coordinates":{point}}}'
    values = {"name": "石榴岗路", "category": make_category().pk, "geometry": geometry}
    data = form([district[0]], **values) | {"action-publish": "1"}
    answer = client.post(address("add"), data, follow=True)
    assert PlaceName.objects.get().live
    warnings = [str(message) for message in answer.context["messages"] if "坐标" in str(message)]
    assert len(warnings) == bool(told)
    assert all(told in warning for warning in warnings)


def test_a_sign_order_is_written_as_its_place(client, officer, district):
    place = make_place("榕荫路", romanisation="Róngyīn Lù")
    add = reverse("wagtailsnippets_place_names_signorder:add")
    data = {"place": place.pk, "task": "put_up", "kind": "road", "quantity": 1, "inscription": "",
            "romanisation": "", "state": "ordered", "ordered_on": "2026-01-05"}  # fmt: skip
    answer = client.post(add, data)
    assert answer.status_code == 302, answer.context["form"].errors
    order = place.sign_orders.get()
    assert (order.inscription, order.romanisation) == ("榕荫路", "Róngyīn Lù")
    own = data | {"inscription": "榕荫路（西段）"}
    assert client.post(add, own).status_code == 302
    assert {each.inscription for each in place.sign_orders.all()} == {"榕荫路", "榕荫路（西段）"}
