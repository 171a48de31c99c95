"""Following another start package: which one, from when and why."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.cases import check_day, check_seen
from se_engine.actions.history import process_of
from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.records.cases import Case
from se_engine.records.referrals import TemplateChange
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor


def change_template(
    session: Session,
    actor: Actor,
    case_id: int,
    template: str,
    *,
    seen_version: int | None,
    happened_on: date,
    why: str,
    kept: bool = False,
) -> Case:
    """Other guide times, targets and proposed tasks from now on; what has been answered stays answered."""
    case = access_case(session, actor, case_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    check_seen(case, seen_version)
    if case.ended_on is not None:
        raise Refused("case_ended", day=case.ended_on.isoformat())
    allowed = process_of(case).template_keys
    if template not in allowed:
        raise Refused("template_unknown", allowed=", ".join(allowed))
    if template == case.template:
        raise Refused("template_is_followed")
    if not why.strip():
        raise Refused("reason_needed")
    check_day(session, case, happened_on)
    check_words(session, case, why=why, kept=kept)
    text = keep_text(session, case.participant, "reason", why.strip())
    session.add(
        TemplateChange(
            case_id=case.id,
            template=template,
            before=case.template,
            happened_on=happened_on,
            text_id=text.id,
            recorded_by=actor.user_id,
            recorded_at=now(session),
        )
    )
    detail = {"from": case.template, "to": template}
    write_trail(session, actor, "template_changed", case=case, happened_on=happened_on, text=text, detail=detail)
    case.template = template
    session.flush()
    return case
