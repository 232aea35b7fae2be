"""Look-up of many names at once: written or spelt alike, told with how and how surely."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q
from pypinyin.contrib.tone_convert import tone3_to_tone

from home.cache.memoize import memoized
from place_names.models import FormerCode, NameVariant, PlaceName
from place_names.models.spelling_letters import letters_of
from place_names.names.addresses import typed_code
from place_names.tones import without_tones
from search.analysis import name_key

Matched = Literal["name", "other_name", "code", "former_code", "pinyin", "other_pinyin"]
WRITTEN: dict[Matched, float] = {"name": 100, "code": 100, "former_code": 100, "other_name": 90}
SAME_TONES, NO_TONES, OTHER_TONES = 95, 90, 80
"""What a spelling is worth whose tones are those of the record, are not written, or differ."""
OTHER_NAME = 0.9
"""The share that is left where it is the spelling of another name of the place."""
AT_ONCE = 500
_PINYIN = re.compile("[0-9]*[a-zü][0-9a-zü]*")
_NUMBERED = re.compile("([a-zü]{1,6})([1-5])")


@dataclass(frozen=True)
class Spelling:
    """Letters and digits of a spelling without spaces; `toned` is empty where no tone is written."""

    letters: str
    toned: str

    def worth(self, romanisation: str) -> float:
        """What it is worth as the spelling of a name whose letters are the same."""
        if not self.toned:
            return NO_TONES
        return SAME_TONES if self.toned == _joined(romanisation) else OTHER_TONES


def looked_up(texts: Sequence[str], by_spelling: bool = True) -> list[dict]:
    """For each text the public names that bear it as name, other name or code, or are spelt so."""
    found: dict[str, dict[str, dict]] = {}
    spelt = {text: read_spellings(text) for text in texts} if by_spelling else {}
    keys = {text: {text, name_key(text) or text, typed_code(text)} - {""} for text in texts}
    for word, place in _written(sorted(set().union(*keys.values()))):
        _note(found, word, place)
    for text, place in _spelt(spelt):
        _note(found, text, place)
    answers = []
    for text in texts:
        places: dict[str, dict] = {}
        for key in sorted(keys[text]):
            for place in found.get(key, {}).values():
                _keep_better(places, place)
        best_first = sorted(places.values(), key=lambda each: (-each["score"], each["code"]))
        answers.append({"text": text, "places": best_first})
    return answers


def _note(found: dict[str, dict[str, dict]], word: str, place: dict) -> None:
    _keep_better(found.setdefault(word, {}), place)


def _keep_better(places: dict[str, dict], place: dict) -> None:
    known = places.get(place["code"])
    if known is None or known["score"] < place["score"]:
        places[place["code"]] = place


def _written(words: list[str]) -> Iterator[tuple[str, dict]]:
    """(word, place) of the names, other names and codes among the words."""
    public = PlaceName.objects.published()
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        named = public.filter(Q(name__in=some) | Q(code__in=some)).values_list("code", "name")
        for code, name in named:
            yield name, _place(code, name, "name")
            yield code, _place(code, name, "code")
        others = NameVariant.objects.filter(name__in=some, place__in=public)
        for word, code, name in others.values_list("name", "place__code", "place__name"):
            yield word, _place(code, name, "other_name")
        former = FormerCode.objects.filter(code__in=some, place__in=public)
        for word, code, name in former.values_list("code", "place__code", "place__name"):
            yield word, _place(code, name, "former_code")


def _place(code: str, name: str, matched: Matched, score: float | None = None) -> dict:
    score = WRITTEN[matched] if score is None else score
    return {"code": code, "name": name, "matched": matched, "score": score}


def read_spellings(text: str) -> list[Spelling]:
    """What a text is in Hanyu Pinyin, with tone marks, with tone numbers (`lu4`) or without either;
    empty for other texts. For ü people write u:, v or yu, but nanyue is no nanüe."""
    joined = _joined(text)
    if _NUMBERED.sub("", joined) == "":
        joined = _NUMBERED.sub(lambda syllable: tone3_to_tone(syllable[0]), joined)
    joined = joined.replace("v", "ü")
    found = []
    for each in dict.fromkeys([joined, joined.replace("lyu", "lü").replace("nyu", "nü")]):
        letters = without_tones(each)
        if _PINYIN.fullmatch(letters):
            found.append(Spelling(letters, each if each != letters else ""))
    return found


def _joined(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("u:", "ü")
    return "".join(filter(str.isalnum, folded))


def _spelt(spelt: dict[str, list[Spelling]]) -> Iterator[tuple[str, dict]]:
    """(text, place) of the names that are spelt as a text is."""
    by_letters: dict[str, list[tuple[str, Spelling]]] = {}
    for text, spellings in spelt.items():
        for each in spellings:
            by_letters.setdefault(each.letters, []).append((text, each))
    if not by_letters:
        return
    public = PlaceName.objects.published()
    letters = sorted(by_letters)
    for start in range(0, len(letters), AT_ONCE):
        some = public.order_by().annotate(letters=letters_of("romanisation_plain"))
        some = some.filter(letters__in=letters[start : start + AT_ONCE])
        for code, name, romanisation, spelling in some.values_list(
            "code", "name", "romanisation", "letters"
        ):
            for text, asked in by_letters[spelling]:
                yield text, _place(code, name, "pinyin", asked.worth(romanisation))
    other_names = memoized("other names by letters", _other_names_by_letters)
    keys = [key for each in letters for key in other_names.get(each, ())]
    for start in range(0, len(keys), AT_ONCE):
        others = NameVariant.objects.filter(pk__in=keys[start : start + AT_ONCE], place__in=public)
        for romanisation, code, name in others.values_list(
            "romanisation", "place__code", "place__name"
        ):
            for text, asked in by_letters[without_tones(_joined(romanisation))]:
                score = round(OTHER_NAME * asked.worth(romanisation), 1)
                yield text, _place(code, name, "other_pinyin", score)


def _other_names_by_letters() -> dict[str, list[int]]:
    """Keys of the other names that have a spelling, by its letters; their columns have tones."""
    found: dict[str, list[int]] = {}
    spelt = NameVariant.objects.exclude(romanisation="").order_by("pk")
    for key, romanisation in spelt.values_list("pk", "romanisation"):
        found.setdefault(without_tones(_joined(romanisation)), []).append(key)
    return found
