"""The interpreter of a contact: wanted, ordered, and what became of it."""

from se_engine.actions import interpreters
from se_engine.rules.interpreters import InterpreterOutcome, InterpreterWish
from web.api.blueprint import CONTACT, api
from web.api.contacts import seen_contact, stands_contact
from web.api.describing import writes
from web.api.models import interpreters as models
from web.api.models.contacts import ContactKey
from web.api.writes import Written, once
from web.auth import actor
from web.session import session


@api.post(f"{CONTACT}/interpreter")
@writes(ContactKey, 412, 428)
@once
def order_interpreter(contact_id: int, json: models.WantedInterpreter) -> Written:
    """Whether one is needed at a meeting ahead, which, and since when it is ordered. A child is refused."""
    contact = seen_contact(contact_id)
    wish = InterpreterWish(**json.model_dump(exclude={"kept"}))
    interpreters.order_interpreter(session(), actor(), contact.id, wish, kept=json.kept)
    return stands_contact(contact)


@api.post(f"{CONTACT}/interpreter/outcome")
@writes(ContactKey, 412, 428)
@once
def record_interpreter_outcome(contact_id: int, json: models.ToldInterpreter) -> Written:
    """What became of it, for a contact that is already told."""
    contact = seen_contact(contact_id)
    outcome = InterpreterOutcome(**json.model_dump(exclude={"kept"}))
    interpreters.interpreter_outcome(session(), actor(), contact.id, outcome, kept=json.kept)
    return stands_contact(contact)
