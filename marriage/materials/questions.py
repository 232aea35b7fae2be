"""The questions asked before booking, what follows from each answer, and which end here.

Rules hang on the catalogue (which office may serve the couple, who must come, whether the law
lets the registry serve them at all), so it is fixed; which of the optional questions a service
asks, and which materials follow, is an editor's.

Sources: 《婚姻登记条例》 (Decree 804, in force 2025-05-10), cited as 条例; the Civil Code;
民政部《婚姻登记工作规范》 (民发〔2025〕23号).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..identity.papers import (
    FOREIGN,
    HONG_KONG,
    MACAO,
    MAINLAND,
    MILITARY,
    ORIGIN_WORDS,
    OVERSEAS,
    TAIWAN,
)
from ..models.services import BY_CASE

HMT = (HONG_KONG, MACAO, TAIWAN)
# Answers given before origins were asked one by one.
_OLD_ORIGINS = {"hmt": HMT}


@dataclass(frozen=True)
class Stop:
    """Why nothing is booked after an answer, by which law, and what to do instead."""

    title: str
    text: str
    basis: str


@dataclass(frozen=True)
class Question:
    """`stops` are the answers after which nothing can be booked; `usual` is what counts where
    nobody was asked, as at the counter."""

    key: str
    title: str
    hint: str
    options: tuple[tuple[str, str], ...]
    multiple: bool = False
    stops: dict[str, Stop] = field(default_factory=dict)
    usual: str = ""
    max_origins: int = 2


QUESTIONS = {
    question.key: question
    for question in (
        Question(
            "registered_in",
            "你们的结婚登记是在哪里办的？",
            "看结婚证上的发证机关。",
            (
                ("mainland", "在内地的婚姻登记处"),
                ("embassy", "在中国驻外使馆、领事馆"),
                ("elsewhere", "在香港、澳门、台湾或者国外"),
            ),
            stops={
                "elsewhere": Stop(
                    "登记处不能办理这种情况的离婚登记",
                    "结婚登记不是在内地办理的，婚姻登记机关不受理离婚登记申请。"
                    "可以向人民法院起诉离婚，或者到原来办理结婚登记的地方办理。",
                    "《婚姻登记条例》第十四条第三项",
                )
            },
        ),
        Question(
            "agreement",
            "离婚的事，双方商量好了吗？",
            "包括孩子由谁抚养、财产和债务怎样处理。",
            (
                ("agreed", "双方都愿意，各项都商量好了"),
                ("not_agreed", "还没有商量好，或者有一方不愿意"),
                ("incapable", "有一方不能辨认自己的行为（无民事行为能力或者限制民事行为能力）"),
            ),
            stops={
                "not_agreed": Stop(
                    "双方协商一致以后，才能申请离婚登记",
                    "可以先请登记处的婚姻家庭辅导室、人民调解委员会帮助商量；"
                    "商量不成的，可以向人民法院起诉离婚。",
                    "《婚姻登记条例》第十四条第一项；《民法典》第一千零七十六条、第一千零七十九条",
                ),
                "incapable": Stop(
                    "登记处不能办理这种情况的离婚登记",
                    "一方是无民事行为能力人或者限制民事行为能力人的，要由监护人代理，"
                    "向人民法院起诉离婚。",
                    "《婚姻登记条例》第十四条第二项",
                ),
            },
        ),
        Question(
            "status",
            "您现在的婚姻状况是哪一种？",
            "补领什么证件、谁要到场，由它决定。",
            (
                ("married", "有配偶，婚姻关系还在"),
                ("divorced", "已经离婚，没有再婚"),
                ("widowed", "配偶已经去世"),
                ("remarried", "离婚以后，又和原来的配偶登记结婚"),
            ),
        ),
        Question(
            "lost",
            "哪一本证件要补领？",
            "遗失、损毁，或者证件上的姓名、号码与现在的身份证件不一致，都可以补领。",
            (
                ("marriage_one", "结婚证，其中一本"),
                ("marriage_both", "结婚证，两本都要补"),
                ("divorce", "离婚证"),
                ("none", "证件都在，没有损坏，也没有错误"),
            ),
            stops={
                "none": Stop(
                    "不需要补领",
                    "证件没有遗失、没有损毁，信息也一致的，不用补领。"
                    "要证明婚姻状况的，可以向登记处查询婚姻登记档案。",
                    "《婚姻登记条例》第二十一条",
                )
            },
        ),
        Question(
            "origin",
            "双方是哪里的居民？",
            "把符合的都选上；双方一样的，只选一项。"
            "有一方不是内地居民的，只能到有权限的登记处办理。",
            (
                (MAINLAND, "内地居民"),
                (HONG_KONG, "香港居民"),
                (MACAO, "澳门居民"),
                (TAIWAN, "台湾居民"),
                (OVERSEAS, "华侨"),
                (FOREIGN, "外国人"),
                (MILITARY, "其中有现役军人"),
            ),
            multiple=True,
        ),
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
            "earlier_marriage",
            "双方以前结过婚吗？",
            "请把符合的都选上。",
            (
                ("never", "双方都没有结过婚"),
                ("divorced", "有一方离过婚，离婚手续已经办完"),
                ("widowed", "有一方的配偶已经去世"),
                ("still_married", "有一方还没有办完离婚手续"),
            ),
            multiple=True,
            stops={
                "still_married": Stop(
                    "离婚手续办完以后，才能登记结婚",
                    "一方或者双方已有配偶的，登记处不予登记。领到离婚证，"
                    "或者法院的离婚判决书、调解书生效以后，再来预约。",
                    "《婚姻登记条例》第九条；《民法典》第一千零四十二条",
                )
            },
        ),
        Question(
            "kinship",
            "双方是近亲吗？",
            "直系血亲，以及同一个祖父母、外祖父母的堂、表兄弟姐妹，"
            "叔伯姑舅姨与侄、甥等三代以内旁系血亲，都是近亲。",
            (("none", "不是"), ("close", "是")),
            stops={
                "close": Stop(
                    "近亲不能结婚",
                    "直系血亲或者三代以内的旁系血亲禁止结婚，登记处不予登记。",
                    "《民法典》第一千零四十八条；《婚姻登记条例》第九条",
                )
            },
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
            stops={
                "no": Stop(
                    "还没有达到法定婚龄，暂时不能预约",
                    "结婚年龄，男方不得早于22周岁，女方不得早于20周岁。"
                    "可以预约生日当天或者以后的日子：到办理那天双方都达到婚龄，就可以登记。",
                    "《民法典》第一千零四十七条",
                )
            },
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
            usual="both",
        ),
        Question(
            "attendance",
            "当事人能亲自到场吗？",
            "因故不能到场的，有档案可查的，可以凭公证过的委托书请人代办。",
            (
                ("all", "能到场"),
                ("proxy", "不能到场，委托别人办理"),
            ),
        ),
    )
}

# Asked because the law hangs on it, whatever the editor has ticked.
_BY_LAW = {
    "marriage": ("kinship",),
    "application": ("registered_in", "agreement", "certificates"),
    "certificate": ("certificates",),
    "replacement": ("status", "lost", "attendance"),
}
# What an editor switches on or off: the fields asks_… of a service.
OPTIONAL = ("residence", "origin", "earlier_marriage", "age", "certificates")

_REGISTRY_RECORD = "要用作证明的，可以带身份证件到登记处查询婚姻登记档案，不用预约。"
# Certificates that are not made out again, because the status has changed since.
_NOT_ISSUED_AGAIN = {
    ("divorced", "marriage_one"): "离婚以后，结婚证不再补发。",
    ("divorced", "marriage_both"): "离婚以后，结婚证不再补发。",
    ("remarried", "divorce"): "复婚以后，离婚证不再补发。",
    ("married", "divorce"): "再婚以后，以前的离婚证不再补发。",
    ("widowed", "divorce"): "再婚以后，以前的离婚证不再补发。",
}


def asked_by(service) -> list[Question]:
    """The questions of `service`, in the order in which they are asked."""
    by_law = _BY_LAW.get(service.kind, ())
    return [
        question
        for key, question in QUESTIONS.items()
        if key in by_law
        or (key in OPTIONAL and getattr(service, f"asks_{key}") and not _is_replaced(key, service))
    ]


def usual_answers(service) -> dict:
    """What counts for the questions of `service` that nobody was asked."""
    return {question.key: question.usual for question in asked_by(service) if question.usual}


def _is_replaced(key: str, service) -> bool:
    """Which certificates are lost is asked otherwise where one is replaced."""
    return key == "certificates" and service.kind == "replacement"


def stop_of(question: Question, answers: dict) -> Stop | None:
    """Why the booking ends at this question with these answers, or None."""
    for value in _values(answers.get(question.key)):
        if stop := question.stops.get(value):
            return stop
    if question.key == "lost":
        reason = _NOT_ISSUED_AGAIN.get((answers.get("status"), answers.get("lost")))
        if reason:
            return Stop(
                "这本证件不再补发",
                f"{reason}{_REGISTRY_RECORD}",
                "民政部《婚姻登记工作规范》（民发〔2025〕23号）补领婚姻登记证一章",
            )
    return None


def first_stop(service, answers: dict) -> tuple[Question, Stop] | None:
    """The first question whose answer ends the booking, with the reason."""
    for question in asked_by(service):
        if stop := stop_of(question, answers):
            return question, stop
    return None


def answer_problem(question: Question, given: list[str] | str) -> str:
    """Why a combination of ticked answers cannot be, or ""."""
    values = _values(given)
    if question.key == "earlier_marriage" and "never" in values and len(values) > 1:
        return "选了“双方都没有结过婚”，就不能再选其他的"
    if question.key == "origin":
        origins = [value for value in values if value != MILITARY]
        if not origins:
            return "请再选是哪里的居民"
        if len(origins) > question.max_origins:
            return "两个人最多选两项" if question.max_origins > 1 else "只选您自己是哪里的居民"
        if MILITARY in values and MAINLAND not in origins:
            return "现役军人是内地居民，请把“内地居民”也选上"
    return ""


def parties_of(service, answers: dict) -> int:
    """How many people book: of a replacement one alone after a divorce or a death."""
    if service.kind == "replacement" and _is_alone(answers):
        return 1
    return service.party_count


def _is_alone(answers: dict) -> bool:
    return answers.get("status") in ("divorced", "widowed")


def asked_of(question: Question, service, answers: dict) -> Question:
    """The question in the words for those who book: of one person alone, not of both."""
    if question.key == "origin" and parties_of(service, answers) == 1:
        return replace(
            question,
            title="您是哪里的居民？",
            hint="只选您自己的，不用管对方。现役军人再选“现役军人”。",
            options=tuple(
                (value, "现役军人" if value == MILITARY else label)
                for value, label in question.options
            ),
            max_origins=1,
        )
    return question


def is_met(condition: str, answers: dict) -> bool:
    """Whether `answers` ({key: value or list of values}) fulfil "key=value", "always" or "case"."""
    if condition in ("always", BY_CASE):
        return True
    key, _, wanted = condition.partition("=")
    if key == "parties":
        return wanted == ("1" if _is_alone(answers) else "2")
    given = origins_of(answers) if key == "origin" else _values(answers.get(key))
    if condition == "origin=hmt":
        return any(origin in HMT for origin in given)
    if condition == "origin=foreign_only":
        return given == [FOREIGN]
    return wanted in given


def origins_of(answers: dict) -> list[str]:
    """Where the two are from, with "military". Bookings of before say in one word where one
    of them is from; the other is of the mainland."""
    given = answers.get("origin")
    if isinstance(given, str) and given and given != MAINLAND:
        return [MAINLAND, *_OLD_ORIGINS.get(given, (given,))]
    return _values(given)


def needs_power_for_foreign(answers: dict) -> bool:
    """Whether only offices with the power for parties from outside the mainland may serve
    (条例 art. 2)."""
    return any(origin not in (MAINLAND, MILITARY) for origin in origins_of(answers))


def origin_words(origins: Iterable[str]) -> str:
    """香港居民、外国人, in the order of the table."""
    wanted = set(origins)
    return "、".join(words for origin, words in ORIGIN_WORDS.items() if origin in wanted)


def _values(given) -> list[str]:
    return list(given) if isinstance(given, list | tuple) else [given] if given else []
