from dataclasses import dataclass

from home.sandbox import FileRefusedError


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one row."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self):
        shown = self.value if len(self.value) <= 40 else self.value[:40] + "…"
        return f"第{self.line}行，{self.column}“{shown}”：{self.reason}"


__all__ = ["FileRefusedError", "Problem"]
