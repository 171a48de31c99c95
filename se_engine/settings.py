"""Settings, read once from the environment (SE_…); a wrong one stops the start with its name."""

import hashlib
import hmac
import os
from base64 import b64decode
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from se_engine.keys import load_master

ROOT = Path(__file__).resolve().parent.parent


def definitions_dir() -> Path | None:
    """`SE_DEFINITIONS_DIR`, an office's own definitions; asked on every move, so read without the rest."""
    own = os.environ.get("SE_DEFINITIONS_DIR")
    return Path(own) if own else None


class Settings(BaseSettings):
    """`SE_DATABASE_URL`, `SE_INSTANCE_DIR` and so on; without any, an embedded database in the instance folder."""

    model_config = SettingsConfigDict(env_prefix="SE_", extra="ignore", frozen=True)

    database_url: str = ""
    instance_dir: Path = ROOT / "instance"
    master_key: str = ""
    """Base64 of 32 bytes; without it a key file in the instance folder. Replicas must share one."""
    secret_key: str = ""
    demo: bool = False
    """Shows the demo accounts on the sign-in page; set by the demo loader's instance, never in production."""
    secure_cookies: bool = False
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    """How many servers stand in front: as many forwarded addresses are believed, and no more."""
    idle_minutes: int = Field(default=60, ge=1)
    session_hours: int = Field(default=12, ge=1)
    draft_hours: int = Field(default=72, ge=24)
    """How long what was typed and not sent is kept after the last change: over a weekend, when nothing else is set."""
    interpreter_level: Literal["A1", "A2", "B1", "B2", "C1", "C2"] = "B2"
    """The spoken Norwegian below which it is decided before each talk whether an interpreter is needed."""

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.instance_dir / 'se_engine.sqlite'}"

    @cached_property
    def master(self) -> bytes:
        """The key that seals the participants' keys."""
        if self.master_key:
            return b64decode(self.master_key, validate=True)
        return load_master(self.instance_dir / "master.key")

    @cached_property
    def signing_secret(self) -> str:
        """What signs form tokens: given, or derived from the master key so that replicas agree."""
        return self.secret_key or hmac.new(self.master, b"form tokens", hashlib.sha256).hexdigest()
