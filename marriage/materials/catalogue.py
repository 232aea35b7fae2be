"""The catalogue of questions asked before booking: their words, options and stops.

Rules hang on the catalogue (which office may serve the couple, who must come, whether the law
lets the registry serve them at all), so it is fixed; which of the optional questions a service
asks, and which materials follow, is an editor's.

Sources: 《婚姻登记条例》 (Decree 804, in force 2025-05-10), cited as 条例; the Civil Code;
民政部《婚姻登记工作规范》 (民发〔2025〕23号).
"""

from dataclasses import dataclass, field

from ..identity.papers import (
    FOREIGN,
    HONG_KONG,
    MACAO,
    MAINLAND,
    MILITARY,
    OVERSEAS,
    TAIWAN,
)


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
