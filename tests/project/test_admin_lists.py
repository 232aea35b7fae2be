"""What an editor reads in the lists of the admin is Chinese."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.snippets.models import get_snippet_models

ENGLISH = re.compile("[A-Za-z]{4}")  # CSV and XLSX are Chinese enough


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
def test_every_column_of_a_list_has_a_chinese_heading(model, rf):
    viewset = model.snippet_viewset
    view = viewset.index_view.view_class(**viewset.index_view.view_initkwargs)
    request = rf.get("/")
    request.user = AnonymousUser()
    view.setup(request)
    headings = [
        str(column.label)
        for column in view.columns
        if not isinstance(column, BulkActionsCheckboxColumn)  # shows a box, no heading
    ]
    assert headings
    assert [heading for heading in headings if ENGLISH.search(heading)] == []
    # The heading of a method that names itself nothing.
    assert "method" not in headings
