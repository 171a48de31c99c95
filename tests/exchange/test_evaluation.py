"""Export for evaluation: the same pseudonym next year, nothing that names or dates a person, and nobody who said no."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from se_engine.actions.consents import record_consent
from se_engine.actions.record import record_field
from se_engine.exchange import evaluation
from se_engine.exchange.evaluation import Why, export
from se_engine.exchange.evaluation_dictionary import TABLES
from se_engine.queries.evaluation import Wanted
from se_engine.rules.coarsening import LEAST_ALIKE
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import OPERATOR
from tests.support.jobs import lost_job
from tests.support.people import OPENED, TODAY, make_user

WHY = Why("research", "2026/12-3")
ALIKE = {"sex": "female", "birth_year": 1985, "arrived_year": 2020, "highest_education": "primary", "country": "SY"}
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture
def cases(make_case):
    """Seven; the last is the only man."""
    alike = [make_case(given_name=f"Nadia{n}", family_name="Halvorsen", ref=f"REF-{n}", **ALIKE) for n in range(6)]
    return [*alike, make_case(given_name="Omar", family_name="Halvorsen", **{**ALIKE, "sex": "male"})]


def table(path: Path) -> list[dict]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def made(session, folder: Path, name: str, *, actor=OPERATOR, as_of: date = TODAY, **wanted) -> dict[str, list[dict]]:
    draft = export(session, actor, Wanted(as_of, **wanted), WHY, folder / name)
    draft.publish()
    return {path.stem: table(path) for path in (folder / name).glob("*.csv")}


def test_nothing_names_or_dates_a_person(session, people, cases, tmp_path):
    lost_job(session, people.jo, cases[0], began_on=OPENED + timedelta(days=9), ended_on=OPENED + timedelta(days=40))
    tables = made(session, tmp_path, "out")
    assert set(tables) == {*TABLES, "dictionary"}
    for name, described in TABLES.items():
        assert list(described.columns) == [row["column"] for row in tables["dictionary"] if row["table"] == name]
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.csv"))
    assert not ISO.search(written)
    assert not re.search(r"Nadia|Omar|Halvorsen|REF-|Lakselv|Kiwi|SY\b|early in the morning", written)
    job = tables["jobs"][0]
    assert (job["started_day"], job["ended_day"], job["ended_by"]) == ("9", "40", "mutual")
    for number in (case.id for case in cases):
        assert all(str(number) != row["participant"] for row in tables["participants"])


def test_who_can_be_recognised_is_made_like_nobody(session, cases, tmp_path):
    rows = made(session, tmp_path, "out")["participants"]
    facts = [(row["sex"], row["age_band"], row["residence_band"], row["education"]) for row in rows]
    assert facts.count(("female", "35-44", "5-9", "primary")) == 6
    assert facts.count(("withheld",) * 4) == 1 < LEAST_ALIKE


def test_she_has_the_same_pseudonym_next_year_and_no_other_list_has_it(session, cases, tmp_path):
    now = {row["participant"] for row in made(session, tmp_path, "now")["participants"]}
    cases[0].participant.sealed_key = None  # erased
    session.flush()
    later = {row["participant"] for row in made(session, tmp_path, "later", as_of=TODAY)["participants"]}
    assert len(now) == 7
    assert len(now - later) == 1
    assert later < now
    keyring = session.info["keyring"]
    texts = [f"participant:{case.participant_id}" for case in cases]
    assert now == {keyring.pseudonyms(evaluation.PURPOSE)(text) for text in texts}
    assert now.isdisjoint({keyring.blind(text) for text in texts} | {keyring.pseudonyms(b"other")(it) for it in texts})


def test_no_is_no_whichever_way_it_was_said(session, people, cases, tmp_path):
    answers = (("yes", "no"), ("yes", "withdrawn"), ("yes",), (), (), (), ())
    for case, given in zip(cases, answers, strict=True):
        for answer in given:
            record_consent(
                session, people.jo, case.participant_id, line="research", answer=answer, form="oral", happened_on=TODAY
            )
    record_field(session, people.jo, cases[3].participant_id, "research_reservation", "yes", happened_on=TODAY)
    with pytest.raises(Refused, match="evaluation_too_few"):
        made(session, tmp_path, "out")
    record_field(session, people.jo, cases[3].participant_id, "research_reservation", "no", happened_on=TODAY)
    draft = export(session, OPERATOR, Wanted(TODAY), WHY, tmp_path / "out")
    assert draft.made.participants == 5
    assert draft.made.left_out["reserved"] == "fewer than 5"
    rows = table(draft.folder / "participants.csv")
    assert sorted(row["research"] for row in rows) == ["not_asked"] * 4 + ["yes"]
    draft.discard()
    with pytest.raises(Refused, match="evaluation_too_few"):
        export(session, OPERATOR, Wanted(TODAY, only_yes=True), WHY, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_nobody_few_and_a_name_that_is_taken_leave_no_file(session, people, cases, tmp_path):
    with pytest.raises(Refused, match="evaluation_nobody"):
        made(session, tmp_path, "out", from_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="ends_before_it_starts"):
        made(session, tmp_path, "out", from_on=TODAY, to_on=OPENED)
    with pytest.raises(Refused, match="no_such_office"):
        made(session, tmp_path, "out", office="Nowhere")
    for why in (Why("fun", "1"), Why("research", ""), Why("research", "with spaces")):
        with pytest.raises(Refused):
            export(session, OPERATOR, Wanted(TODAY), why, tmp_path / "out")
    (tmp_path / "taken").mkdir()
    with pytest.raises(Refused, match="file_exists"):
        made(session, tmp_path, "taken")
    with pytest.raises(Refused, match="cannot_write_there"):
        made(session, tmp_path / "nowhere", "out")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_only_who_may_open_the_cases_has_their_rows(session, people, cases, tmp_path):
    for actor in (people.jo, people.ida, make_user(session, "Mia", "manager", people.office_id)):
        with pytest.raises(NotPermitted):
            made(session, tmp_path, "out", actor=actor)
    cases[0].protected = cases[0].participant.protected = True
    session.flush()
    assert len(made(session, tmp_path, "hers", actor=people.max)["participants"]) == 6


def test_a_zip_is_whole_and_the_trail_knows_of_each_case(session, cases, tmp_path):
    from se_engine.actions.evaluation import note_export
    from se_engine.records.trail import TrailEntry

    draft = export(session, OPERATOR, Wanted(TODAY), WHY, tmp_path / "out.zip")
    note_export(session, OPERATOR, draft.cases, purpose=WHY.purpose, reference=WHY.reference, participants=7)
    draft.publish()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"README.md", "dictionary.csv", *(f"{name}.csv" for name in TABLES)}
        assert "no effect" in archive.read("README.md").decode()
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    told = select(func.count(TrailEntry.case_id), func.count()).where(TrailEntry.what == "evaluation_exported")
    assert tuple(session.execute(told).one()) == (7, 8)
