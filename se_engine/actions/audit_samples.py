"""The sample of an audit: drawn once by a seed, put right with a reason, and added to on purpose."""

from sqlalchemy.orm import Session

from se_engine.actions.audit_words import check_audit_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access_audits import access_as, case_of
from se_engine.queries.audit_frame import Frame, Framed, lot, new_seed
from se_engine.queries.audit_samples import candidates, frame_for, sample_of, sampled_cases, strata_of
from se_engine.records.audits import Audit, AuditCase, AuditSample
from se_engine.records.base import write_row
from se_engine.rules.audits import CHOSEN_BECAUSE, RATERS, REPLACED_BECAUSE
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

DRAWN_IN = "sample"
CHANGED_IN = ("sample", "on_site", "rating")
MOST_CHOSEN = 5
"""Cases chosen on purpose: more would make them the sample, and open the office's cases to whoever asks."""


def draw_sample(session: Session, actor: Actor, audit_id: int, *, size: int, seed: int | None = None) -> AuditSample:
    """Drawn once: who may draw again may choose. Without a seed the system makes one, after the frame is settled."""
    audit = access_as(session, actor, audit_id, "lead", lock=True)
    if audit.step != DRAWN_IN:
        raise Refused("sample_not_now")
    if sample_of(session, audit.id) is not None:
        raise Refused("sample_is_drawn")
    if audit.until_on >= today(session):
        raise Refused("window_not_over", day=audit.until_on.isoformat())
    frame = frame_for(session, audit)
    chosen = seed if seed is not None else new_seed()
    drawn = frame.drawn(size, chosen)
    sample = AuditSample(
        audit_id=audit.id, seed=chosen, size=size, frame_size=len(frame.cases), frame_hash=drawn.frame_hash,
        strata=strata_of(drawn), recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
    session.add(sample)
    session.flush()
    for number, reference in enumerate(drawn.cases, start=1):
        _keep(session, actor, sample, frame.by_reference[str(reference)], number=number, drawn="random")
    detail: dict[str, str | int | None] = {"audit": audit.id, "sample": sample.id, "seed": chosen, "size": size}
    write_trail(session, actor, "audit_sample_drawn", detail=detail)
    return sample


def replace_case(
    session: Session, actor: Actor, audit_id: int, number: int, *, reason: str, words: str
) -> AuditCase | None:
    """The next by lot in the place of one that cannot be read; None where the frame has no other, and it is only out.

    First of the same stratum, then of the same step, then of the frame: by the seed, and never by choice.
    """
    audit, sample = _changing(session, actor, audit_id)
    check_code("reason", reason, REPLACED_BECAUSE)
    rows = sampled_cases(session, audit.id)
    out = next((one.row for one in rows if one.row.number == number and one.stands), None)
    if out is None:
        raise NotFound()
    _check_words(session, audit, out.case_id, words)
    another = _next_by_lot(frame_for(session, audit), sample, out, {one.row.case_id for one in rows})
    kept = _keep(
        session, actor, sample, another, number=len(rows) + 1, drawn="replacement", instead_of=out, reason=reason,
        words=words.strip(),
    )  # fmt: skip
    detail: dict[str, str | int | None] = {"audit": audit.id, "out": number, "in": kept.number if another else None}
    write_trail(session, actor, "audit_case_replaced", detail={**detail, "reason": reason})
    return kept if another else None


def choose_case(session: Session, actor: Actor, audit_id: int, *, handle: str, reason: str, words: str) -> AuditCase:
    """One more on purpose, out of the frame, by what is told of it without a name; percentages leave it out."""
    audit, sample = _changing(session, actor, audit_id)
    check_code("reason", reason, CHOSEN_BECAUSE)
    rows = sampled_cases(session, audit.id)
    if sum(one.row.drawn == "purposive" for one in rows) >= MOST_CHOSEN:
        raise Refused("purposive_is_full", most=MOST_CHOSEN)
    case = dict(candidates(session, audit, sample)).get(handle)
    if case is None:
        raise NotFound()
    _check_words(session, audit, case.case_id, words)
    kept = _keep(
        session, actor, sample, case, number=len(rows) + 1, drawn="purposive", reason=reason, words=words.strip()
    )
    detail: dict[str, str | int | None] = {"audit": audit.id, "in": kept.number, "reason": reason}
    write_trail(session, actor, "audit_case_chosen", detail=detail)
    return kept


def _changing(session: Session, actor: Actor, audit_id: int) -> tuple[Audit, AuditSample]:
    audit = access_as(session, actor, audit_id, *RATERS, lock=True)
    sample = sample_of(session, audit.id)
    if audit.step not in CHANGED_IN:
        raise Refused("sample_stands")
    if sample is None:
        raise Refused("sample_drawn")
    return audit, sample


def _check_words(session: Session, audit: Audit, case_id: int, words: str) -> None:
    if not words.strip():
        raise Refused("reason_needed")
    check_audit_words(session, audit, her=case_of(session, case_id).participant, words=words)


def _next_by_lot(frame: Frame, sample: AuditSample, out: AuditCase, used: set[int]) -> Framed | None:
    stratum = tuple(out.stratum or ())
    free = {case.reference: case for case in frame.cases if case.case_id not in used}
    reserve = next((reference for reference in frame.queue(stratum, sample.seed) if reference in free), None)
    if reserve is not None:
        return free[reserve]

    def order(case: Framed) -> tuple[bool, str]:
        return case.step != stratum[0], lot(sample.seed, case.reference)

    return min(free.values(), key=order, default=None)


def _keep(
    session: Session,
    actor: Actor,
    sample: AuditSample,
    case: Framed | None,
    *,
    number: int,
    drawn: str,
    instead_of: AuditCase | None = None,
    reason: str | None = None,
    words: str | None = None,
) -> AuditCase:
    """The row of a case; without one, the mark that the case it stands for is out."""
    about = case.case_id if case else instead_of.case_id if instead_of else None
    row = write_row(
        session, AuditCase, audit_id=sample.audit_id, sample_id=sample.id, case_id=about, number=number, drawn=drawn,
        stratum=list(case.stratum) if case else None, replaces_id=instead_of.id if instead_of else None,
        reason=reason, words=words, recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
    return session.get_one(AuditCase, row)
