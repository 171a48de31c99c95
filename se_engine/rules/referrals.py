"""Taking people in: what may be decided about a referral and why, who refers, and how much one specialist can carry."""

from datetime import date

from se_engine.rules.errors import Refused

ACCEPTED, WAITING, DECLINED = "accepted", "waiting", "declined"
REASONS = {
    WAITING: ("no_capacity", "conditions_unclear", "documents_missing", "not_reached", "starts_later"),
    DECLINED: (
        "own_wish", "not_target_group", "other_service", "in_work_or_education", "moved", "not_reached", "no_capacity",
    ),
}  # fmt: skip
"""What a decision may be for. Readiness is no reason: nobody is too weak in Norwegian, or too far from work."""
DECIDED_BY = ("participant", "specialist", "supervisor", "referrer")
REFERRERS = ("nav", "introduction_programme", "adult_education", "health_service", "child_welfare", "other_municipal",
             "employer", "family_or_friend", "herself", "other")  # fmt: skip

WARN_AT, REASON_FROM = 15, 20
"""Running cases in steps 1–5 that are not paused: from the first a warning, from the second a reason is asked."""


def load(working: int) -> str:
    """How full somebody's hands are: free, warn or full. Never a wall."""
    if working >= REASON_FROM:
        return "full"
    return "warn" if working >= WARN_AT else "free"


def check_decision(
    decision: str,
    *,
    reason: str | None,
    decided_by: str,
    decided_on: date,
    today: date,
    referred_on: date | None,
    last_decided_on: date | None,
) -> None:
    """Refused with what is allowed, for the first thing that cannot be."""
    if decided_by not in DECIDED_BY:
        raise Refused("decider_unknown", allowed=", ".join(DECIDED_BY))
    if decision != ACCEPTED:
        if not reason:
            raise Refused("referral_reason_needed")
        if reason not in REASONS[decision]:
            raise Refused("value_unknown", field="reason", allowed=", ".join(REASONS[decision]))
    if decided_on > today:
        raise Refused("in_the_future", day=decided_on.isoformat(), today=today.isoformat())
    if referred_on is not None and decided_on < referred_on:
        raise Refused("before_referral", day=decided_on.isoformat(), referred=referred_on.isoformat())
    if last_decided_on is not None and decided_on < last_decided_on:
        raise Refused("before_last_decision", day=decided_on.isoformat(), last=last_decided_on.isoformat())
