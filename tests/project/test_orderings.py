"""A model's default ordering leaves no ties: PostgreSQL would return them as it pleases."""

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint

APPS = ("demonstration", "guides", "home", "marriage", "place_names", "search")
MODELS = [
    pytest.param(model, id=model._meta.label)
    for model in apps.get_models()
    if model.__module__.split(".")[0] in APPS and model._meta.ordering
]


def names(model):
    """The fields of the default ordering, without their directions."""
    return {model._meta.pk.name if name == "pk" else name for name in plain(model)}


def plain(model):
    return [getattr(item, "name", item).lstrip("-") for item in model._meta.ordering]


def unique_sets(model):
    """The sets of fields that no two rows share."""
    for field in model._meta.get_fields():
        if getattr(field, "unique", False) and not field.null:
            yield {field.name}
    yield from map(set, model._meta.unique_together)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            yield set(constraint.fields)


@pytest.mark.parametrize("model", MODELS)
def test_no_two_rows_tie(model):
    assert any(fields and fields <= names(model) for fields in unique_sets(model)), plain(model)
