"""Signs that no name of a place has, and that would harm where it is shown or passed on."""

import re

from django.core.exceptions import ValidationError

# Angle brackets, and what turns the direction of writing: a name would read as another one.
_UNWANTED = re.compile("[<>\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def unwanted_sign(name: str) -> str:
    """What is wrong with a name, in words for an officer; empty for a good one."""
    if not (found := _UNWANTED.search(name)):
        return ""
    if found[0] in "<>":
        return f"名称里不能有“{found[0]}”。"
    return f"名称里不能有改变文字方向的看不见的字符（U+{ord(found[0]):04X}）。"


class PlainNames:
    """A mixin for models: the fields of `plain_names` hold no such sign."""

    plain_names = ("name",)

    def clean(self):
        super().clean()
        faults = {name: unwanted_sign(getattr(self, name) or "") for name in self.plain_names}
        if faults := {name: fault for name, fault in faults.items() if fault}:
            raise ValidationError(faults)
