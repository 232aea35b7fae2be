"""Trying again with any piece of the query when nothing has all of it."""

from copy import copy

from .text import loosened, without_blanks


class ReadQuery:
    """A query compiler that leaves out what asks for nothing and notes if nothing is left."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.query = without_blanks(self.query)
        self.asks_for_nothing = self.query is None

    def looser(self):
        """A compiler for the looser query, or None when there is none."""
        query = None if self.asks_for_nothing else loosened(self.query)
        if query is None:
            return None
        other = copy(self)
        other.query = query
        return other


class LooseningResults:
    """Results that fall back on the looser query when the strict one finds nothing at all.

    Which of the two answers does not depend on the slice, so pages of results fit together.
    """

    def _do_search(self):
        found = list(self._strict_search())
        if found or not self._loosen():
            return found
        return list(self._strict_search())

    def _do_count(self):
        count = self._strict_count()
        if count or not self._loosen():
            return count
        return self._strict_count()

    def facet(self, field_name):
        self._do_count()  # Settles which of the two queries is counted.
        return {} if self.query_compiler.asks_for_nothing else super().facet(field_name)

    def _strict_search(self):
        return [] if self.query_compiler.asks_for_nothing else super()._do_search()

    def _strict_count(self) -> int:
        return 0 if self.query_compiler.asks_for_nothing else super()._do_count()

    def _loosen(self) -> bool:
        """Take the looser query if the strict one has no result on any page of results."""
        looser = self.query_compiler.looser()
        if looser is None:
            return False
        if self.start or self.stop is not None:
            whole = self._clone()
            whole.start, whole.stop = 0, None
            if whole._strict_count():
                return False
        self.query_compiler = looser
        return True
