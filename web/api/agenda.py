"""Days with their meetings: the account's own, and the team's."""

from se_engine.clock import today
from se_engine.queries import agenda
from web.api.blueprint import api
from web.api.describing import reads
from web.api.models import agenda as models
from web.api.shaping import shaped
from web.auth import actor
from web.session import session


@api.get("/agenda/own")
@reads(models.OwnDay)
def show_own_day(query: models.DayQuery) -> models.OwnDay:
    """One day of the account and of those it stands in for, and earlier meetings that lack their note."""
    found = agenda.own_day(session(), actor(), query.on or today(session()))
    return models.OwnDay(on=found.on, lines=_lines(found.lines), must_complete=_lines(found.must_complete))


@api.get("/agenda/team")
@reads(models.TeamAgenda, 422)
def show_team_agenda(query: models.AgendaQuery) -> models.TeamAgenda:
    """Everybody's meetings in a period of at most 62 days, of the cases within reach."""
    found = agenda.team_agenda(session(), actor(), query.from_on, query.to_on, user_id=query.user_id)
    return models.TeamAgenda(from_on=found.from_on, to_on=found.to_on, lines=_lines(found.lines), more=found.more)


def _lines(found: tuple[agenda.AgendaLine, ...]) -> list[models.AgendaLine]:
    return [shaped(models.AgendaLine, line, contact_id=line.id, case=line.case_id) for line in found]
