"""All numbers of the score, in one place; `docs/page-search.md` explains them."""

from .kinds import APPLICATION, FIGURE, GUIDE, NOTICE, PAGE, PLACE, POLICY, SERVICE_PLACE

# How much a term counts by the field that it stands in, and how far the length of the field
# tempers it (0: not at all, 1: as in BM25).
FIELDS = {
    "title": (3.0, 0.3),
    "asked": (2.4, 0.1),
    "summary": (1.6, 0.3),
    "text": (1.0, 0.7),
}
MAX_LENGTH_RATIO = 4
"""A field counts as at most so many times as long as the average."""
SATURATION = 1.2
"""A term that stands often counts at most 1 + SATURATION times one that stands once."""

# How much a term of the query counts by the way in which it was read.
AS_TYPED = 1.0
KINSHIP = 0.4
"""A pair of a word like 爸爸, which tells who is concerned."""
SYNONYM = 0.6
SOUND = 0.55
SINGLE = 0.12
"""A single character beside the pairs."""

IDEAL = 1.5
"""What a term is worth that stands in the title, in units of its rarity."""

LONG = 5
"""A document that has so many rare terms of a long query in its title answers it."""

# Added to the score, as a share of what a perfect document would get.
TITLE_IS_IT = 1.2
ASKED_IS_IT = 0.9
TITLE_BEGINS = 0.35
TITLE_HAS_IT = 0.25
ASKED_HAS_IT = 0.2
SHARE_OF_TITLE = 0.25
TITLE_SOUNDS = 0.8

# What a document of a kind is worth beside one of another kind with the same words.
KINDS = {
    GUIDE: 1.12,
    APPLICATION: 1.02,
    POLICY: 0.92,
    NOTICE: 0.9,
    SERVICE_PLACE: 0.85,
    FIGURE: 0.72,
    PAGE: 0.8,
    PLACE: 1.0,
}

COUNTED_FIGURE = 1.2
"""What a figure is worth where the query asks how many there are."""

NEAR = 0.4
"""Below this confidence a result is only near to what was asked for."""
FLOOR = 0.16
"""Below this nothing is shown at all."""
LEAST_SHARE = 0.3
"""Beside the best document those are shown that have this share of its score."""
MAX_NEAR = 5
"""So many results that are only near are shown."""
HIT = 0.012
"""What a point of a hit of a source is worth beside the score of a document, as a share of the
ideal one: a name that is just what was typed (100) stands above pages that mention it."""
GOOD_HIT = 50
"""From this score on a hit of a source is what was asked for, below it is only near."""
SURE = 0.8
"""From this confidence on nobody is asked whether something else was meant."""
