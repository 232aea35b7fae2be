"""What else than pages site search finds: each app registers its own source."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Hit:
    """A result that is no page. `score` compares with those of `search.site_search.pages` (100: the very
    name asked for; 50: holds it; 25: near); `note` says why it was found, e.g. 曾用名：漱珠涌; `icon` is empty for that of
    the kind."""

    title: str
    url: str
    summary: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    score: float = 0
    icon: str = ""


@dataclass(frozen=True)
class Found:
    total: int = 0
    hits: tuple[Hit, ...] = field(default_factory=tuple)


class Source(Protocol):
    """A registered source. The methods accept any string and never raise for it."""

    kind: str  # One of `search.site_search.kinds`.

    def search(self, query: str, start: int, stop: int, resembling: bool) -> Found:
        """With `resembling` also what only sounds or looks like the query; so for `suggest`."""
        ...

    def suggest(self, query: str, limit: int, resembling: bool) -> list[Hit]: ...

    def sample(self) -> str:
        """How the results are labelled while they are no real data, e.g. 示例数据."""
        ...


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a source to site search; called in AppConfig.ready."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    return _sources[kind]


def sources() -> list[Source]:
    return list(_sources.values())
