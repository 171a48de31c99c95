"""What is due for the account, as `se-engine follow-ups due` says it, but without names."""

from se_engine.queries.reminders import ReminderLine, reminders_of
from web.api.blueprint import api
from web.api.describing import reads
from web.api.models import reminders as models
from web.api.shaping import shaped
from web.auth import actor
from web.session import session

MOST = 5000


@api.get("/reminders")
@reads(models.Reminders, 422)
def list_reminders(query: models.RemindersQuery) -> models.Reminders:
    """Computed from the facts of the cases within reach, at most 5,000; `total` counts them all."""
    found = reminders_of(session(), actor(), query.on, whose=query.whose, most=MOST)
    return shaped(models.Reminders, found, reminders=[_line(line) for line in found.lines])


def _line(line: ReminderLine) -> models.Reminder:
    return shaped(
        models.Reminder,
        line,
        case=line.case.id,
        step=line.case.step,
        also=list(line.also),
        due_on=line.on,
        owner=line.case.owner_id,
        path=f"/cases/{line.case.id}/{line.place}".rstrip("/"),
    )
