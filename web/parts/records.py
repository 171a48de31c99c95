"""Where the facts are recorded that have records of their own."""

from flask import url_for

ENDPOINTS = {
    "consents": "consents.ask",
    "interpreter_decision": "participants.interpreter",
    "norwegian_levels": "participants.levels",
}


def record_form_url(fact: str, participant_id: int, case_id: int) -> str:
    """The form of the participant's record that closes a task; it leads back to the case."""
    return url_for(ENDPOINTS[fact], participant_id=participant_id, case=case_id)
