"""Addresses and names of applications that an editor types."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from home.blocks.tasks import TaskBlock, leads_to
from home.models import ApplicationPage


def task(**fields):
    block = TaskBlock()
    values = {"title": "预约", "text": "在线预约", "icon": "rings", "page": None, "address": ""}
    return block.clean(block.to_python(values | fields))


@pytest.mark.parametrize("address", ["/marriage/", "https://www.gov.cn/", "marriage:index"])
def test_an_address_or_an_application_is_taken(address):
    assert task(address=address)["address"] == address


@pytest.mark.parametrize("address", ["marriage:no_such", "nonsense", "marriage:time"])
def test_an_application_that_is_none_is_refused(address):
    with pytest.raises(StructBlockValidationError) as refused:
        task(address=address)
    assert address in str(refused.value.block_errors["address"])


@pytest.mark.django_db  # A page asks for its content type.
def test_the_page_of_an_application_needs_one():
    with pytest.raises(ValidationError) as refused:
        ApplicationPage(title="婚姻登记", slug="marriage", view_name="marriage:no_such").clean()
    assert "没有“marriage:no_such”这个应用" in str(refused.value)
    assert leads_to("home:service_places") == "/service-places/"
