"""The questions asked before booking, and which material each answer calls for.

The catalogue is fixed because rules hang on it (which office may take a foreign party, who
is old enough); which questions a service asks and which materials follow is an editor's.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    key: str
    title: str
    hint: str
    options: tuple[tuple[str, str], ...]
    multiple: bool = False


QUESTIONS = {
    question.key: question
    for question in (
        Question(
            "residence",
            "双方的户籍在哪里？",
            "全国任何一个婚姻登记处都可以办理，这里只用来告诉您要带什么。",
            (
                ("guangzhou", "至少一方是广州市户籍"),
                ("elsewhere", "双方都是外地户籍"),
                ("none", "双方都没有内地户籍"),
            ),
        ),
        Question(
            "origin",
            "有没有一方属于下面的情形？",
            "涉外、涉港澳台和华侨的登记，只有部分登记处可以办理。",
            (
                ("mainland", "没有，双方都是内地居民"),
                ("hmt", "有一方是香港、澳门或者台湾居民"),
                ("overseas", "有一方是华侨"),
                ("foreign", "有一方是外国人"),
            ),
        ),
        Question(
            "earlier_marriage",
            "双方以前结过婚吗？",
            "请把符合的都选上。",
            (
                ("never", "双方都没有结过婚"),
                ("divorced", "有一方离过婚"),
                ("widowed", "有一方的配偶已经去世"),
            ),
            multiple=True,
        ),
        Question(
            "age",
            "到办理那天，双方达到法定婚龄了吗？",
            "男方不得早于22周岁，女方不得早于20周岁（《民法典》第一千零四十七条）。",
            (
                ("yes", "都达到了"),
                ("on_the_day", "现在还没有，到办理那天就达到了"),
                ("no", "到那天也还没有"),
            ),
        ),
        Question(
            "certificates",
            "结婚证都在吗？",
            "结婚证共两本，双方各一本。",
            (
                ("both", "两本都在"),
                ("one_lost", "遗失或者损毁了一本"),
                ("both_lost", "两本都遗失或者损毁了"),
            ),
        ),
    )
}

MATERIAL_CONDITIONS = [
    ("always", "总是需要"),
    ("residence=none", "双方都没有内地户籍"),
    ("origin=mainland", "双方都是内地居民"),
    ("origin=hmt", "有一方是港澳台居民"),
    ("origin=overseas", "有一方是华侨"),
    ("origin=foreign", "有一方是外国人"),
    ("earlier_marriage=divorced", "有一方离过婚"),
    ("earlier_marriage=widowed", "有一方丧偶"),
    ("certificates=one_lost", "遗失一本结婚证"),
    ("certificates=both_lost", "两本结婚证都遗失"),
]


def asked_by(service) -> list[Question]:
    """The questions of `service`, in the order in which they are asked."""
    return [q for key, q in QUESTIONS.items() if getattr(service, f"asks_{key}")]


def is_met(condition: str, answers: dict) -> bool:
    """Whether `answers` ({key: value or list of values}) fulfil "key=value" or "always"."""
    if condition == "always":
        return True
    key, _, wanted = condition.partition("=")
    given = answers.get(key, [])
    return wanted in (given if isinstance(given, list) else [given])


def needs_power_for_foreign(answers: dict) -> bool:
    """Whether only offices with the power for foreign and overseas parties may serve."""
    return answers.get("origin", "mainland") != "mainland"
