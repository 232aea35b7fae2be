"""Passwords made of words that everybody guesses first: the bureau's, the district's."""

from django.core.exceptions import ValidationError

from home.models import SecuritySettings

MIN_REST = 8
# What people write instead of a letter, sign by sign, so that positions stay.
_INSTEAD = str.maketrans("0134578@$!|", "oieastbasil")


def rest_of(password: str, words: list[str]) -> str:
    """The password without the words, whatever their case and usual disguises (h@1zhu)."""
    # Letter by letter, since some have two in lower case.
    lower = (sign.casefold() for sign in password)
    seen = "".join(s if len(s) == 1 else "?" for s in lower).translate(_INSTEAD)
    covered = [False] * len(password)
    for word in words:
        start = seen.find(word)
        while start >= 0:
            covered[start : start + len(word)] = [True] * len(word)
            start = seen.find(word, start + 1)
    return "".join(sign for sign, hidden in zip(password, covered, strict=True) if not hidden)


def words_in(text: str) -> list[str]:
    """The words of the setting, one a line, as they are looked for."""
    lines = (line.strip().casefold().translate(_INSTEAD) for line in text.splitlines())
    return [word for word in lines if word]


class GuessedWordsValidator:
    """Refuses a password of which too little is left without the listed words."""

    def validate(self, password: str, user=None) -> None:
        rest = rest_of(password, words_in(SecuritySettings.load().password_words))
        if rest == password:
            return
        if len(rest) < MIN_REST or not any(sign.isalpha() for sign in rest):
            raise ValidationError(
                f"密码里有本单位、本区的常用词，别人容易猜到。去掉这些词以后，"
                f"还要有{MIN_REST}个字符，并且不全是数字。",
                code="password_of_guessed_words",
            )

    def get_help_text(self) -> str:
        return "不要只用本单位、本区的名称加数字，例如“haizhu2026”。"
