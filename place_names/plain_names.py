"""Names of places as they are written: without signs that would harm where a name is shown or
passed on, or make two names of one."""

import re

from django.core.exceptions import ValidationError

from home.typed_text.characters import one_line, without_invisible

# Angle brackets, and what turns the direction of writing: a name would read as another one.
_UNWANTED = re.compile("[<>\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What is left of characters that a program could not read or write: question marks, and U+FFFD
# in UTF-8 read as GB18030 (锟斤拷).
_DAMAGED = re.compile("[?？\N{REPLACEMENT CHARACTER}]+|锟斤拷?|斤拷")

_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_WIDE |= {wide: wide - 0xFEE0 for wide in range(0xFF41, 0xFF5B)}
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_GAP = re.compile(f"(?<=[{_HAN}]) (?=.)|(?<=.) (?=[{_HAN}])")


def plain_name(typed: str) -> str:
    """A name as it was typed without what cannot be seen: no spaces beside Chinese characters,
    letters and digits of one width, accents composed."""
    return _GAP.sub("", one_line(typed).translate(_WIDE))


def unwanted_sign(name: str) -> str:
    """What is wrong with a name, in words for an officer; empty for a good one."""
    if damaged := _DAMAGED.search(name):
        return f"名称里有读不出来的字“{damaged[0]}”，多半是编码弄错了，请核对原件后改正。"
    if not (found := _UNWANTED.search(name)):
        hidden = next((sign for sign in name if sign != without_invisible(sign)), "")
        return f"名称里有看不见的字符（U+{ord(hidden):04X}），请删去。" if hidden else ""
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
