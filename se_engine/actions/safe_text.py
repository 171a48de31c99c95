"""Looking at free texts before they are kept. A refusal says which field and what kind, and repeats nothing."""

from sqlalchemy.orm import Session

from se_engine.queries.named import names_somebody
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.rules.errors import Refused
from se_engine.rules.safe_text import has_national_number, kinds

LOOKED_AT = ("health", "third_party")
"""Kinds that may stand when the writer has looked at them again."""


def check_words(
    session: Session, case: Case | Participant, *texts: str | None, kept: bool = False, **fields: str | None
) -> None:
    """Refused for a national number, always; for health words and other people's names unless they are `kept`.

    Texts given by name are named in the refusal. Nothing of what was found is written down.
    """
    for field, text in [*(("", text) for text in texts), *fields.items()]:
        found = kinds([text])
        if "national_number" in found:
            raise Refused("national_number_in_text", field=field)
        to_look_at = [kind for kind in LOOKED_AT if kind in found]
        if to_look_at and not kept:
            raise Refused("words_to_look_at", field=field, findings=", ".join(to_look_at))


def check_nobody_named(
    session: Session,
    office_id: int,
    *texts: str | None,
    confirmed: bool,
    her: Participant | None = None,
    **fields: str | None,
) -> None:
    """The employer's side holds no person: a tick of the writer, no national number, no participant of the office.

    `her`: the participant of the contact, whose every name is looked for.
    """
    given = [(field, text) for field, text in [*(("", text) for text in texts), *fields.items()] if text]
    for field, text in given:
        if has_national_number(text):
            raise Refused("national_number_in_text", field=field)
        if names_somebody(session, office_id, text, her=her):
            raise Refused("participant_named", field=field)
    if any(text.strip() for _field, text in given) and not confirmed:
        raise Refused("confirm_nobody_named", field="nobody_named")
