"""Running text and titles of pages as terms."""

import re

from .characters import is_han, name_key, normalise
from .pinyin import readings

_WORD = re.compile(r"[^\W_]+")


def text_terms(text: str) -> list[str]:
    """Terms of a text in their order: each Chinese character one, each run of others one.

    Neighbouring terms form a phrase, so 结婚登记 is found inside any sentence.

    >>> text_terms("结婚登记 App2.0")
    ['结', '婚', '登', '记', 'app2', '0']
    """
    terms: list[str] = []
    for word in _WORD.findall(normalise(text)):
        run = ""
        for character in word:
            if is_han(character):
                if run:
                    terms.append(run)
                    run = ""
                terms.append(character)
            else:
                run += character
        if run:
            terms.append(run)
    return terms


def query_phrases(text: str, limit: int = 8) -> list[list[str]]:
    """What a person typed as phrases, one for each word: [[结, 婚], [登, 记]] for 结婚 登记."""
    phrases = (text_terms(word) for word in normalise(text[:200]).split(" "))
    return [phrase for phrase in phrases if phrase][:limit]


def pinyin_terms(title: str) -> list[str]:
    """Spellings from each character of a title on: full pinyin and initials, joined.

    A prefix search over them finds jiehun, hundengji, jhdj.
    """
    spelling = [options[0] for options in readings(name_key(title)[:60])]
    full = ["".join(spelling[at:]) for at in range(len(spelling))]
    initials = "".join(syllable[:1] for syllable in spelling)
    return list(dict.fromkeys(full + [initials[at:] for at in range(len(initials))]))
