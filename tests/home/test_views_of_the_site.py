"""The buttons of the two views tell how to leave them."""

import pytest

from .factories import make_home

pytestmark = pytest.mark.django_db


def test_a_view_that_is_on_can_be_left(client):
    make_home()
    assert "退出" not in client.get("/").content.decode()
    client.cookies["display"] = "elderly"
    html = client.get("/").content.decode()
    assert ">退出长者版<" in html
    assert ">高对比<" in html
