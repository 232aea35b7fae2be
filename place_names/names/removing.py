"""Removing a record that was entered by mistake, as long as nothing refers to it."""

from django.db.models import ProtectedError

from place_names.models import PlaceName

from .renaming import HistoryError

SHOWN = 10


def remove(place: PlaceName) -> None:
    """Delete the record. Raises HistoryError where it is being edited or others refer to it."""
    if place.locked or place.has_unpublished_changes:
        raise HistoryError(f"“{place.name}”已锁定或有尚未发布的修改，请先处理。")
    held = [f"照片“{each}”" for each in place.place_images.all()]
    try:
        if not held:
            place.delete()
            return
    except ProtectedError as error:
        held = sorted(f"{each._meta.verbose_name}“{each}”" for each in error.protected_objects)
    listed = "；".join(held[:SHOWN]) + ("……" if len(held) > SHOWN else "")
    raise HistoryError(f"“{place.name}”已被其他记录引用：{listed}。请先处理这些记录。")
