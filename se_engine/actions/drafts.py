"""Drafts: what somebody has typed and not sent, sealed under a key that goes with it.

A draft is no record: it tells nobody but its writer, so the trail knows nothing of it, and it may be changed and
thrown away.
"""

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.queries.drafts import SEALED_AS
from se_engine.records.desk import Draft
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor

LONGEST = 200_000
"""Characters of a whole form."""


def keep_draft(
    session: Session,
    actor: Actor,
    form: str,
    typed: Sequence[tuple[str, str]],
    *,
    hours: int,
    case_id: int | None = None,
) -> None:
    """The newest of a person's words in a form replaces what was kept before, and lasts as long again."""
    if actor.user_id is None:
        raise NotFound()
    if case_id is not None:
        access_case(session, actor, case_id)
    written = json.dumps([list(pair) for pair in typed], ensure_ascii=False)
    if len(written) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    keyring = session.info["keyring"]
    key = keyring.new_key()
    moment = now(session)
    values = {
        "case_id": case_id,
        "sealed_key": key,
        "sealed": keyring.seal(key, written, name=SEALED_AS),
        "updated_at": moment,
        "expires_at": moment + timedelta(hours=hours),
    }
    # Two windows of hers may keep the same form at once: neither may fail.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Draft).values(user_id=actor.user_id, form=form, **values)
    session.execute(row.on_conflict_do_update(index_elements=["user_id", "form"], set_=values))


def finish_draft(session: Session, actor: Actor, form: str) -> None:
    """The form was sent: what was kept of it has served its time."""
    session.execute(delete(Draft).where(Draft.user_id == actor.user_id, Draft.form == form))


def throw_away(session: Session, actor: Actor, draft_id: int) -> str:
    """For good; gives the path of the form it belonged to."""
    draft = session.get(Draft, draft_id)
    if draft is None or actor.user_id is None or draft.user_id != actor.user_id:
        raise NotFound()
    session.delete(draft)
    session.flush()
    return draft.form
