"""What site search can find: every app registers the documents that it owns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from .kinds import LABELS


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found, as it is ranked and shown.

    `key` is unique and stable, e.g. `page:12` or `booking:manage`. `asked` holds the words in
    which people ask for it, one phrase a line; they count like the summary and are not shown.
    `label` names its type where that says more than its kind. Of a text that is not prose (questions
    and their answers, words for search) no part is shown among results.
    """

    key: str
    kind: str
    title: str
    url: str
    summary: str = ""
    asked: str = ""
    text: str = ""
    label: str = ""
    tags: tuple[str, ...] = ()
    dated: date | None = None
    is_prose: bool = True

    def asked_too(self, words: str) -> "Document":
        """The same with more phrases in which people ask for it."""
        return replace(self, asked=f"{self.asked}\n{words}") if words else self

    @property
    def kind_label(self) -> str:
        return self.label or LABELS[self.kind]


Load = Callable[[], Iterable[Document]]
_loaders: dict[str, Load] = {}


def register_documents(name: str, load: Load) -> None:
    """Add documents to site search; called in AppConfig.ready.

    `load` is called again whenever content has changed. It gives only what is open to
    everybody.
    """
    _loaders[name] = load


def all_documents() -> list[Document]:
    """Every registered document, each key once, in a fixed order."""
    documents = {document.key: document for load in _loaders.values() for document in load()}
    return list(documents.values())
