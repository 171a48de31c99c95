"""Settings, read once from the environment (SE_…); a wrong one stops the start with its name."""

import hashlib
import hmac
import os
import re
from base64 import b64decode
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from se_engine.keys import load_master
from se_engine.mail import ADDRESS, read_smtp_url

ROOT = Path(__file__).resolve().parent.parent
PAGES = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9/._~-]*)?")


def definitions_dir() -> Path | None:
    """`SE_DEFINITIONS_DIR`, an office's own definitions; asked on every move, so read without the rest."""
    own = os.environ.get("SE_DEFINITIONS_DIR")
    return Path(own) if own else None


class Settings(BaseSettings):
    """`SE_DATABASE_URL`, `SE_INSTANCE_DIR` and so on; without any, an embedded database in the instance folder."""

    model_config = SettingsConfigDict(env_prefix="SE_", extra="ignore", frozen=True)

    database_url: str = ""
    report_database_url: str = ""
    """A replica that reports are read from; without it they are read where everything is written.

    While the replica does not answer, reports say so and all the rest goes on: they do not fall upon the database that
    everybody writes to. Whoever wants them from there takes this setting away.
    """
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
    base_url: str = ""
    """Where people find the pages, as in `https://se.example.org`: links in e-mails and calendars lead there."""
    mail_from: str = ""
    """The address that e-mails come from."""
    smtp_url: str = ""
    """`smtps://user:password@host` or `smtp://…` with STARTTLS; without it no e-mail is sent."""
    digest_hour: int = Field(default=6, ge=0, le=23)
    """From which hour of the day, in Norway, the e-mail about what is due may be sent."""

    @field_validator("base_url")
    @classmethod
    def _is_an_address_of_pages(cls, given: str) -> str:
        if given and not PAGES.fullmatch(given):
            raise ValueError("must begin with http:// or https:// and name a host")
        return given.rstrip("/")

    @field_validator("mail_from")
    @classmethod
    def _is_an_address_of_mail(cls, given: str) -> str:
        if given and not ADDRESS.fullmatch(given):
            raise ValueError("must be an e-mail address")
        return given

    @field_validator("smtp_url")
    @classmethod
    def _has_what_an_email_needs(cls, given: str, known: ValidationInfo) -> str:
        if given:
            read_smtp_url(given)
            lacking = [name for name in ("base_url", "mail_from") if not known.data.get(name)]
            if lacking:
                raise ValueError(f"needs {' and '.join(f'SE_{name.upper()}' for name in lacking)} too")
        return given

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
