"""The register as a table that its own importer reads back, byte for byte."""

from collections.abc import Iterator

from place_names.names.rows import COLUMNS, row_of, with_relations

BATCH = 500


def rows(places) -> Iterator[list[str]]:
    """The headings, then a row of text for each record of a queryset, in batches of queries."""
    yield list(COLUMNS)
    for place in with_relations(places).iterator(BATCH):
        row = row_of(place)
        yield [row[name] for name in COLUMNS]
