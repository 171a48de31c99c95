"""What the record knows of the facts that the rules of schemes ask for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import schemes
from se_engine.clock import today
from se_engine.queries.access import access_participant
from se_engine.records.participants import Participant, SchemeMembership
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor
from se_engine.rules.schemes import Fact, Question, SchemeRules, age_range, whole_years

HOME = "NO"
INTRODUCTION = "introduction_programme"


@dataclass(frozen=True)
class Asked:
    """A membership with the rules that hold for it, and what has to be asked."""

    membership: SchemeMembership
    rules: SchemeRules
    known: dict[str, Fact]

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.rules.open_questions(self.known)


def asked_of(session: Session, actor: Actor, participant_id: int, membership_id: int) -> Asked:
    """NotFound for what is not hers; Refused where no rules are written down for the day she began."""
    participant = access_participant(session, actor, participant_id)
    membership = session.get(SchemeMembership, membership_id)
    if membership is None or membership.participant_id != participant.id:
        raise NotFound()
    on = membership.from_on or today(session)
    rules = schemes.in_force(membership.scheme, on)
    if rules is None:
        raise Refused("no_scheme_rules", scheme=membership.scheme, day=on.isoformat())
    return Asked(membership, rules, known_facts(session, participant, on, but=membership.id))


def known_facts(session: Session, participant: Participant, on: date, *, but: int = 0) -> dict[str, Fact]:
    """By name; what is not known is left out. Numbers as the smallest and largest they may be."""
    facts: dict[str, Fact] = {
        "age": age_range(participant.birth_year, on),
        "sex": participant.sex if participant.sex not in (None, "unknown") else None,
        "born_abroad": None if participant.country is None else "no" if participant.country == HOME else "yes",
        **_introduction(session, participant, on, but),
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _introduction(session: Session, participant: Participant, on: date, but: int) -> dict[str, Fact]:
    rows = session.execute(
        select(SchemeMembership.from_on, SchemeMembership.until_on).where(
            SchemeMembership.participant_id == participant.id,
            SchemeMembership.scheme == INTRODUCTION,
            SchemeMembership.id != but,
        )
    ).all()
    if not rows:
        return {}
    ended = [row.until_on for row in rows if row.until_on is not None]
    if len(ended) < len(rows):  # one whose end nobody has written down
        return {"introduction_before": "yes"}
    years = whole_years(max(ended), on)
    return {"introduction_before": "yes", "years_since_introduction": (years, years)}
