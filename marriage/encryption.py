"""Personal data at rest: sealed with the keys of settings.PERSONAL_DATA_KEYS.

The newest key comes first and seals; every key of the list opens. Persons are found again
by a keyed hash of their ID number, never by the number itself. The key of that hash lies in
the database, sealed too, so that it survives a change of the outer keys.
"""

import functools
import hashlib
import hmac
import json
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import IntegrityError, transaction


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


def _hash_key() -> bytes:
    from .models import HashKey

    row = HashKey.objects.first()
    if row is None:
        try:
            with transaction.atomic():
                row = HashKey.objects.create(pk=1, sealed=seal(secrets.token_hex(32)))
        except IntegrityError:
            row = HashKey.objects.get(pk=1)
    return bytes.fromhex(unseal(row.sealed))


def keyed_hashes(*texts: str) -> list[str]:
    """A hash of each text that only the holder of the keys can compute; one query."""
    key = _hash_key()
    return [
        hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        for text in texts
    ]


def person_hash(id_number: str) -> str:
    """By which a person is known across bookings."""
    return keyed_hashes(f"person:{normal_id(id_number)}")[0]


def tail_hash(id_number_or_tail: str) -> str:
    """Of the last four characters of an ID number, with which a booking is looked up."""
    return keyed_hashes(f"tail:{normal_id(id_number_or_tail)[-4:]}")[0]


def normal_id(text: str) -> str:
    """Capital letters and digits only, so that 11010119900101123x finds ...123X."""
    return "".join(character for character in text.upper() if character.isalnum())
