"""Where the facts are recorded that have records of their own."""

from flask import url_for

from se_engine.queries.places import BY_FACT

ENDPOINTS = {
    "consents": "consents.ask",
    "interpreter_decision": "participants.interpreter",
    "norwegian_levels": "participants.levels",
}


def record_form_url(fact: str, participant_id: int, case_id: int) -> str:
    """The form that closes a task: of the participant's record, from which it leads back, or of one employer."""
    if fact in BY_FACT:
        return BY_FACT[fact].format(case=case_id)
    return url_for(ENDPOINTS[fact], participant_id=participant_id, case=case_id)
