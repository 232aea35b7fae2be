"""A page of results that the search engine has already paginated."""

from dataclasses import dataclass


def page_number(text: str | None, highest: int = 500) -> int:
    """A page number from an address: whatever is not one counts as the first page."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 9:
        return 1
    return min(max(1, int(text)), highest)


@dataclass(frozen=True)
class WindowPage:
    """What the shared pagination shows, without the objects themselves."""

    number: int
    num_pages: int

    @property
    def paginator(self) -> "WindowPage":
        return self

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.num_pages

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1
