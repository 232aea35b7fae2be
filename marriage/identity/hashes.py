"""Finding persons again without keeping their numbers in the open.

Persons are found by a keyed hash of their ID number, never by the number itself. The key of
that hash lies in the database, encrypted (`home.personal_data.encryption`), so that it survives a rotation
of the outer keys.
"""

import hashlib
import hmac
import secrets

from django.db import IntegrityError, transaction

from home.personal_data.encryption import decrypt, encrypt

from ..models import HashKey


def _hash_key() -> bytes:
    row = HashKey.objects.first()
    if row is None:
        try:
            with transaction.atomic():
                row = HashKey.objects.create(pk=1, encrypted=encrypt(secrets.token_hex(32)))
        except IntegrityError:
            row = HashKey.objects.get(pk=1)
    return bytes.fromhex(decrypt(row.encrypted))


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
