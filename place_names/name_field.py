"""The form field of a name of a place."""

from home.typed_text.fields import LineField
from place_names.plain_names import plain_name


class WrittenNameField(LineField):
    """One line, read by `plain_name`: 测　宽路 and 测\u200b宽路 are the same name."""

    read = staticmethod(plain_name)
