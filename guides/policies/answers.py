"""Whether a policy is in force, and since when, for queries that ask just that."""

import re

from django.utils import timezone

from home.cache.memoize import memoized
from home.pages.visibility import open_to_all
from search.analysis import name_key
from search.site_search.answers import AnswerCard
from search.site_search.query import SiteQuery

from .models import PolicyPage, PolicyState

_ASKS_STATE = re.compile(
    "(?:还|是否|是不是|现在)*(?:有没有效|有效|生效|失效|废止|作废|有用|能用|适用)"
    "|(?:什么时候|何时|几时|哪天|哪年|什么时间|从什么时候)(?:开始)?(?:实施|施行|生效|执行|实行)"
    "|(?:实施|施行|生效|执行)(?:时间|日期)"
)
_ASKS_DAY = re.compile("什么时候|何时|几时|哪天|哪年|什么时间|时间|日期")
_EMPTY = re.compile("没有|[吗呢啊呀的了没是]|开始|还|现在|请问")
_BRACKETS = re.compile("[（(][^）)]*[）)]")


def policy_answer(query: SiteQuery) -> AnswerCard | None:
    """The card of the one policy whose title is all that was typed beside the question.

    None where its day is asked for and not known, and where a newer document has taken its
    place but nobody has entered its last day.
    """
    key = name_key(query.written)
    if not _ASKS_STATE.search(key):
        return None
    subject = _EMPTY.sub("", _ASKS_STATE.sub("", key))
    policies = memoized("policies by title", _by_title).get(subject, ())
    if len(policies) > 1:  # An old text and the revised one.
        policies = [policy for policy in policies if policy.state == PolicyState.IN_FORCE]
    if len(policies) != 1:
        return None
    policy = policies[0]
    if _ASKS_DAY.search(key) and not policy.effective_on:
        return None
    return None if _is_in_doubt(policy) else _card(policy)


def _is_in_doubt(policy: PolicyPage) -> bool:
    _, successors = memoized(("about", policy.pk), policy.about)
    return policy.state == PolicyState.IN_FORCE and any(
        successor.state == PolicyState.IN_FORCE for successor in successors
    )


def _card(policy: PolicyPage) -> AnswerCard:
    facts = []
    if policy.effective_on:
        facts.append(("施行日期", _day(policy.effective_on)))
    if policy.revised_on:
        facts.append(("修订日期", _day(policy.revised_on)))
    if policy.ends_on:
        facts.append(("有效期至", _day(policy.ends_on)))
    if policy.document_number:
        facts.append(("文号", policy.document_number))
    return AnswerCard(
        heading=policy.title,
        answer=policy.state.label,
        facts=tuple(facts),
        url=policy.url,
        link="看要点和原文出处",
        as_of=f"{_day(timezone.localdate())}查询",
        source=policy.issuing_body,
        is_sample=policy.is_sample,
    )


def _day(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _by_title() -> dict[str, tuple[PolicyPage, ...]]:
    """Open policies by their title without what stands in brackets."""
    found: dict[str, list[PolicyPage]] = {}
    for policy in open_to_all(PolicyPage.objects.all()).defer_streamfields():
        title = name_key(_BRACKETS.sub("", policy.title))
        found.setdefault(_EMPTY.sub("", title), []).append(policy)
    return {title: tuple(policies) for title, policies in found.items()}
