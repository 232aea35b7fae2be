"""Browsers and telephones ask for these whatever the page says."""

from io import BytesIO

import pytest
from PIL import Image


@pytest.mark.parametrize(
    ("address", "width"),
    [
        ("/favicon.ico", 48),
        ("/apple-touch-icon.png", 180),
        ("/apple-touch-icon-precomposed.png", 180),
    ],
)
def test_the_icons_that_browsers_ask_for_are_there(client, address, width):
    response = client.get(address)
    assert response.status_code == 200
    assert Image.open(BytesIO(b"".join(response.streaming_content))).width == width
