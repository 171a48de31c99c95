"""How long forms stood open, added up for an office and a week: what registration costs, and nobody's own time."""

from datetime import timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.records.supervision import FormTime

MINUTE = timedelta(minutes=1)
LONGEST = 60
"""Minutes: whoever leaves a form open over lunch has not written all that time."""


def note_form_time(session: Session, office_id: int, form: str, stood_open: timedelta) -> None:
    """One form more in the week; its time to the nearest minute."""
    minutes = max(0, min(LONGEST, round(stood_open / MINUTE)))
    on = today(session)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(FormTime).values(
        office_id=office_id, week_on=on - timedelta(days=on.weekday()), form=form, sent=1, minutes=minutes
    )
    session.execute(
        row.on_conflict_do_update(
            index_elements=["office_id", "week_on", "form"],
            set_={"sent": FormTime.sent + 1, "minutes": FormTime.minutes + minutes},
        )
    )
