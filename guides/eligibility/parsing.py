"""From the blocks an editor filled in to the plain data that the rules work on."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .contradictions import Contradiction
from .rules import Amount, Benefit, ChoiceTest, NumberTest, Requirement, Test, Verdict


@dataclass(frozen=True)
class Option:
    label: str
    hint: str = ""
    is_unsure: bool = False
    is_default: bool = False


@dataclass(frozen=True)
class Asked:
    """A question, or with `kind` "heading" what stands above several of them."""

    kind: str
    code: str = ""
    text: str = ""
    help: str = ""
    is_required: bool = False
    options: tuple[Option, ...] = ()
    unit: str = ""
    max_value: int = 0
    max_count: int = 1
    per_head_of: str = ""
    when_empty: int | None = None

    @property
    def default(self) -> str:
        """The answer that is chosen before anybody has answered."""
        return next((option.label for option in self.options if option.is_default), "")

    @property
    def field(self) -> str:
        """Its name in the form."""
        return f"q-{self.code}"


def questions_from(stream: Iterable) -> tuple[Asked, ...]:
    return tuple(_asked(block.block_type, block.value) for block in stream)


def _text(value, name: str) -> str:
    return (value.get(name) or "").strip()


def _asked(kind: str, value) -> Asked:
    return Asked(
        kind,
        code=_text(value, "code"),
        text=_text(value, "text"),
        help=_text(value, "help"),
        is_required=bool(value.get("is_required")),
        options=tuple(
            Option(
                _text(row, "label"),
                _text(row, "hint"),
                bool(row.get("is_unsure")),
                bool(row.get("is_default")),
            )
            for row in value.get("options") or ()
        ),
        unit=_text(value, "unit"),
        max_value=value.get("max_value") or 0,
        max_count=value.get("max_count") or 1,
        per_head_of=_text(value, "per_head_of"),
        when_empty=value.get("when_empty"),
    )


def count_code(code: str) -> str:
    """The code by which tests ask how many numbers a question of kind "numbers" was given."""
    return f"{code}的个数"


def contradictions_from(stream: Iterable) -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(
            _text(block.value, "words"),
            _tests(block.value.get("given")),
            _tests(block.value.get("unless")),
        )
        for block in stream
    )


def benefits_from(stream: Iterable) -> tuple[Benefit, ...]:
    """Reads a StreamField of `BenefitBlock`s, unfinished drafts too."""
    return tuple(_benefit(block.value) for block in stream)


def _benefit(value) -> Benefit:
    return Benefit(
        name=_text(value, "name"),
        requirements=tuple(_requirement(row) for row in value.get("requirements") or ()),
        amounts=tuple(_amount(row) for row in value.get("amounts") or ()),
        note=_text(value, "note"),
        is_urgent=bool(value.get("is_urgent")),
        is_service=bool(value.get("is_service")),
        after=_text(value, "after"),
    )


def _requirement(value) -> Requirement:
    return Requirement(
        words=_text(value, "words"),
        any_of=_tests(value.get("any_of")),
        law=_text(value, "law"),
        reason=_text(value, "reason"),
        if_unmet=Verdict.DEPENDS if value.get("if_unmet") == "depends" else Verdict.NO,
    )


def _tests(stream) -> tuple[Test, ...]:
    return tuple(_test(block.block_type, block.value) for block in stream or ())


def _test(kind: str, value) -> Test:
    if kind == "choice":
        return _choice_test(value)
    return NumberTest(
        _text(value, "question"),
        value.get("comparison") or "at_least",
        value.get("number"),
        value["figure"].slug if value.get("figure") else "",
        value.get("leeway") or Decimal(1),
    )


def _choice_test(value) -> ChoiceTest:
    answers = tuple(answer.strip() for answer in value.get("answers") or ())
    return ChoiceTest(_text(value, "question"), answers, bool(value.get("is_none_of")))


def _amount(value) -> Amount:
    figure = value.get("figure")
    return Amount(
        figure=figure.slug if figure else "",
        label=_text(value, "label") or (figure.name if figure else ""),
        note=_text(value, "note"),
        ages=_text(value, "ages"),
        age_from=value.get("age_from"),
        age_to=value.get("age_to"),
        times=_text(value, "times"),
        gap=_text(value, "gap"),
        only_if=tuple(_choice_test(row) for row in value.get("only_if") or ()),
    )
