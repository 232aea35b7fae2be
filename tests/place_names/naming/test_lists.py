"""The lists in the database, and the index of the register."""

import pytest
from django.core.exceptions import ValidationError

from place_names.models import GenericRule, NamingKind, NamingSettings, WordingRule
from place_names.naming import index, lists
from place_names.naming.setting_up import load_lists
from tests.place_names.factories import make_category, make_place

pytestmark = pytest.mark.django_db


def test_empty_tables_stand_for_the_files():
    assert lists.stored().version == lists.from_files().version


def test_loaded_lists_say_the_same_and_are_not_changed_again():
    assert load_lists() > 500
    assert {w.word for w in lists.stored().words} == {w.word for w in lists.from_files().words}
    assert lists.stored().kinds == lists.from_files().kinds
    assert lists.stored().generics == lists.from_files().generics
    NamingKind.objects.filter(slug="street").update(authority="市人民政府")
    assert load_lists() == 0
    assert lists.stored().kinds["street"].authority == "市人民政府"


def test_what_officers_switch_off_is_not_checked():
    load_lists()
    WordingRule.objects.filter(word="万科").update(active=False)
    GenericRule.objects.filter(term="花园").update(active=False)
    now = lists.stored()
    assert not any(word.word == "万科" for word in now.words)
    assert "花园" not in now.generics


def test_a_register_with_words_of_before_gets_the_words_for_proposals():
    WordingRule.objects.create(kind="大", word="宇宙", reason="x")
    assert any(word.word == "万科" for word in lists.stored().words)


def test_the_index_holds_names_in_use_only():
    make_place("仁寿里", specific="仁寿", generic="里")
    make_place("旧里", specific="旧", generic="里", status="abolished")
    make_place("待审路", specific="待审", generic="路", status="pending")
    make_place("草稿路", live=False)
    found = {entry.name: entry for entry in index.entries_in_use()}
    assert set(found) == {"仁寿里", "待审路"}
    assert found["仁寿里"].address
    assert found["待审路"].address == ""


@pytest.mark.parametrize(
    ("model", "key", "fields", "message"),
    [
        (NamingKind, "street", {"compared": "xxxxx"}, "没有xxxxx"),
        (NamingKind, "street", {"category": "abc"}, "没有abc"),
        (NamingKind, "street", {"slug": "road"}, "代号不能改"),
        (GenericRule, "花园", {"kinds": "estate nokind"}, "没有代号nokind"),
        (GenericRule, "花园", {"min_land": 500, "max_land": 10}, "上限10小于下限500"),
    ],
)
def test_a_list_that_would_make_rules_silent_is_refused(model, key, fields, message):
    load_lists()
    make_category("23510")
    row = model.objects.get(**{"slug" if model is NamingKind else "term": key})
    row.full_clean()
    for name, value in fields.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError, match=message):
        row.full_clean()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"look_alikes": "一" * 1200}, "每组最多12个"),
        ({"look_alikes": "已己 " * 1001}, "最多1000组"),
        ({"accept_days": 0}, "请填1至180"),
        ({"decision_days": 32767}, "请填1至180"),
        ({"kept_days": 1}, "请填30至3650"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(fields, message):
    settings = NamingSettings(**fields)
    with pytest.raises(ValidationError, match=message):
        settings.full_clean()
