"""Agency keys: the key service, and its backend for one machine.

Hierarchy: agency key (here) → data key per subject and field group (`vault.DataKey`, wrapped) → value.
The service only wraps and unwraps data keys and derives the token key, so that OpenBao Transit or a cloud
KMS can stand in its place without a change above (docs/adr/0005-keys.md).
"""

import base64
import fcntl
import json
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class KeysUnusable(Exception):
    """The agency keys cannot be read or do not fit; the sentence says what to look at."""


class KeyService(Protocol):
    """Wraps data keys under an agency's key. `context` binds the wrap to its place (additional data)."""

    def wrap(self, agency_id: int, key: bytes, context: bytes) -> bytes: ...
    def unwrap(self, agency_id: int, blob: bytes, context: bytes) -> bytes: ...
    def token_key(self, agency_id: int) -> bytes: ...
    def check(self, agencies: Iterable[int] = ()) -> None: ...


class LocalKeys:
    """Agency keys in one file, readable by the service's own user alone; for one small site and for tests.

    The file `agency-keys.json` holds {agency id: {version: base64 of 32 bytes}}; the highest version
    wraps, every version unwraps. A missing agency gets its key on first use, under a file lock.
    """

    def __init__(self, folder: Path):
        self.folder, self.file = folder, folder / "agency-keys.json"
        self._known: dict[str, dict[str, str]] = {}
        self._ciphers: dict[tuple[int, int], AESGCM] = {}

    def wrap(self, agency_id: int, key: bytes, context: bytes) -> bytes:
        version = self._newest(agency_id)
        nonce = os.urandom(12)
        sealed = self._cipher(agency_id, version).encrypt(nonce, key, context)
        return version.to_bytes(2) + nonce + sealed

    def unwrap(self, agency_id: int, blob: bytes, context: bytes) -> bytes:
        version = int.from_bytes(blob[:2])
        try:
            return self._cipher(agency_id, version).decrypt(blob[2:14], blob[14:], context)
        except InvalidTag:
            raise KeysUnusable("A data key does not open under its agency's key.") from None

    def token_key(self, agency_id: int) -> bytes:
        """Give the key for match tokens; it stays the same when the agency key is rotated."""
        oldest = base64.b64decode(self._versions(agency_id)["1"])
        return HKDF(SHA256(), 32, None, b"krama match tokens").derive(oldest)

    def check(self, agencies: Iterable[int] = ()) -> None:
        """Raise KeysUnusable when folder or file cannot be used, or the key of one of `agencies` is not there."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK):
                raise KeysUnusable("The key folder cannot be read and written by Krama.")
            self._load()
        except (OSError, ValueError) as problem:
            raise KeysUnusable(f"The agency keys cannot be read: {type(problem).__name__}.") from None
        if any(str(agency_id) not in self._known for agency_id in agencies):
            raise KeysUnusable("The key of an agency that has records is missing. Restore the key file.")

    def _versions(self, agency_id: int) -> dict[str, str]:
        name = str(agency_id)
        if name not in self._known:
            self._load()
        if name not in self._known:
            self._create(name)
        return self._known[name]

    def _existing(self, agency_id: int) -> dict[str, str]:
        """Give the versions without making any: what was sealed before cannot be opened by a new key."""
        if str(agency_id) not in self._known:
            self._load()
        return self._known.get(str(agency_id), {})

    def _newest(self, agency_id: int) -> int:
        return max(map(int, self._versions(agency_id)))

    def _cipher(self, agency_id: int, version: int) -> AESGCM:
        place = (agency_id, version)
        if place not in self._ciphers:
            text = self._existing(agency_id).get(str(version))
            if text is None:
                raise KeysUnusable(f"Version {version} of an agency key is missing.")
            self._ciphers[place] = AESGCM(base64.b64decode(text))
        return self._ciphers[place]

    def _load(self) -> None:
        self._known = json.loads(self.file.read_text("ascii")) if self.file.exists() else {}

    def _create(self, name: str) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.folder / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._load()
            if name in self._known:
                return
            self._known[name] = {"1": base64.b64encode(AESGCM.generate_key(256)).decode()}
            # Written beside, synced and renamed: a crash leaves the old file or the new one, never half.
            beside = self.file.with_suffix(".new")
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                json.dump(self._known, out, indent=1)
                out.flush()
                os.fsync(out.fileno())
            os.replace(beside, self.file)


@lru_cache(maxsize=1)
def key_service() -> KeyService:
    """Give the one key service of this process."""
    return LocalKeys(Path(settings.KEYS))
