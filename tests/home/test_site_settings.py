"""What an administrator writes into the frame of the pages."""

import pytest
from django.core.exceptions import ValidationError

from home.models.site_settings import own_or_secure


@pytest.mark.parametrize("address", ["/", "/notices/flood/?a=1", "https://www.gz.gov.cn/a"])
def test_the_urgent_notice_leads_within_the_site_or_by_https(address):
    own_or_secure(address)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "/\\evil.example/",
        "http://a.example/",
        "javascript:alert(1)",
        "https://",
        "a b",
        "/a b",
    ],
)
def test_another_link_is_refused_in_words(address):
    with pytest.raises(ValidationError, match="以 / 开头"):
        own_or_secure(address)
