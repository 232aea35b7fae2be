"""Personal data at rest: sealed with the keys of settings.PERSONAL_DATA_KEYS.

The newest key comes first and seals; every key of the list opens. Each app that keeps
sealed texts registers their models here, so that one command puts all of them under a new
key.
"""

import functools
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db.models import Model

_models: list[type[Model]] = []


class CannotOpenError(Exception):
    """No key of PERSONAL_DATA_KEYS opens this: a key was dropped before it was rotated out."""


@functools.lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    return _box(tuple(settings.PERSONAL_DATA_KEYS))


def seal(data) -> str:
    """`data` (anything JSON can hold) as a sealed text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return box().encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii")


def unseal(sealed: str):
    """What was sealed; None for the empty text left when data was deleted.

    Raises CannotOpenError when no key fits.
    """
    if not sealed:
        return None
    try:
        text = box().decrypt(sealed.encode("ascii"))
    except (InvalidToken, UnicodeEncodeError) as error:
        raise CannotOpenError from error
    return json.loads(text.decode("utf-8", "surrogatepass"))


def reseal(sealed: str) -> str:
    """The same content under the newest key. Raises CannotOpenError when no key fits."""
    if not sealed:
        return sealed
    try:
        return box().rotate(sealed.encode("ascii")).decode("ascii")
    except InvalidToken as error:
        raise CannotOpenError from error


def register_sealed(*models: type[Model]) -> None:
    """Lets `rotate_keys` know of models with a text field `sealed`; call from ready()."""
    _models.extend(model for model in models if model not in _models)


def rotate_keys(progress=None) -> int:
    """Put everything sealed under the newest key. Returns how many texts; can be repeated.

    Raises CannotOpenError when a text fits none of the keys; nothing of it is changed.
    """
    number = 0
    for model in _models:
        for pk, sealed in model.objects.exclude(sealed="").values_list("pk", "sealed").iterator():
            fresh = reseal(sealed)
            # Only what is still the same: somebody may have changed the row meanwhile.
            model.objects.filter(pk=pk, sealed=sealed).update(sealed=fresh)
            number += 1
            if progress and number % 1000 == 0:
                progress(f"{number}")
    return number
