"""All rules together: the pre-check of a proposed name."""

from collections.abc import Iterable

from . import parts
from .findings import Finding, Proposal, Result, Setting
from .index import NameIndex
from .lists import UNFIT, Lists
from .rules import form, location, names, wording

RULES_VERSION = "2"
"""Raised when a rule changes; lists have a version of their own."""
_OF_REGISTER = (
    names.same_name,
    names.out_of_use,
    names.same_specific,
    names.affixes,
    names.homophones,
    names.cantonese,
    names.near_sounds,
    names.look_alikes,
)
_OF_NAME = (
    wording.characters,
    wording.letters,
    wording.words,
    form.structure,
    form.generic_kind,
    form.thresholds,
)


def check(
    proposal: Proposal, index: NameIndex, lists: Lists, subdistricts: Iterable[str] = ()
) -> Result:
    """Everything that speaks against a name, the grave first; `subdistricts` are names.

    Advice only: it knows the names of this district and the words of the lists.
    """
    split = parts.corrected(proposal.name, proposal.generic, proposal.kind, lists)
    setting = Setting(proposal, split, lists)
    found: list[Finding] = []
    for rule in _OF_REGISTER:
        found.extend(rule(setting, index))
    for rule in _OF_NAME:
        found.extend(rule(setting))
    found.extend(location.elsewhere(setting, subdistricts))
    found.sort(key=lambda finding: finding.severity != UNFIT)
    return Result(proposal, split, tuple(found), f"{RULES_VERSION}-{lists.version}")
