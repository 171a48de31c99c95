"""Texts about a participant, sealed under a key of her own: without it no copy of them can be read."""

import os
import secrets
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
WRAPPED_KEY_NAME = "participant key"
BLIND_BYTES = 12
BLIND_PURPOSE = b"names blind"
"""Sets the key of the blind digests apart from the master key it is made from; at most 16 bytes."""

PSEUDONYM_BYTES = 8
PSEUDONYM_PURPOSE = b"pseudonyms"


class KeyMissing(Exception):
    """There is no key for these texts any more."""


class Unreadable(Exception):
    """The bytes do not open: damaged, moved from another place, or sealed under another key."""


class Keyring:
    """The master key, and the participants' keys that it wraps (AES-256-GCM both).

    A wrapped key is stored with the participant and handed in for every text; None means that it
    has been destroyed.
    """

    def __init__(self, master: bytes, *, remembered: int = 1024) -> None:
        self._master = AESGCM(_checked(master))
        self._blinding = blake2b(key=master, person=BLIND_PURPOSE).digest()
        self._naming = blake2b(key=master, person=PSEUDONYM_PURPOSE).digest()
        self._cipher = lru_cache(maxsize=remembered)(self._unwrap)

    def new_key(self) -> bytes:
        return _seal(self._master, secrets.token_bytes(KEY_BYTES), WRAPPED_KEY_NAME)

    def seal(self, wrapped: bytes | None, plaintext: str, *, name: str) -> bytes:
        """`name` is the place of the text (column or kind); a sealed text opens in no other place."""
        return _seal(self._cipher_of(wrapped), plaintext.encode(), name)

    def open(self, wrapped: bytes | None, blob: bytes, *, name: str) -> str:
        return _open(self._cipher_of(wrapped), blob, name).decode()

    def blind(self, text: str) -> str:
        """The same for the same text, by which it is found again; without the master key nobody can try texts."""
        return blake2b(text.encode(), key=self._blinding, digest_size=BLIND_BYTES).hexdigest()

    def pseudonyms(self, purpose: bytes) -> Callable[[str], str]:
        """Names for what leaves the house: the same next year, and for another purpose (at most 16 bytes) another."""
        key = blake2b(key=self._naming, person=purpose).digest()
        return lambda text: blake2b(text.encode(), key=key, digest_size=PSEUDONYM_BYTES).hexdigest()

    def _cipher_of(self, wrapped: bytes | None) -> AESGCM:
        if not wrapped:
            raise KeyMissing("The key of these texts has been destroyed.")
        return self._cipher(wrapped)

    def _unwrap(self, wrapped: bytes) -> AESGCM:
        return AESGCM(_open(self._master, wrapped, WRAPPED_KEY_NAME))


def digest(salt: bytes, text: str) -> str:
    """What the trail keeps of a text: a proof while the salt is there, and nothing once it is gone."""
    return sha256(salt + text.encode()).hexdigest()


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def load_master(path: Path) -> bytes:
    """The master key in the file, in base64; the first to ask makes it."""
    if not path.exists():
        _create_master(path)
    try:
        return _checked(b64decode(path.read_bytes().strip(), validate=True))
    except ValueError as fault:
        raise Unreadable(f"{path} does not hold a master key: {fault}") from fault


def _create_master(path: Path) -> None:
    """Written whole beside its place, then linked into it, which only the first can: no key is read by halves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Without this a power cut could lose the key after texts were sealed under it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _checked(master: bytes) -> bytes:
    if len(master) != KEY_BYTES:
        raise ValueError(f"a master key has {KEY_BYTES} bytes, not {len(master)}")
    return master


def _seal(cipher: AESGCM, plaintext: bytes, name: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + cipher.encrypt(nonce, plaintext, name.encode())


def _open(cipher: AESGCM, blob: bytes, name: str) -> bytes:
    if blob[:1] != VERSION:
        raise Unreadable(f"Sealed in a form that is not known here: {name}.")
    nonce, sealed = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, sealed, name.encode())
    except (InvalidTag, ValueError) as fault:
        raise Unreadable(f"Damaged, moved, or sealed under another key: {name}.") from fault
