"""The sizes and formats of a picture, made by the worker so that no visitor waits for them.

Until then a page shows one size, which is made quickly.
"""

import logging

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.images import get_image_model

logger = logging.getLogger("civil_affairs.pictures")

SHARED = "fill-1200x630|format-jpeg"
"""For social cards."""
SIZES = tuple(
    f"format-{kind}|width-{width}"
    for kind in ("avif", "webp", "jpeg")
    for width in (480, 960, 1440)
)
"""What `home/blocks/sizes.html` shows."""
AT_ONCE = 20


def connect() -> None:
    post_save.connect(_saved, get_image_model(), dispatch_uid="picture sizes")


def _saved(sender, instance, raw=False, **kwargs) -> None:
    if not raw:
        transaction.on_commit(lambda: make_sizes.enqueue(instance.pk))


def has_sizes(image) -> bool:
    return image.renditions.filter(filter_spec__in=SIZES).count() >= len(SIZES)


@task(backend="later")
def make_sizes(pk: int) -> None:
    """Makes those sizes of the picture that are not there; nothing if it is gone."""
    if image := get_image_model().objects.filter(pk=pk).first():
        image.get_renditions(*SIZES, SHARED)


def make_missing() -> None:
    """Makes the sizes of some pictures without them, such as those of older versions."""
    images = get_image_model().objects.order_by("-pk")
    made = images.filter(renditions__filter_spec=SIZES[-1]).values("pk")
    for pk in list(images.exclude(pk__in=made).values_list("pk", flat=True)[:AT_ONCE]):
        try:
            make_sizes.func(pk)
        except Exception as error:  # The next one may be whole.
            logger.warning("Picture %s has no sizes: %s", pk, type(error).__name__)
