"""What citizens read of a question tree, for search: no codes, conditions or addresses."""

from collections.abc import Iterator

from django.utils.html import strip_tags

from home.material_lists import material_list

from .tree import Outcome, Question, Tree


def readable_text(tree: Tree) -> str:
    """The words of all questions and outcomes, in the editor's order, with blanks between."""
    parts = [part for node in tree.questions for part in _of_question(node)]
    parts += [part for node in tree.outcomes for part in _of_outcome(node)]
    return " ".join(filter(None, parts))


def _of_question(question: Question) -> Iterator[str]:
    yield question.text
    yield question.help
    for option in question.options:
        yield option.label
        yield option.hint


def _of_outcome(outcome: Outcome) -> Iterator[str]:
    yield outcome.title
    yield strip_tags(str(outcome.text))
    listed = material_list(outcome.list_key, {})
    for material in (*(listed.materials if listed else ()), *outcome.materials):
        yield material.name
        yield material.note
    for amount in outcome.amounts:
        yield amount.name
        yield amount.note
    yield outcome.amounts_note
    for step in outcome.next_steps:
        yield str(step["label"])
