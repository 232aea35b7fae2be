"""From the blocks an editor filled in to the tree that the rules work on."""

from collections.abc import Iterable

from .tree import (
    Amount,
    Branch,
    Condition,
    DateBranch,
    Fact,
    Material,
    Option,
    Outcome,
    Question,
    Tree,
)


def tree_from(stream: Iterable) -> Tree:
    """Reads a StreamField of TREE_BLOCKS, unfinished drafts too."""
    questions, outcomes = [], []
    for block in stream:
        value = block.value
        if block.block_type == "question":
            questions.append(_question(value))
        elif block.block_type == "date_question":
            questions.append(_date_question(value))
        elif block.block_type == "outcome":
            outcomes.append(_outcome(value))
    return Tree(tuple(questions), tuple(outcomes))


def _text(value, name: str) -> str:
    return (value.get(name) or "").strip()


def _conditions(value) -> tuple[Condition, ...]:
    rows = value.get("conditions") or ()
    return tuple(Condition(_text(row, "question"), _text(row, "answer")) for row in rows)


def _question(value) -> Question:
    options = tuple(
        Option(
            label=_text(option, "label"),
            target=_text(option, "target"),
            hint=_text(option, "hint"),
            branches=tuple(
                Branch(_conditions(branch), _text(branch, "target"))
                for branch in option.get("branches") or ()
            ),
        )
        for option in value.get("options") or ()
    )
    return Question(_text(value, "code"), _text(value, "text"), _text(value, "help"), options)


def _date_question(value) -> Question:
    return Question(
        _text(value, "code"),
        _text(value, "text"),
        _text(value, "help"),
        is_date=True,
        target=_text(value, "target"),
        allows_future=bool(value.get("allows_future")),
        not_before=_text(value, "not_before"),
        date_branches=tuple(
            DateBranch(
                branch.get("when") or DateBranch.BEFORE,
                _text(branch, "target"),
                branch.get("day"),
                branch.get("days"),
                branch.get("months"),
            )
            for branch in value.get("branches") or ()
        ),
    )


def _outcome(value) -> Outcome:
    return Outcome(
        code=_text(value, "code"),
        title=_text(value, "title"),
        text=value.get("text") or "",
        materials=tuple(
            Material(_text(row, "name"), _text(row, "note"), _conditions(row))
            for row in value.get("materials") or ()
        ),
        amounts=tuple(
            Amount(
                figure=row["figure"].slug if row.get("figure") else "",
                name=_text(row, "label") or (row["figure"].name if row.get("figure") else ""),
                times=row.get("times") or 1,
                note=_text(row, "note"),
                conditions=_conditions(row),
                is_apart=bool(row.get("is_apart")),
            )
            for row in value.get("amounts") or ()
        ),
        amounts_note=_text(value, "amounts_note"),
        places=tuple(p for p in value.get("places") or () if p and p.is_public and p.live),
        local_kind=_text(value, "local_kind"),
        next_steps=tuple(value.get("next_steps") or ()),
        list_key=_text(value, "list_key"),
        facts=tuple(
            Fact(Condition(_text(row, "question"), _text(row, "answer")), _text(row, "fact"))
            for row in value.get("facts") or ()
        ),
    )
