"""Every code of the engine has words in nb, nn and en, and no word is left over."""

import ast
import string
from collections import defaultdict

import pytest

from se_engine import processes, prompts, record_fields, wording
from se_engine.actions import cases, requests
from se_engine.document_kinds import every
from se_engine.queries import report_notes
from se_engine.records.history import VOIDED
from se_engine.rules import (
    career,
    choices,
    closing,
    consents,
    contacts,
    digests,
    disclosures,
    document_kinds,
    documents,
    employers,
    errors,
    evidence,
    follow_up,
    follow_up_answers,
    follow_up_plan,
    identity,
    interpreters,
    job_labels,
    jobs,
    languages,
    needs,
    referrals,
    safe_text,
    schemes,
    timeline,
    tracks,
    training,
)
from se_engine.rules.definition import CHOICES
from se_engine.rules.errors import Reason, Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.guards import GUARDS_ABOUT
from se_engine.rules.roles import Role
from se_engine.rules.text import LANGUAGES
from tests.support.tree import TOP

PROCESS = processes.latest()
TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("se_engine", "web", "fixtures")
    for path in sorted((TOP / folder).rglob("*.py"))
]
REFUSALS = {
    kind.__name__: kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refused)
}


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _keys(node: ast.expr, function: ast.AST) -> set[str]:
    """The keys of a dict in the source, also when it was given a name first."""
    if isinstance(node, ast.Name):
        assigned = [n for n in ast.walk(function) if isinstance(n, ast.Assign | ast.AnnAssign) and n.value]
        named = [n.value for n in assigned if node.id in {getattr(t, "id", None) for t in _targets(n)}]
        return set().union(*(_keys(value, function) for value in named if isinstance(value, ast.Dict)))
    return {key for key in map(_text, node.keys) if key} if isinstance(node, ast.Dict) else set()


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _given() -> dict[str, list[set[str]]]:
    """Reason code → the names of the values passed with it, for each place in the source that gives it."""
    given: dict[str, list[set[str]]] = defaultdict(list)
    for tree in TREES:
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            for call in _calls(function):
                first = _text(call.args[0]) if call.args else None
                if _name(call) in REFUSALS:
                    code = first or REFUSALS[_name(call)]
                    given[code].append({keyword.arg for keyword in call.keywords if keyword.arg})
                elif _name(call) == "Reason" and first:
                    values = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
                    given[first].append(_keys(values, function))
    guards = {guard for named in GUARDS_ABOUT.values() for guard in named}
    for code in {*guards, *REFUSALS.values()} - set(given):
        given[code].append(set())
    return given


GIVEN = _given()


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_reason_in_the_source_is_worded_and_no_other():
    assert set(wording.catalogue()["reason"]) == set(GIVEN)


def test_a_sentence_uses_only_what_every_place_passes():
    lacking = [
        f"{code} ({language}): {name}"
        for code, text in wording.catalogue()["reason"].items()
        for language in LANGUAGES
        for values in GIVEN[code]
        for name in placeholders(text.to(language)) - values
    ]
    assert lacking == []


def test_the_three_languages_say_the_same_things():
    for group, codes in wording.catalogue().items():
        for code, text in codes.items():
            said = {language: placeholders(text.to(language)) for language in LANGUAGES}
            assert said["nb"] == said["nn"] == said["en"], f"{group}.{code}"
            assert all(text.to(language).strip() for language in LANGUAGES), f"{group}.{code}"


def test_everything_written_to_the_trail_is_worded():
    written = {
        word for tree in TREES for call in _calls(tree) if _name(call) == "write_trail" and len(call.args) > 2
        for word in [_text(call.args[2])] if word
    }  # fmt: skip
    written |= {kind.value for kind in timeline.EventKind} | {VOIDED, "participant_protected", "protection_ended"}
    written |= {f"task_{status}" for status in TaskStatus if status is not TaskStatus.OPEN}
    assert written - set(wording.catalogue()["trail"]) == set()


def _fact_choices() -> dict[str, tuple[str, ...]]:
    return {f"fact_{fact}": form.choices for fact, form in evidence.FACT_FORMS.items() if form.choices}


VOCABULARIES = {
    "report_note": report_notes.NOTES,
    "dimension": CHOICES["dimension"],
    "step_short": tuple(step.key for step in PROCESS.steps),
    "template": tuple(template.key for template in PROCESS.templates),
    "move_kind": CHOICES["kind"],
    "status": (timeline.STATUS_ACTIVE, timeline.STATUS_PAUSED, timeline.STATUS_ENDED),
    "task_status": tuple(TaskStatus),
    "waiting_for": timeline.WAITING_FOR,
    "pause_reason": timeline.PAUSE_REASONS,
    "end_reason": timeline.END_REASONS,
    "job_end_reason": timeline.JOB_END_REASONS,
    "contract": jobs.CONTRACTS,
    "job_change": tuple(jobs.CHANGES),
    "job_end_cause": jobs.END_CAUSES,
    "job_part": jobs.PARTS,
    "subsidy": jobs.SUBSIDIES,
    "subsidy_decision": jobs.DECISIONS,
    "work_absence": jobs.ABSENCES,
    "search_answer": jobs.SEARCH_ANSWERS,
    "job_label": ("job_started", "sustained", "education"),
    "label_value": (job_labels.YES, job_labels.NO, job_labels.NOT_KNOWN),
    "check_answer": timeline.CHECK_ANSWERS,
    "check_evidence": timeline.CHECK_EVIDENCE,
    "decider": cases.DECIDERS,
    "remark": ("no_own_evidence",),
    "source": ("app", "import"),
    "role": tuple(Role),
    "who": ("job_specialist", "supervisor"),
    "sex": identity.SEXES,
    "education": identity.EDUCATION,
    "decision": identity.DECISIONS,
    "referral_status": ("new", referrals.WAITING, referrals.DECLINED),
    "referral_reason": tuple(dict.fromkeys(reason for reasons in referrals.REASONS.values() for reason in reasons)),
    "referral_decider": referrals.DECIDED_BY,
    "referred_by": referrals.REFERRERS,
    "may_return": ("yes", "no"),
    "load": ("free", "warn", "full"),
    "scheme": identity.SCHEMES,
    "check_result": identity.CHECK_RESULTS,
    "verdict": tuple(schemes.Verdict),
    "interpreter_need": identity.NEEDS,
    "skill": languages.SKILLS,
    "level": languages.LEVELS,
    "level_source": languages.LEVEL_SOURCES,
    "privacy": ("ordinary", "may_reveal", "special", "health", "criminal", "third_party", "safety"),
    "reader": ("participant", "owner", "supervisor", "supervisor_on_request"),
    "consent_line": (*consents.LINES, consents.OTHER),
    "consent_answer": consents.ANSWERS,
    "consent_form": consents.FORMS,
    "score_question": evidence.SCORE_QUESTIONS,
    "track_kind": tracks.KINDS,
    "close_reason": tracks.CLOSE_REASONS,
    "closing_talk": tracks.TALKS,
    "remedy": tracks.REMEDIES,
    "disclosure_topic": disclosures.TOPICS,
    "disclosure_by": disclosures.TELLERS,
    "contact_kind": contacts.KINDS,
    "contact_channel": contacts.CHANNELS,
    "contact_status": contacts.STATUSES,
    "contact_purpose": contacts.PURPOSES,
    "contact_outcome": contacts.OUTCOMES,
    "contact_part": contacts.PARTS,
    "presence": contacts.PRESENCE,
    "acted": contacts.ACTED,
    "cancelled_by": contacts.CANCELLERS,
    "interpreter_status": interpreters.STATUSES,
    "interpreter_not_needed": interpreters.NOT_NEEDED_BECAUSE,
    "gender_wish": interpreters.GENDERS,
    "interpreter_mode": interpreters.MODES,
    "interpreted_by": interpreters.WHO,
    "request_kind": (*requests.QUESTIONS, *requests.NOTICES),
    "request_answer": (*requests.ANSWERS, "seen"),
    "choice_about": choices.ABOUT,
    "choice_answer": choices.ANSWERS,
    "goal_kind": choices.GOAL_KINDS,
    "goal_whose": choices.WHOSE,
    "goal_outcome": choices.OUTCOMES,
    "prompt_method": prompts.METHODS,
    "need_area": needs.AREAS,
    "need_status": needs.STATUSES,
    "partner_kind": needs.PARTNER_KINDS,
    "partner_topic": needs.TOPICS,
    "consent_state": needs.CONSENT_STATES,
    "commitment_who": needs.WHO,
    "commitment_end": ("done", "dropped"),
    "problem_tag": needs.TAGS,
    "problem_from": needs.BROUGHT_BY,
    "training_step": training.STEPS,
    "training_method": training.METHODS,
    "training_says": training.SAYERS,
    "training_status": training.STATUSES,
    "event": (*timeline.EventKind, VOIDED),
    "finding": safe_text.KINDS,
    "topic_state": follow_up_answers.TOPIC_STATES,
    "filled_in": follow_up_answers.FILLED_IN,
    "check_form": follow_up_plan.FORMS,
    "point_state": follow_up.STATES,
    "document_kind": document_kinds.KINDS,
    "document_status": documents.STATUSES,
    "document_party": document_kinds.PARTIES,
    "document_event": documents.EVENTS,
    "document_form": documents.FORMS,
    "document_whose": document_kinds.WHOSE,
    "call_answer": ("yes", "no"),
    "employer_stage": employers.STAGES,
    "employer_refusal": employers.REFUSALS,
    "employer_source": employers.SOURCES,
    "employer_size": employers.SIZES,
    "industry": employers.INDUSTRIES,
    "limited_norwegian": employers.LIMITED_NORWEGIAN,
    "required_level": employers.REQUIRED_LEVELS,
    "yes_no": employers.YES_NO,
    "employer_experience": employers.EXPERIENCES,
    "employer_need": employers.NEEDS,
    "preferred_form": employers.FORMS,
    "employer_question": employers.QUESTIONS,
    "employer_score": employers.SCORES,
    "another_candidate": employers.ANOTHER,
    "career_step": career.STEPS,
    "education_level": career.EDUCATION_LEVELS,
    "education_outcome": career.OUTCOMES,
    "documented": career.DOCUMENTED,
    "recognition": career.RECOGNITION,
    "language_test": career.TESTS,
    "test_result": career.RESULTS,
    "digest": digests.CHOICES,
    "present": closing.PRESENT,
    **_fact_choices(),
}


@pytest.mark.parametrize("group", VOCABULARIES)
def test_a_group_words_its_codes_in_the_order_in_which_they_are_offered(group):
    codes = tuple(map(str, VOCABULARIES[group]))
    worded = tuple(wording.catalogue()[group])
    # A case's story tells of more than history: of tasks, consents and questions too.
    assert (worded[: len(codes)] if group == "event" else worded) == codes


def test_a_kind_of_document_is_called_the_same_everywhere():
    titles = {kind.kind: kind.title for kind in every()}
    assert wording.catalogue()["document_kind"] == titles


def test_every_field_of_the_record_has_a_worded_class_and_readers():
    fields = record_fields.catalogue().fields.values()
    assert {field.privacy for field in fields} <= set(wording.catalogue()["privacy"])
    assert {reader for field in fields for reader in field.readers} <= set(wording.catalogue()["reader"])


def test_who_can_mend_a_reason_is_worded():
    named = {role for move in PROCESS.moves for role in move.roles}
    assert named <= set(wording.catalogue()["who"])


def test_codes_in_a_sentence_become_words():
    empty = Reason("cell_empty", {"dimension": "culture"})
    assert wording.sentence(empty, "nn").startswith("Kulturforståing: ")
    move = Refused("no_such_move", trigger="begin_job_finding", step="engagement")
    assert wording.refusal(move, "en", PROCESS) == (
        "“Begin finding a job” cannot be done from the step “Initial contact and cooperation agreement”."
    )
