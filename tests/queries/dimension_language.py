"""Language support counted a second time, slowly: L1a to L5b."""

from __future__ import annotations

from datetime import date, timedelta

from se_engine.records import cases, participants, tracks
from tests.queries.dimension_facts import SKILLS, YES, Row, Slow, Told


def l1a(s: Slow) -> Told:
    told = []
    for case in s.cases():
        met = [r for r in s.held(case["id"]) if r["participant_present"] == "yes" and r["channel"] != "phone"]
        if not met or not s.inside(met[0]["happened_on"]):
            continue
        on, who = met[0]["happened_on"], s.person(case["participant_id"])
        known = who["interpreter_known_on"] is not None and who["interpreter_known_on"] <= on
        spoken = who["interpreter_need"] == "no" or who["interpreter_language"] is not None
        told.append((case["id"], known and spoken and s.answered(who["id"], "literacy_mother_tongue", on) > 0))
    return told


def l1b(s: Slow) -> Told:
    return [(row["case_id"], booking["came_as"] == "qualified") for row, booking in s.interpreted()]


def l2a(s: Slow) -> Told:
    def whole(who: int) -> bool:
        skills = all(s.level(who, skill, s.last) is not None for skill in SKILLS)
        return skills and bool(s.languages(who) - {"nb"}) and s.answered(who, "digital_email", s.last) == 1

    return [(case["id"], whole(case["participant_id"])) for case in s.profiles()]


def l2b(s: Slow) -> Told:
    told = []
    for case in s.profiles():
        who = s.person(case["participant_id"])
        hers = [*s.languages(who["id"]), who["interpreter_language"]]
        hers += ["nb"] if who["interpreter_need"] == "no" else []
        said = s.own_yes(case["id"])
        told.append((case["id"], any(row["interpreter"] == "yes" or row["language"] in hers for row in said)))
    return told


def l3a(s: Slow) -> Told:
    told = []
    for case in s.cases():
        began = s.search_began(case["id"])
        if began is None or not s.inside(began + YES(30)):
            continue
        if case["ended_on"] and case["ended_on"] < began + YES(30):
            continue
        if not s.needs_support(case["participant_id"], began):
            continue
        done = any(began <= day <= began + YES(30) for day in s.norwegian_days(case))
        told.append((case["id"], done or s.answered(case["participant_id"], "norwegian_class", began + YES(30)) > 0))
    return told


def l3b(s: Slow) -> Told:
    """Told the other way round: True is who does not wait."""
    told = []
    for case in s.cases():
        if case["ended_on"]:
            continue
        stays = s.stays(case["id"])
        numbers = [row["id"] for row in stays]
        resting = [r for r in s.world.rows[cases.Pause] if r["period_id"] in numbers and _open(r, s.last)]
        if resting or stays[-1]["step"] not in ("engagement", "profiling"):
            continue
        waits = [r for r in s.world.rows[cases.Waiting] if r["period_id"] in numbers and _open(r, s.last)]
        long = s.last - stays[-1]["entered_on"] > YES(60)
        told.append((case["id"], not (long and any(r["waiting_for"] == "language" for r in waits))))
    return told


def _open(row: Row, on: date) -> bool:
    return row["started_on"] <= on and (row["ended_on"] is None or row["ended_on"] > on)


def l3c(s: Slow) -> Told:
    told = []
    for case in s.cases():
        for track in s.of(tracks.Track, "opened_on", case_id=case["id"]):
            if s.inside(track["opened_on"]):
                asked = [
                    skill
                    for match in s.of(tracks.Match, "happened_on", track_id=track["id"])
                    for skill in s.world.of(tracks.MatchSkill, match_id=match["id"])
                    if skill["skill"] in SKILLS and skill["required"]
                ]
                there = s.told(case["id"], "T3-A07", place=track["employer_id"])
                told.append((case["id"], bool(asked or there)))
    return told


def l4a(s: Slow) -> Told:
    told = []
    for job in s.jobs():
        who, place = s.case(job["case_id"])["participant_id"], job["employer_id"]
        if place is None or not s.inside(job["started_on"]) or not s.needs_support(who, job["started_on"]):
            continue
        skills = [
            (match["happened_on"], match["id"], skill["remedy"])
            for track in s.tracks(job["case_id"], place)
            for match in s.of(tracks.Match, "happened_on", track_id=track["id"])
            for skill in s.world.of(tracks.MatchSkill, match_id=match["id"])
            if skill["skill"] in SKILLS
        ]
        newest = max((number for _, number, _ in skills), default=None)
        remedied = any(r in ("language_mentor", "course", "pictures") for _, n, r in skills if n == newest)
        told.append((job["case_id"], remedied or bool(s.told(job["case_id"], "T4-S1", "T4-S5", place=place))))
    return told


def l4b(s: Slow) -> Told:
    told = []
    for case, place, met in s.first_meetings():
        if s.inside(met["happened_on"]) and s.needs_support(s.case(case)["participant_id"], met["happened_on"]):
            tried = [
                event
                for track in s.tracks(case, place)
                for event in s.of(tracks.TrackEvent, "happened_on", track_id=track["id"], step="trial")
            ]
            told.append((case, bool(tried or s.told(case, "T3-A07", "T3-A12", place=place))))
    return told


def l5a(s: Slow) -> Told:
    told = []
    for job in s.starts():
        by, case = job["started_on"] + YES(14), s.case(job["case_id"])
        if s.inside(by) and s.runs(job, by) and s.needs_support(case["participant_id"], job["started_on"]):
            told.append((case["id"], any(job["started_on"] <= day <= by for day in s.norwegian_days(case))))
    return told


def l5b(s: Slow) -> Told:
    told = []
    for job in s.starts():
        who = s.case(job["case_id"])["participant_id"]
        for weeks in (13, 26):
            point = job["started_on"] + timedelta(weeks=weeks)
            if s.inside(point + YES(14)) and s.runs(job, point):
                said = s.of(participants.LanguageLevel, "happened_on", participant_id=who)
                days = [row["happened_on"] for row in said if row["level"]]
                told.append((job["case_id"], any(-28 <= (day - point).days <= 14 for day in days)))
    return told
