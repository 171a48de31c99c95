"""Needs outside work, promises and problems of a case, on one address; each written for itself."""

from se_engine.actions import commitments, needs, problems
from se_engine.queries.access import access_need
from se_engine.queries.needs import CommitmentLine, NeedLine, NeedsPage, ProblemLine, needs_page
from se_engine.records.needs import Commitment, Need, Problem
from web.api.blueprint import CASE, api
from web.api.describing import reads, writes
from web.api.models import needs as models
from web.api.shaping import etag, shaped
from web.api.writes import Written, check_seen, once
from web.auth import actor
from web.session import note_read, session

NEED = "/needs/<id:need_id>"
COMMITMENT = "/commitments/<id:commitment_id>"


@api.get(f"{CASE}/needs")
@reads(models.Needs, 404)
def show_needs(case_id: int) -> models.Needs:
    """Needs, promises, problems, and what each partner may be told, with their words."""
    page = needs_page(session(), actor(), case_id)
    note_read(page.case)
    return models.Needs(
        case=case_id,
        needs=[_need(page, one) for one in page.needs],
        commitments=[_commitment(page, one) for one in page.commitments],
        problems=[_problem(page, one) for one in page.problems],
        consents=[
            shaped(models.PartnerConsent, row, topics=[shaped(models.TopicAnswer, one) for one in row.topics])
            for row in page.grid
        ],
    )


def _need(page: NeedsPage, line: NeedLine) -> models.Need:
    words = page.words.get(line.text_id or 0)
    return shaped(models.Need, line, need_id=line.id, case=page.case.id, etag=etag(line), words=words)


def _commitment(page: NeedsPage, line: CommitmentLine) -> models.Commitment:
    said, why = page.words.get(line.text_id), page.words.get(line.end_text_id or 0)
    return shaped(models.Commitment, line, commitment_id=line.id, case=page.case.id, text=said, why=why)


def _problem(page: NeedsPage, line: ProblemLine) -> models.LoggedProblem:
    words, solution = page.words.get(line.text_id), page.words.get(line.solution_text_id or 0)
    return shaped(models.LoggedProblem, line, problem_id=line.id, case=page.case.id, words=words, solution=solution)


@api.post(f"{CASE}/needs")
@writes(models.NeedKey, status=201)
@once
def note_need(case_id: int, json: models.NewNeed) -> Written:
    """Something that must be in place outside work, with whoever is responsible."""
    need = needs.note_need(session(), actor(), case_id, **json.model_dump())
    return _need_key(need), 201, {"ETag": etag(need), "Location": f"/api/v1/cases/{case_id}/needs"}


@api.patch(NEED)
@writes(models.NeedKey, 412, 428)
@once
def change_need(need_id: int, json: models.ChangedNeed) -> Written:
    """Where it stands now (JSON merge patch)."""
    need, _case = access_need(session(), actor(), need_id)
    seen = check_seen(need)
    stands = {name: getattr(need, name) for name in ("status", "partner_id", "appointment_on", "sort_first")}
    needs.change_need(session(), actor(), need.id, seen_version=seen, **stands | json.model_dump(exclude_unset=True))
    return _need_key(need), 200, {"ETag": etag(need)}


@api.post(f"{NEED}/earlier")
@writes(models.NeedKey)
@once
def sort_need_earlier(need_id: int, json: models.Nothing) -> Written:
    """One place up in what is sorted out first."""
    need = needs.sort_earlier(session(), actor(), need_id)
    return _need_key(need), 200, {"ETag": etag(need)}


def _need_key(need: Need) -> models.NeedKey:
    return shaped(models.NeedKey, need, need_id=need.id, case=need.case_id, etag=etag(need))


@api.post(f"{CASE}/commitments")
@writes(models.CommitmentsKept, status=201)
@once
def record_commitments(case_id: int, json: models.NewCommitments) -> Written:
    """Who does what by when; a partner takes part with her consent, or with a reason that the supervisor hears."""
    promises = [commitments.Promise(**promise.model_dump()) for promise in json.promises]
    given = json.model_dump(exclude={"promises", "contact_id"})
    made = commitments.record_commitments(session(), actor(), case_id, json.contact_id, promises, **given)
    kept = models.CommitmentsKept(case=case_id, commitments=[_commitment_key(one) for one in made])
    return kept, 201, {"Location": f"/api/v1/cases/{case_id}/needs"}


@api.post(f"{COMMITMENT}/done")
@writes(models.CommitmentKey)
@once
def complete_commitment(commitment_id: int, json: models.Done) -> Written:
    """It was done."""
    made = commitments.complete_commitment(session(), actor(), commitment_id, done_on=json.done_on)
    return _commitment_key(made), 200, {}


@api.post(f"{COMMITMENT}/drop")
@writes(models.CommitmentKey)
@once
def drop_commitment(commitment_id: int, json: models.Dropped) -> Written:
    """It will not be done, or is not needed any more."""
    made = commitments.drop_commitment(session(), actor(), commitment_id, **json.model_dump())
    return _commitment_key(made), 200, {}


def _commitment_key(made: Commitment) -> models.CommitmentKey:
    return shaped(models.CommitmentKey, made, commitment_id=made.id, case=made.case_id)


@api.post(f"{CASE}/problems")
@writes(models.ProblemKey, status=201)
@once
def open_problem(case_id: int, json: models.NewProblem) -> Written:
    """Something went wrong for her or between services."""
    opened = problems.open_problem(session(), actor(), case_id, **json.model_dump())
    return _problem_key(opened), 201, {"Location": f"/api/v1/cases/{case_id}/needs"}


@api.post("/problems/<id:problem_id>/close")
@writes(models.ProblemKey)
@once
def close_problem(problem_id: int, json: models.ClosedProblem) -> Written:
    """What solved it, for the next time."""
    return _problem_key(problems.close_problem(session(), actor(), problem_id, **json.model_dump())), 200, {}


def _problem_key(found: Problem) -> models.ProblemKey:
    return shaped(models.ProblemKey, found, problem_id=found.id, case=found.case_id)
