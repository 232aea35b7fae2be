"""What the import could not keep, or needs an editor's eye, each with its place."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Notes in the order of the document; `place` says where the reader is."""

    notes: list[tuple[str, str]] = field(default_factory=list)
    paragraph: int = 0
    table: int = 0
    row: int = 0
    in_table: int = 0
    part: str = ""
    _seen: Counter = field(default_factory=Counter)

    @property
    def place(self) -> str:
        if self.part:
            return self.part
        if self.in_table:
            return f"第{self.table}个表第{self.row}行"
        return f"第{self.paragraph}段" if self.paragraph else ""

    def add(self, message: str, place: str | None = None) -> None:
        """Notes a message once for each place."""
        note = (self.place if place is None else place, message)
        if not self._seen[note]:
            self.notes.append(note)
        self._seen[note] += 1

    def left_out(self, what: str, words: str = "") -> None:
        """Notes what was not imported, with its first words."""
        self.add(f"{what}没有导入{f'：“{shortened(words)}”' if words.strip() else ''}。")


def shortened(words: str, length: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else f"{words[:length]}…"
