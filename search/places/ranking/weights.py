"""All weights of the ranking, and the words that tell a reader why a place was found.

Between two kinds of match the gap is wider than all deductions together, unless the table
says otherwise, so the order of the table holds.
"""

# Kinds of match.
EXACT = "exact"
DIGITS_EQUAL = "digits_equal"
SPECIFIC = "specific"
PREFIX = "prefix"
INSIDE = "inside"
MIXED = "mixed"
MIXED_PREFIX = "mixed_prefix"
MIXED_INSIDE = "mixed_inside"
WORDS = "words"
SAME_SOUND = "same_sound"
SOUND_PREFIX = "sound_prefix"
SOUND_INSIDE = "sound_inside"
ONE_EDIT = "one_edit"
SIMILAR_SOUND = "similar_sound"
SOUND_EDIT = "sound_edit"
CONTAINED = "contained"
SCATTERED = "scattered"
SAME_SPECIFIC = "same_specific"
PINYIN = "pinyin"
PINYIN_SPECIFIC = "pinyin_specific"
INITIALS = "initials"
PINYIN_PREFIX = "pinyin_prefix"
INITIALS_PREFIX = "initials_prefix"
PINYIN_INSIDE = "pinyin_inside"
INITIALS_INSIDE = "initials_inside"
CANTONESE = "cantonese"
CANTONESE_SPECIFIC = "cantonese_specific"
CANTONESE_PREFIX = "cantonese_prefix"
CANTONESE_INSIDE = "cantonese_inside"
PIECES = "pieces"
CODE = "code"

WEIGHTS: dict[str, tuple[int, str]] = {
    EXACT: (3000, ""),
    DIGITS_EQUAL: (2880, "数字写法不同"),
    SPECIFIC: (2760, ""),
    PREFIX: (2640, ""),
    MIXED: (2600, "拼音"),
    INSIDE: (2520, ""),
    MIXED_PREFIX: (2480, "拼音"),
    MIXED_INSIDE: (2400, "拼音"),
    WORDS: (2280, ""),
    SAME_SOUND: (2160, "同音"),
    SOUND_PREFIX: (2040, "同音"),
    ONE_EDIT: (1920, "写法相近"),
    SOUND_INSIDE: (1800, "同音"),
    SIMILAR_SOUND: (1680, "读音相近"),
    SOUND_EDIT: (1560, "读音相近"),
    CONTAINED: (1440, "包含这个地名"),
    SCATTERED: (1320, "字词相近"),
    SAME_SPECIFIC: (1200, "专名相同"),
    PINYIN: (3000, "拼音"),
    INITIALS: (2880, "拼音首字母"),
    PINYIN_SPECIFIC: (2760, "拼音"),
    PINYIN_PREFIX: (2640, "拼音"),
    INITIALS_PREFIX: (2520, "拼音首字母"),
    PINYIN_INSIDE: (2400, "拼音"),
    INITIALS_INSIDE: (2280, "拼音首字母"),
    CANTONESE: (2200, "粤语读音"),
    CANTONESE_SPECIFIC: (2140, "粤语读音"),
    CANTONESE_PREFIX: (2080, "粤语读音"),
    CANTONESE_INSIDE: (2020, "粤语读音"),
    PIECES: (1000, "部分字词相同"),
    CODE: (3000, "地名代码"),
}
WHOLE = frozenset({EXACT, DIGITS_EQUAL, PINYIN, INITIALS, MIXED, CODE})
"""Matches of a whole name: who gets one needs no lenient search."""

DEDUCTIONS = {"standard": 0, "short": 10, "alias": 12, "former": 16, "foreign": 14, "dialect": 20}
"""Other names of a place come a little after standard names."""
SHORTENED = 30  # the query was shortened: area, number, question taken off
NOT_IN_FORCE = 8
EXTRA_CHARACTER = 1  # for each character of the name that was not asked for
MAX_EXTRA = 30
OTHER_SYLLABLES = 20  # xi an typed, xian found
OTHER_READING = 30  # found by a reading of a character that the record does not give
EDITS = {"swapped": 0, "missing": 5, "wrong": 10, "added": 15}
"""Who leaves something out is more usual than who adds something."""

Found = tuple[str, int] | None
"""What a judge says of one name: kind of match and deduction, or that it is none."""
