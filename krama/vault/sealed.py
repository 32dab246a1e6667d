"""AES-256-GCM for single values. Only the vault imports this module.

Format: version (1 byte) | nonce (12) | ciphertext and tag. The additional data binds table, column, row,
group and subject, so that a value copied to another place does not open there.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_BYTES = 32


class DoesNotOpen(Exception):
    """The value was changed, moved from another place, or sealed under another key."""


def place(table: str, column: str, row: object, group: str, subject: object) -> bytes:
    """Give the additional data that ties a value to where it stands."""
    return "|".join((table, column, str(row), group, str(subject))).encode()


def new_key() -> bytes:
    """Give a fresh data key."""
    return os.urandom(KEY_BYTES)


def seal(key: AESGCM, value: bytes, where: bytes) -> bytes:
    """Give the sealed form of `value`, opened again only with the same key at the same place."""
    nonce = os.urandom(12)
    return VERSION + nonce + key.encrypt(nonce, value, where)


def unseal(key: AESGCM, blob: bytes, where: bytes) -> bytes:
    """Give the value back; raises DoesNotOpen for anything that was not sealed right here."""
    if blob[:1] != VERSION:
        raise DoesNotOpen("Unknown version of a sealed value.")
    try:
        return key.decrypt(blob[1:13], blob[13:], where)
    except InvalidTag:
        raise DoesNotOpen("A sealed value does not open in its place.") from None
