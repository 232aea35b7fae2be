"""A spelling has a syllable for each character; letters and digits stand as they are."""

import pytest

from place_names.syllables import is_syllable, reads

SPELLINGS = [
    ("陈寅恪故居", "Chén Yínquè Gùjū", True),
    ("陈寅恪故居", "Chén Yín qq 5", False),
    ("陈寅恪故居", "Chén Yínquè", False),
    ("K2荟公寓", "K2 Huì Gōngyù", True),
    ("K2荟公寓", "K", False),
    ("K2荟公寓", "Huì Gōngyù", False),
    ("北山二巷", "Běishān 2 Xiàng", True),
    ("二马路", "Èrmǎ Lù", True),
    ("十二巷", "12 Xiàng", True),
    ("仁安里", "Rén'ān Lǐ", True),
    ("西安里", "Xī'ān Lǐ", True),
    ("西安里", "Xī'ān", False),
    ("绿园路", "Lǜyuán Lù", True),
    ("某路（东段）", "Mǒu Lù (Dōngduàn)", True),
    ("某路", "", False),
]


@pytest.mark.parametrize(("text", "spelling", "fits"), SPELLINGS)
def test_whole_names(text, spelling, fits):
    assert reads(text, spelling) is fits


@pytest.mark.parametrize(
    ("text", "is_one"), [("lè", True), ("lüè", True), ("qq", False), ("k", False), ("hǎi", True)]
)
def test_syllables(text, is_one):
    assert is_syllable(text) is is_one
