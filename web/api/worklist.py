"""The worklist, the account's own reminders, and the sheet for handing a case over."""

from se_engine.actions.desk import keep_sticky as keep
from se_engine.queries.access import access_case
from se_engine.queries.desk import sticky_of
from se_engine.queries.handover import TrackLine, handover_page
from se_engine.queries.options import Possible
from se_engine.queries.worklist_rows import WorklistRow
from se_engine.queries.worklists import Filters, Place
from se_engine.queries.worklists import worklist as list_cases
from se_engine.rules.errors import NotFound
from web.api.blueprint import CASE, api
from web.api.cursors import cursor_of, day_and_number
from web.api.describing import reads, writes
from web.api.models import worklist as models
from web.api.shaping import etag, shaped
from web.api.writes import Written, once
from web.auth import actor
from web.session import note_read, session


@api.get("/worklist")
@reads(models.Worklist, 422)
def show_worklist(query: models.WorklistQuery) -> models.Worklist:
    """The account's running cases by status and urgency, the most urgent first."""
    begin = day_and_number(query.cursor)
    found = list_cases(
        session(),
        actor(),
        Filters(**query.model_dump(exclude={"cursor", "limit"})),
        place=Place(*begin) if begin else None,
        size=query.limit,
    )
    following = cursor_of(found.rows[-1].place) if found.has_next else None
    return shaped(models.Worklist, found, rows=[_row(row) for row in found.rows], next=following)


def _row(row: WorklistRow) -> models.WorklistRow:
    return shaped(
        models.WorklistRow, row, case=row.case_id, owner=row.owner_id, missing=list(row.missing), etag=etag(row)
    )


@api.get(f"{CASE}/sticky")
@reads(models.Sticky, 404)
def show_sticky(case_id: int) -> models.Sticky:
    """The account's own reminder at a case; nobody else sees it."""
    found = sticky_of(session(), actor(), case_id)
    if found is None:
        raise NotFound()
    note_read(access_case(session(), actor(), case_id))
    return shaped(models.Sticky, found, case=case_id)


@api.post(f"{CASE}/sticky")
@writes(models.StickyKey)
@once
def keep_sticky(case_id: int, json: models.NewSticky) -> Written:
    """A reminder to oneself, in place of an earlier one."""
    kept = keep(session(), actor(), case_id, **json.model_dump())
    return models.StickyKey(case=case_id, due_on=kept.due_on), 200, {}


@api.get(f"{CASE}/handover")
@reads(models.HandOver, 404)
def show_handover(case_id: int) -> models.HandOver:
    """Last contacts, next dates, promises, and what must not be told the employers."""
    page = handover_page(session(), actor(), case_id)
    note_read(page.case)
    return shaped(
        models.HandOver,
        page.case,
        case=case_id,
        owner=page.case.owner_id,
        contacts=[line.id for line in page.contacts],
        planned=[line.id for line in page.planned],
        possible=[_possible(one) for one in page.possible],
        tracks=[_track(line) for line in page.tracks],
        secrets=[shaped(models.Secret, one, may_tell=list(one.may_tell)) for one in page.secrets],
        promises=[shaped(models.OpenPromise, one) for one in page.promises],
        appointments=[shaped(models.Appointment, one) for one in page.appointments],
    )


def _possible(found: Possible) -> models.PossibleMove:
    lacks = list(dict.fromkeys(one.reason.code for one in found.reasons))
    return models.PossibleMove(trigger=found.move.trigger, to=found.to.key, takeable=found.takeable, lacks=lacks)


def _track(line: TrackLine) -> models.RunningTrack:
    return shaped(models.RunningTrack, line, step=line.step.key)
