"""What a text should be looked at for before it is submitted.

Each app registers its checks at start. A finding is mended, or answered with a reason that the
reviewer reads; one that would stop the publication has to be mended.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wagtail.models import Page

from .models import FindingAnswer, WordingRule
from .pages.full_text import Text, texts_of
from .pages.publishing_checks import PublishingChecks

AROUND = 12


@dataclass(frozen=True)
class Finding:
    """`kind`: what sort of check; `words`: what stands there; `advice`: what to do.

    `must_mend`: the page cannot be published like this, whatever the reason.
    """

    kind: str
    field: str
    words: str
    advice: str
    must_mend: bool = False

    @property
    def key(self) -> str:
        """The same for the same words in the same field, wherever they move inside it."""
        field = self.field.split("，")[0]
        told = "\x1f".join((self.kind, field, self.words, self.advice))
        return hashlib.sha256(told.encode()).hexdigest()


Check = Callable[[Page], Iterable[Finding]]
_checks: dict[str, Check] = {}


def register_text_check(name: str, check: Check) -> None:
    """Call from AppConfig.ready. The same name again replaces the check."""
    _checks[name] = check


def findings(page: Page) -> list[Finding]:
    """What all checks find in the page as it is now, each thing once."""
    found = (finding for check in _checks.values() for finding in check(page))
    return list({finding.key: finding for finding in found}.values())


def answers_of(page: Page) -> dict[str, FindingAnswer]:
    """The reasons given so far, by the key of the finding."""
    return {answer.finding: answer for answer in FindingAnswer.objects.filter(page_id=page.pk)}


def unanswered(page: Page) -> list[Finding]:
    """What keeps the page from being submitted: findings without a reason, or to be mended."""
    known = answers_of(page) if page.pk else {}
    return [one for one in findings(page) if one.must_mend or one.key not in known]


def refusals(page: Page) -> Iterator[Finding]:
    """The check that names, before submission, what would stop the publication: once in review,
    the page is locked for the editor who could mend it."""
    if isinstance(page, PublishingChecks):
        for error in page.publishing_errors():
            yield Finding("还不能发布", "本页面", "", error, must_mend=True)


def avoided_words(page: Page) -> Iterator[Finding]:
    """The check of 错敏词."""
    rules = list(WordingRule.objects.filter(is_active=True))
    for text in texts_of(page):
        for rule in rules:
            for start in _places(text, rule):
                words = text.words[max(start - AROUND, 0) : start + len(rule.word) + AROUND]
                instead = f"建议写“{rule.instead}”。" if rule.instead else "建议不写。"
                shown = " ".join(words.split())
                yield Finding(
                    "错敏词", text.field, shown, f"“{rule.word}”{instead}依据：{rule.source}"
                )


def _places(text: Text, rule: WordingRule) -> Iterator[int]:
    """Where the word stands and is not part of one that is allowed."""
    words, word = text.words, rule.word
    allowed = [line.strip() for line in rule.allowed_in.splitlines() if word in line]
    start = words.find(word)
    while start >= 0:
        around = (
            (longer, start - at)
            for longer in allowed
            for at in range(len(longer))
            if longer.startswith(word, at)
        )
        if not any(first >= 0 and words.startswith(longer, first) for longer, first in around):
            yield start
        start = words.find(word, start + 1)
