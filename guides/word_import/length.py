"""How long a .docx document is, so that one too long for a page is refused before it is read."""

from home.sandbox import FileRefusedError

from .package import Package, W
from .styles import value

MAX_CELLS = 20_000  # of all tables, each as wide as it spans
LETTERS_A_PAGE = 800  # of a printed Chinese page, for files that do not say their length


def refuse_too_long(package: Package, body, max_pages: int) -> None:
    """Raises FileRefusedError, in words for the editor, for too many cells or pages."""
    cells = sum(_width(cell) for cell in body.iter(f"{W}tc"))
    if cells > MAX_CELLS:
        raise FileRefusedError(
            f"文件里的表格有{cells}格，最多能导入{MAX_CELLS}格。请把大表格作为附件上传。"
        )
    pages = _pages(package, body)
    if pages > max_pages:
        raise FileRefusedError(
            f"这份文件约{pages}页，最多能导入{max_pages}页。请分成几份导入，或者作为附件上传。"
        )


def _width(cell) -> int:
    span = value(cell, "tcPr/gridSpan", "1") or ""
    return int(span) if span.isdigit() and len(span) < 7 else 1


def _pages(package: Package, body) -> int:
    """Pages as Word counted them when it saved, or estimated from breaks and letters."""
    breaks = sum(1 for _ in body.iter(f"{W}lastRenderedPageBreak"))
    breaks += sum(1 for one in body.iter(f"{W}br") if one.get(f"{W}type") == "page")
    letters = sum(len(text.text or "") for text in body.iter(f"{W}t"))
    return max(package.counted_pages(), breaks + 1, -(-letters // LETTERS_A_PAGE))
