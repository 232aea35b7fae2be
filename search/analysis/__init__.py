"""Analysis of Chinese text: pure functions, the same at index time and at query time.

Nothing here knows a database or an engine. What it makes of a text is part of the index:
whoever changes the outcome raises VERSION, and the index is rebuilt (`rebuild_search_index`).

Characters
    normalise(text)        NFKC, lower case, traditional → simplified, invisible marks gone
    name_key(text)         the same without spaces and punctuation: how names are compared
    digit_form(key)        numbers as digits: 第二, 第2, 二 → 2
    is_han(character), strip_tones(text)

Running text and titles of pages
    text_terms(text)       one term a Chinese character, one a Latin word or number
    query_phrases(text)    what was typed, as phrases of such terms, one for each word
    pinyin_terms(title)    joined pinyin and initials from each character on, for prefix search
    without_question(text) 领证怎么办理在哪里 → the key without asking words and area

Names
    Name, name_tokens(name)    a name, and the (kind, token) pairs under which it is found
    readings(key, romanisation), spellings(readings), segment("jiangnandadao"), sound_key(...)

Queries
    analyse(text) → Query      script (han, latin, mixed, empty), words, shorter wordings,
                               joined spellings, syllables
"""

from .characters import is_han, name_key, normalise, strip_tones
from .generic_parts import is_generic
from .jyutping import cantonese_readings, jyutping, loose_spelling
from .names import Name, gaps, name_tokens, syllable_gaps
from .numerals import digit_form
from .pinyin import readings, segment, sound_key, spellings
from .query import ASKS_AREA, Form, Query, analyse, without_question
from .text import pinyin_terms, query_phrases, text_terms

VERSION = 6

__all__ = [
    "ASKS_AREA",
    "VERSION",
    "Form",
    "Name",
    "Query",
    "analyse",
    "cantonese_readings",
    "digit_form",
    "gaps",
    "is_generic",
    "is_han",
    "jyutping",
    "loose_spelling",
    "name_key",
    "name_tokens",
    "normalise",
    "pinyin_terms",
    "query_phrases",
    "readings",
    "segment",
    "sound_key",
    "spellings",
    "strip_tones",
    "syllable_gaps",
    "text_terms",
    "without_question",
]
