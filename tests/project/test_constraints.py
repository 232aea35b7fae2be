"""What the database would refuse is refused in Chinese, never with the name of a constraint."""

import re

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint

APPS = ("demonstration", "guides", "home", "marriage", "place_names", "search")
CONSTRAINTS = [
    pytest.param(constraint, id=constraint.name)
    for model in apps.get_models()
    if model.__module__.split(".")[0] in APPS
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_constraint_is_explained_in_chinese(constraint):
    message = str(constraint.violation_error_message)
    has_default = message == str(constraint.default_violation_error_message)
    if has_default and isinstance(constraint, UniqueConstraint) and constraint.condition is None:
        return  # Django then names the fields by their labels.
    assert not has_default
    assert re.search("[一-鿿]", message)
    assert constraint.name not in message
