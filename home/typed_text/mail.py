"""Mail addresses as Chinese keyboards write them."""

from .characters import plain


def mail_address(text: str) -> str:
    """Return the address with ASCII @ and dots, without spaces and a leading `mailto:`.

    Whether it is one is for a validator to say.
    """
    typed = "".join(plain(text).split()).replace("。", ".").replace("｡", ".")
    return typed[7:] if typed.lower().startswith("mailto:") else typed
