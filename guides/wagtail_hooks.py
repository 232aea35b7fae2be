"""Wagtail looks for hooks here; each feature registers its own."""

from .figures.staff import hooks as figures
from .pages.staff import hooks as pages
from .policies.staff import hooks as policies
from .questions.staff import hooks as questions
from .versions.staff import hooks as versions
from .word_import.staff import hooks as word_import

__all__ = ["figures", "pages", "policies", "questions", "versions", "word_import"]
