"""Who decided a move: kept apart from who recorded it."""

from se_engine.rules.errors import Refused
from se_engine.rules.roles import SUPERVISION, Role

DECIDERS = ("participant", "employer", "specialist", "supervisor", "rule")


def decider(role: Role, given: str | None) -> str:
    """Whoever was named; the person who records it when nobody was."""
    if given is None:
        return "supervisor" if role in SUPERVISION else "specialist"
    if given not in DECIDERS:
        raise Refused("decider_unknown", allowed=", ".join(DECIDERS))
    return given
