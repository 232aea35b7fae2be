import pytest
from django.core.checks import run_checks
from django.urls import reverse


@pytest.mark.django_db
def test_the_columns_of_the_list_of_sites_are_in_chinese(admin_client):
    page = admin_client.get(reverse("wagtailsites:index")).content.decode()
    for label in ("端口", "名称", "首页"):
        assert label in page


def test_no_addresses_are_claimed_twice():
    assert [each for each in run_checks() if each.id == "urls.W005"] == []
