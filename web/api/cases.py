"""Cases: the list, one of them, a new one, and everything that happened to one."""

from se_engine.actions.cases import open_case
from se_engine.actions.templates import change_template as change
from se_engine.queries import lists
from se_engine.queries.access import access_case
from se_engine.queries.texts import texts_of
from web.api import answers, shaping
from web.api.blueprint import CASE, api
from web.api.bodies import CasesQuery, NewCase, NewTemplate
from web.api.describing import reads, writes
from web.api.writes import Headers, Written, check_seen, once, stands
from web.auth import actor
from web.session import note_read, session


@api.get("/cases")
@reads(answers.Cases)
def list_cases(query: CasesQuery) -> answers.Cases:
    """The cases within reach, by id."""
    page = lists.Page(query.cursor, query.limit, query.updated_since)
    found = lists.cases(session(), actor(), page, participant_id=query.participant, status=query.status)
    shown = shaping.case_shows(session(), found[: query.limit])
    return answers.Cases(cases=shown, next=lists.cursor_after(found, query.limit))


@api.get(CASE)
@reads(answers.Case, 404)
def show_case(case_id: int) -> tuple[answers.Case, Headers]:
    """Where a case stands."""
    case = access_case(session(), actor(), case_id)
    note_read(case)
    return shaping.case(session(), case), {"ETag": shaping.etag(case)}


@api.post("/cases")
@writes(answers.Case, status=201)
@once
def open_new_case(json: NewCase) -> Written:
    """A new case; a participant has one that runs at a time."""
    case = open_case(session(), actor(), json.participant, opened_on=json.opened_on, owner_id=json.owner)
    shown = shaping.case(session(), case)
    return shown, 201, {"ETag": shown.etag, "Location": f"/api/v1/cases/{case.id}"}


@api.post(f"{CASE}/template")
@writes(answers.Case, 412, 428)
@once
def change_template(case_id: int, json: NewTemplate) -> Written:
    """Other guide times and proposed tasks from now on; what has been answered stays answered."""
    case = access_case(session(), actor(), case_id)
    given = json.model_dump(exclude={"template"})
    change(session(), actor(), case.id, json.template, seen_version=check_seen(case), **given)
    return stands(case)


@api.get(f"{CASE}/history")
@reads(answers.History, 404)
def show_history(case_id: int) -> answers.History:
    """Every event in the order in which it happened, with its words; what was taken back stays, `voids` says so."""
    case = access_case(session(), actor(), case_id)
    note_read(case)
    found = lists.events(session(), case.id)
    words = texts_of(session(), case.participant, [row.text_id for row in found if row.text_id])
    return answers.History(events=[shaping.event(row, words) for row in found])
