"""The picker of blocks: families, a sentence for each block, and how readers will see it."""

import io

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image

from guides.blocks import GUIDE_BLOCKS
from home.models import SiteImage
from tests.guides.factories import make_figure

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.mark.parametrize("has_content", [True, False])
@pytest.mark.parametrize(("name", "block"), GUIDE_BLOCKS, ids=[name for name, _ in GUIDE_BLOCKS])
def test_each_block_tells_its_family_and_use_and_can_be_looked_at(
    name, block, has_content, admin_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    if has_content:
        make_figure()
        file = io.BytesIO()
        Image.new("RGB", (8, 8)).save(file, "PNG")
        SiteImage.objects.create(title="图", description="图", file=ImageFile(file, name="p.png"))
    assert block.meta.group
    assert block.get_description()
    response = admin_client.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )
    assert response.status_code == 200
