"""A proposed name in its specific and generic part (专名、通名)."""

import re
from dataclasses import dataclass

from place_names.names.romanisation import generic_terms, split_name

from .lists import Lists

_DIRECTIONS = "东西南北中前后左右上下内外正直横支"
_ONLY_ORDINALS = re.compile(
    rf"[{_DIRECTIONS}]?(第?[零〇一二三四五六七八九十百千0-9０-９.．]+[号座]?)?[{_DIRECTIONS}]?"
)


@dataclass(frozen=True)
class Parts:
    """`generic` is empty where none is known; `of_kind` tells whether the kind knows it."""

    specific: str
    generic: str
    of_kind: bool


def split(name: str, kind: str, lists: Lists) -> Parts:
    """Split a name as its kind does: 榕荫|花园, 听涛|西路.

    A generic part that only other kinds know is split off too, with `of_kind` False.
    A name that is nothing but a generic part has no specific one.
    """
    category = lists.kinds[kind].category
    own = {term for term, rule in lists.generics.items() if kind in rule.kinds}
    if name in own or name in generic_terms(category):
        return Parts("", name, True)
    specific, generic = _longest(name, own)
    if not generic:
        specific, generic = split_name(name, category)
    if generic:
        return Parts(specific, generic, True)
    specific, generic = _longest(name, set(lists.generics))
    if not generic:
        specific, generic = split_name(name)
    return Parts(specific, generic, False)


def corrected(name: str, generic: str, kind: str, lists: Lists) -> Parts:
    """The split with the generic part that somebody says it has; it ends the name."""
    own = split(name, kind, lists)
    if not generic or generic == own.generic or not name.endswith(generic):
        return own
    known = generic in generic_terms(lists.kinds[kind].category) or (
        generic in lists.generics and kind in lists.generics[generic].kinds
    )
    return Parts(name[: len(name) - len(generic)], generic, known)


def repeated(parts: Parts, kind: str, lists: Lists) -> str:
    """A whole generic part of two characters and more at the end of the specific one, or "".

    Only for kinds that the list of generic parts names: a committee or a street may be called
    after an estate with all of its name.
    """
    if not any(kind in rule.kinds for rule in lists.generics.values()):
        return ""
    for term in sorted(lists.generics, key=len, reverse=True):
        if len(term) > 1 and parts.specific.endswith(term):
            return term
    return ""


def only_ordinals(specific: str) -> bool:
    """Whether it tells nothing but a number or a direction: 三, 第二, 6号, 横一."""
    return bool(specific) and bool(_ONLY_ORDINALS.fullmatch(specific))


def _longest(name: str, terms: set[str]) -> tuple[str, str]:
    """The longest term at the end: 马公寓 is 马 and 公寓, one character with its generic part."""
    endings = [term for term in terms if name.endswith(term) and term != name]
    term = max(endings, key=len, default="")
    return name[: len(name) - len(term)], term
