"""Personal data at rest: encrypted with the keys of settings.PERSONAL_DATA_KEYS.

The first key is the newest and encrypts; any key of the list decrypts. Apps register the models
that hold encrypted text, so that one command re-encrypts all of it with a new key.
"""

import functools
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db.models import Model

_models: list[type[Model]] = []


class DecryptionError(Exception):
    """No key of PERSONAL_DATA_KEYS opens this: a key was dropped before it was rotated out."""


@functools.lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    return _box(tuple(settings.PERSONAL_DATA_KEYS))


def encrypt(data) -> str:
    """`data` (anything JSON can hold) as encrypted text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return box().encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii")


def decrypt(encrypted: str):
    """The decrypted data; None for the empty text that remains when data was deleted.

    Raises DecryptionError when no key fits.
    """
    if not encrypted:
        return None
    try:
        text = box().decrypt(encrypted.encode("ascii"))
    except (InvalidToken, UnicodeEncodeError) as error:
        raise DecryptionError from error
    return json.loads(text.decode("utf-8", "surrogatepass"))


def reencrypt(encrypted: str) -> str:
    """The same content under the newest key. Raises DecryptionError when no key fits."""
    if not encrypted:
        return encrypted
    try:
        return box().rotate(encrypted.encode("ascii")).decode("ascii")
    except InvalidToken as error:
        raise DecryptionError from error


def register_encrypted(*models: type[Model]) -> None:
    """Lets `rotate_keys` know of models with a text field `encrypted`; call from ready()."""
    _models.extend(model for model in models if model not in _models)


def open_samples() -> None:
    """Opens the oldest and the newest text of each model.

    Raises DecryptionError with the name of the model whose text fits no key.
    """
    for model in _models:
        texts = (
            model.objects.exclude(encrypted="").order_by("pk").values_list("encrypted", flat=True)
        )
        for encrypted in (texts.first(), texts.last()):
            try:
                decrypt(encrypted or "")
            except DecryptionError as error:
                raise DecryptionError(model._meta.label) from error


def rotate_keys(progress=None) -> int:
    """Put everything encrypted under the newest key. Returns how many texts; can be repeated.

    Raises DecryptionError when a text fits none of the keys; nothing of it is changed.
    """
    number = 0
    for model in _models:
        for pk, encrypted in (
            model.objects.exclude(encrypted="").values_list("pk", "encrypted").iterator()
        ):
            fresh = reencrypt(encrypted)
            # Only what is still the same: somebody may have changed the row meanwhile.
            model.objects.filter(pk=pk, encrypted=encrypted).update(encrypted=fresh)
            number += 1
            if progress and number % 1000 == 0:
                progress(f"{number}")
    return number
