"""Random populations for indicators: rows of every table that one reads, written straight, with no action behind them.

A world is plain dictionaries, so that a slow reference can look at the same facts without the database. Days lie around
the window, and many of them exactly on an edge of it, or on a deadline after something else.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from se_engine.records import career, employers, offices, participants, people, referrals
from tests.support.population_cases import add_case
from tests.support.population_rows import EARLIEST, FIRST, LAST, LATEST, LEVELS, MOMENT, PACE, SKILLS, Maker, World, at

__all__ = ["FIRST", "LAST", "World", "world"]


def world(seed: int, *, people_: int = 40, offices_: int = 2) -> World:
    """So many participants in so many offices, each with a case or two, or none."""
    found = World()
    make = Maker(random.Random(seed), found)  # noqa: S311 - a population, no secret
    for number in range(1, offices_ + 1):
        found.add(offices.Office, name=f"Kontor {number}", municipality=None, template="standard", threshold=5)
        for place in range(4):
            found.add(
                employers.Employer, office_id=number, name=f"Sted {place}", recorded_at=MOMENT, version=1,
                org_number=make.some(None, "974760673", "889640782", "999999999"),
            )  # fmt: skip
    for number in range(1, offices_ * 3 + 1):
        found.add(
            people.User, email=f"u{number}@example.org", name=f"U{number}", role="job_specialist",
            office_id=(number - 1) // 3 + 1, language="nb", digest="never", active=True, created_at=at(EARLIEST),
            version=1, password_hash=None, phone=None, team_id=None,
        )  # fmt: skip
    for _ in range(people_):
        _participant(make, make.chance.randrange(offices_) + 1)
    return found


def _participant(make: Maker, office: int) -> None:
    need = make.some("yes", "no", None)
    referred_on = make.between(EARLIEST, LAST)
    number = make.world.add(
        participants.Participant, office_id=office, team_id=None,
        ref=f"P{len(make.world.rows[participants.Participant])}", birth_year=1990,
        sex=make.some("female", "male", None), country=make.some("SY", "UA", "SO", "PL", None),
        arrived_year=make.some(2015, 2022, 2024, None), highest_education=make.some("none", "primary", "higher", None),
        interpreter_need=need, interpreter_language=make.some("ar", None) if need == "yes" else None,
        interpreter_known_on=make.near(referred_on) if need and make.often(0.8) else None, protected=False,
        referred_on=referred_on, referred_by=make.some("nav", "self", None), recorded_at=at(referred_on), version=1,
    )  # fmt: skip
    for language in make.chance.sample(("ar", "uk", "nb", "en"), make.chance.randrange(3)):
        make.world.add(participants.ParticipantLanguage, participant_id=number, language=language, ordinal=0)
    if make.often(0.8):
        for _ in range(make.some(1, 1, 2)):
            make.world.add(
                referrals.ReferralDecision, participant_id=number,
                decision=make.some("accepted", "accepted", "declined", "waiting"),
                reason=make.some(None, "no_capacity"), decided_on=make.after(referred_on),
                decided_by="supervisor", recorded_at=MOMENT,
            )  # fmt: skip
    _record(make, number, referred_on)
    opened = make.after(referred_on)
    for _ in range(make.some(0, 1, 1, 1, 1, 2)):
        ended = add_case(make, number, office, opened)
        if ended is None:
            return
        opened = ended + timedelta(days=10)
        if opened > LATEST:
            return


def _record(make: Maker, person: int, since: date) -> None:
    for skill in SKILLS:
        for _ in range(make.some(0, 1, 1, 2, 2, 3)):
            make.world.add(
                participants.LanguageLevel, participant_id=person, skill=skill, level=make.some(*LEVELS),
                source=make.some("test", "teacher"), happened_on=make.between(since, LAST), recorded_at=MOMENT,
            )  # fmt: skip
    for field_ in ("literacy_mother_tongue", "digital_email", "job_wishes", "schooling_country", "recognition_status",
                   "work_experience", "network_roles", "norwegian_class"):  # fmt: skip
        for _ in range(make.some(0, 1, 1, 2, 3)):
            sealed = make.often(0.5)
            gone = make.often(0.2)
            make.world.add(
                participants.FieldValue, participant_id=person, field=field_,
                entry=make.some(1, 2, 3) if field_ == "job_wishes" else 1, code=None if sealed or gone else "yes",
                text_id=make.text(person) if sealed and not gone else None, happened_on=make.after(since),
                recorded_at=MOMENT,
            )  # fmt: skip
    for line in ("employers", "nav"):
        if make.often(0.7):
            make.world.add(
                participants.Consent, participant_id=person, line=line, answer=make.some("yes", "no", "yes"),
                form="oral", language=None, happened_on=make.after(since), recorded_at=MOMENT,
            )  # fmt: skip
    for _ in range(make.some(0, 0, 1, 2)):
        known = since + timedelta(days=make.some(*PACE))
        qualification = make.world.add(
            career.Qualification, participant_id=person, text_id=make.text(person), country="SY", level="university",
            years=3, documented="yes", voided=make.often(0.2), recorded_at=at(known),
        )  # fmt: skip
        for _ in range(make.some(0, 1, 2)):
            make.world.add(
                career.Recognition, qualification_id=qualification, status="applied", happened_on=make.after(known),
                recorded_at=MOMENT,
            )  # fmt: skip
    for _ in range(make.some(0, 0, 1, 2)):
        taken = make.world.add(
            career.LanguageTest, participant_id=person, kind="norwegian_test", skill=None,
            taken_on=make.after(make.after(since)), recorded_at=MOMENT,
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                career.LanguageTest, participant_id=person, kind="norwegian_test", skill=None, voids_id=taken,
                taken_on=LAST, recorded_at=MOMENT,
            )  # fmt: skip
